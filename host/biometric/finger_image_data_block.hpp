// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/common_blocks.hpp"
#include "host/biometric/finger_record.hpp"

/// ISO/IEC 39794-4:2019, finger image data.
namespace cancuoc::biometric {

enum class FingerImageFormat : std::uint16_t {
    Pgm = 0,
    Wsq = 1,
    Jpeg2000Lossy = 2,
    Jpeg2000Lossless = 3,
    Png = 4,
};

struct SpatialSamplingRateBlock {
    std::uint16_t samplesPerUnit = 0;
    std::uint8_t unit = 0; ///< 0 inch, 1 centimetre

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.samplesPerUnit, anyTwoBytes);
        fields.integer(1, self.unit, {0, 1});
    }

    friend bool operator==(const SpatialSamplingRateBlock&, const SpatialSamplingRateBlock&) = default;
};

/// One finger in an image of several.
struct FingerSegmentBlock : ExtensibleBlock {
    Coded<> position;                    ///< FingerPosition and the codes behind it
    std::vector<PointBlock> coordinates; ///< two or more, that enclose it
    std::optional<std::uint8_t> orientation;
    std::vector<ScoreBlock> qualityBlocks;
    std::optional<ScoreOrError> confidence;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.position);
        fields.blocks(1, self.coordinates);
        fields.integer(2, self.orientation, {0, UINT8_MAX});
        fields.blocks(3, self.qualityBlocks);
        fields.block(4, self.confidence);
        fields.later(self.later);
    }

    friend bool operator==(const FingerSegmentBlock&, const FingerSegmentBlock&) = default;
};

struct FingerSegmentationBlock : ExtensibleBlock {
    RegistryIdBlock algorithm;
    std::vector<FingerSegmentBlock> segments;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.algorithm);
        fields.blocks(1, self.segments);
        fields.later(self.later);
    }

    friend bool operator==(const FingerSegmentationBlock&, const FingerSegmentationBlock&) = default;
};

/// Why a finger is missing.
struct FingerAnnotationBlock : ExtensibleBlock {
    Coded<> position; ///< FingerPosition and the codes behind it
    /// 0 unknown, 1 other, 2 amputated, 3 unable to print, 4 bandaged, 5 physically challenged, 6 diseased
    Coded<> reason;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.position);
        fields.block(1, self.reason);
        fields.later(self.later);
    }

    friend bool operator==(const FingerAnnotationBlock&, const FingerAnnotationBlock&) = default;
};

/// RepresentationBlock.
struct FingerRepresentationBlock : ExtensibleBlock {
    Coded<> position;   ///< FingerPosition and the codes behind it
    Coded<> impression; ///< 0 plain contact, 1 rolled contact, 4 latent, 8 swipe, 24 to 42 contactless
    Coded<FingerImageFormat> format;
    Bytes data; ///< the image
    std::optional<DateTimeBlock> captureDateTime;
    std::optional<CaptureDeviceBlock> captureDevice;
    std::vector<ScoreBlock> qualityBlocks;
    std::optional<SpatialSamplingRateBlock> spatialSamplingRate;
    std::optional<bool> positionComputedByCaptureSystem;
    std::optional<std::int16_t> originalRotation; ///< degrees
    std::optional<bool> imageRotatedToVertical;
    std::optional<bool> imageHasBeenLossilyCompressed;
    std::vector<FingerSegmentationBlock> segmentations;
    std::vector<FingerAnnotationBlock> annotations;
    std::optional<PresentationAttackDetectionBlock> presentationAttackDetection;
    std::vector<Bytes> comments;
    std::vector<ExtendedDataBlock> vendorSpecificData;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        constexpr std::uint32_t visibleString = 0x1A;
        fields.block(0, self.position);
        fields.block(1, self.impression);
        fields.block(2, self.format);
        fields.octets(3, self.data);
        fields.block(4, self.captureDateTime);
        fields.block(5, self.captureDevice);
        fields.blocks(6, self.qualityBlocks);
        fields.block(7, self.spatialSamplingRate);
        fields.boolean(8, self.positionComputedByCaptureSystem);
        fields.integer(9, self.originalRotation, {-360, 360});
        fields.boolean(10, self.imageRotatedToVertical);
        fields.boolean(11, self.imageHasBeenLossilyCompressed);
        fields.blocks(12, self.segmentations);
        fields.blocks(13, self.annotations);
        fields.block(14, self.presentationAttackDetection);
        fields.strings(15, visibleString, self.comments);
        fields.blocks(16, self.vendorSpecificData);
        fields.later(self.later);
    }

    friend bool operator==(const FingerRepresentationBlock&, const FingerRepresentationBlock&) = default;
};

/// [APPLICATION 4].
struct FingerImageDataBlock : ExtensibleBlock {
    static constexpr std::uint32_t tag = 0x64;

    VersionBlock version;
    std::vector<FingerRepresentationBlock> representations; ///< at least one

    /// One plain impression. Throws MalformedData when the image is neither PNG, WSQ nor JPEG 2000; the
    /// latter is taken for lossy.
    [[nodiscard]] static FingerImageDataBlock of(FingerPosition position, BytesView image);

    /// Reads the data object 64. Throws MalformedData.
    [[nodiscard]] static FingerImageDataBlock decode(BytesView encoded);
    [[nodiscard]] Bytes encode() const;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.version);
        fields.blocks(1, self.representations);
        fields.later(self.later);
    }

    friend bool operator==(const FingerImageDataBlock&, const FingerImageDataBlock&) = default;
};

} // namespace cancuoc::biometric
