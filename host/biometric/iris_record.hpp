// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <array>
#include <vector>

namespace cancuoc::biometric {

enum class Eye : std::uint8_t {
    Unknown = 0,
    Right = 1,
    Left = 2,
};

/// Image formats of an iris record (ISO/IEC 19794-6:2005).
enum class IrisRecordFormat : std::uint16_t {
    GreyRaw = 2,
    ColourRaw = 4,
    GreyJpeg = 6,
    ColourJpeg = 8,
    GreyJpegLs = 10,
    ColourJpegLs = 12,
    GreyJpeg2000 = 14,
    ColourJpeg2000 = 16,
};

struct IrisImage {
    std::uint16_t number = 1;                   ///< of this eye
    std::uint8_t quality = 0xFE;                ///< FE undefined
    std::uint16_t rotationAngle = 0xFFFF;       ///< 65536 a full turn; FFFF undefined
    std::uint16_t rotationUncertainty = 0xFFFF; ///< 65536 half a turn; FFFF undefined
    Bytes image;                                ///< as the record's format says

    friend bool operator==(const IrisImage&, const IrisImage&) = default;
};

/// The images of one eye.
struct IrisImages {
    Eye eye = Eye::Unknown;
    std::vector<IrisImage> images;

    friend bool operator==(const IrisImages&, const IrisImages&) = default;
};

/// An iris image record, format identifier IIR, version 010 (ISO/IEC 19794-6:2005).
struct IrisRecord {
    static constexpr std::size_t maximumImages = 64; ///< of each eye

    std::uint16_t captureDeviceId = 0;
    /// Two bits each for horizontal and vertical orientation (1 as usual, 2 flipped), three for the scan
    /// type, one each for occlusion, its filling and the boundary
    std::uint16_t imageProperties = 0;
    std::uint16_t irisDiameter = 0; ///< pixels; 0 undefined
    IrisRecordFormat format = IrisRecordFormat::GreyJpeg2000;
    std::uint16_t width = 0;         ///< pixels
    std::uint16_t height = 0;        ///< pixels
    std::uint8_t intensityDepth = 8; ///< bits a sample; 0 undefined
    std::uint8_t transformation = 0; ///< 0 undefined, 1 to polar coordinates
    std::array<std::uint8_t, 16> deviceUniqueId{};
    std::vector<IrisImages> eyes; ///< 1 or 2

    /// One image of one eye; format and dimensions come from the image's own header.
    /// Throws MalformedData when it is neither JPEG nor JPEG 2000.
    [[nodiscard]] static IrisRecord of(Eye eye, BytesView image);

    /// Throws MalformedData.
    [[nodiscard]] static IrisRecord decode(BytesView record);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const IrisRecord&, const IrisRecord&) = default;
};

} // namespace cancuoc::biometric
