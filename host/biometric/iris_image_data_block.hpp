// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/common_blocks.hpp"
#include "host/biometric/iris_record.hpp"

/// ISO/IEC 39794-6, iris image data.
namespace cancuoc::biometric {

enum class IrisImageFormat : std::uint16_t {
    Pgm = 0,
    Ppm = 1,
    Png = 2,
    Jpeg2000Lossless = 3,
    Jpeg2000Lossy = 4,
};

/// A distance in millimetres, or why it is not known.
struct RangeOrError {
    static constexpr bool isChoice = true;

    std::optional<std::uint16_t> range;
    std::optional<std::uint8_t> error; ///< 0 unassigned, 1 failed, 2 overflow

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.range, {2, 65533});
        fields.integer(1, self.error, {0, UINT8_MAX});
    }

    friend bool operator==(const RangeOrError&, const RangeOrError&) = default;
};

struct RollAngleBlock {
    std::uint16_t angle = 0;
    std::uint16_t uncertainty = 0;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.angle, anyTwoBytes);
        fields.integer(1, self.uncertainty, anyTwoBytes);
    }

    friend bool operator==(const RollAngleBlock&, const RollAngleBlock&) = default;
};

/// Where the iris lies in the image, in pixels.
struct IrisLocalisationBlock {
    std::optional<std::uint16_t> centreXSmallest;
    std::optional<std::uint16_t> centreXLargest;
    std::optional<std::uint16_t> centreYSmallest;
    std::optional<std::uint16_t> centreYLargest;
    std::optional<std::uint16_t> diameterSmallest;
    std::optional<std::uint16_t> diameterLargest;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        constexpr Range coordinate{1, UINT16_MAX};
        fields.integer(0, self.centreXSmallest, coordinate);
        fields.integer(1, self.centreXLargest, coordinate);
        fields.integer(2, self.centreYSmallest, coordinate);
        fields.integer(3, self.centreYLargest, coordinate);
        fields.integer(4, self.diameterSmallest, coordinate);
        fields.integer(5, self.diameterLargest, coordinate);
    }

    friend bool operator==(const IrisLocalisationBlock&, const IrisLocalisationBlock&) = default;
};

/// RepresentationBlock.
struct IrisRepresentationBlock : ExtensibleBlock {
    Eye eye = Eye::Unknown;
    Coded<> kind;              ///< 1 uncropped, 2 VGA, 3 cropped, 7 cropped and masked
    std::uint8_t bitDepth = 8; ///< of a pixel, 8 to 24
    Coded<IrisImageFormat> format;
    std::uint8_t horizontalOrientation = 0; ///< 0 undefined, 1 left to right, 2 right to left
    std::uint8_t verticalOrientation = 0;   ///< 0 undefined, 1 top to bottom, 2 bottom to top
    std::uint8_t compressionHistory = 0;    ///< 0 undefined, 1 lossless or none, 2 lossy
    DateTimeBlock captureDateTime;
    Bytes data; ///< the image
    std::optional<RangeOrError> range;
    std::optional<CaptureDeviceBlock> captureDevice;
    std::vector<ScoreBlock> qualityBlocks;
    std::optional<RollAngleBlock> rollAngle;
    std::optional<IrisLocalisationBlock> localisation;
    std::optional<PresentationAttackDetectionBlock> presentationAttackDetection;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.eye, {0, 2});
        fields.block(1, self.kind);
        fields.integer(2, self.bitDepth, {8, 24});
        fields.block(3, self.format);
        fields.integer(4, self.horizontalOrientation, {0, 2});
        fields.integer(5, self.verticalOrientation, {0, 2});
        fields.integer(6, self.compressionHistory, {0, 2});
        fields.block(7, self.captureDateTime);
        fields.octets(8, self.data);
        fields.block(9, self.range);
        fields.block(10, self.captureDevice);
        fields.blocks(11, self.qualityBlocks);
        fields.block(12, self.rollAngle);
        fields.block(13, self.localisation);
        fields.block(14, self.presentationAttackDetection);
        fields.later(self.later);
    }

    friend bool operator==(const IrisRepresentationBlock&, const IrisRepresentationBlock&) = default;
};

/// [APPLICATION 6].
struct IrisImageDataBlock : ExtensibleBlock {
    static constexpr std::uint32_t tag = 0x66;

    VersionBlock version;
    std::vector<IrisRepresentationBlock> representations; ///< at least one

    /// One uncropped grey image, captured in `year`. Throws MalformedData when it is neither PNG nor JPEG
    /// 2000; the latter is taken for lossy.
    [[nodiscard]] static IrisImageDataBlock of(Eye eye, BytesView image, std::uint16_t year);

    /// Reads the data object 66. Throws MalformedData.
    [[nodiscard]] static IrisImageDataBlock decode(BytesView encoded);
    [[nodiscard]] Bytes encode() const;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.version);
        fields.blocks(1, self.representations);
        fields.later(self.later);
    }

    friend bool operator==(const IrisImageDataBlock&, const IrisImageDataBlock&) = default;
};

} // namespace cancuoc::biometric
