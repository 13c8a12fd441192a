// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <vector>

namespace cancuoc::biometric {

/// Finger positions of ISO/IEC 19794-4:2005, table 5.
enum class FingerPosition : std::uint8_t {
    Unknown = 0,
    RightThumb = 1,
    RightIndex = 2,
    RightMiddle = 3,
    RightRing = 4,
    RightLittle = 5,
    LeftThumb = 6,
    LeftIndex = 7,
    LeftMiddle = 8,
    LeftRing = 9,
    LeftLittle = 10,
};

/// Image compression algorithms of ISO/IEC 19794-4:2005, table 3.
enum class FingerCompression : std::uint8_t {
    None = 0,
    BitPacked = 1,
    Wsq = 2,
    Jpeg = 3,
    Jpeg2000 = 4,
    Png = 5,
};

/// One finger image of a record (ISO/IEC 19794-4:2005, 7.2).
struct FingerImage {
    std::uint8_t position = 0;       ///< FingerPosition, or a palm code as written
    std::uint8_t viewCount = 1;      ///< of this finger
    std::uint8_t viewNumber = 1;     ///< 1 to viewCount
    std::uint8_t quality = 254;      ///< 254 undefined
    std::uint8_t impressionType = 0; ///< 0 live-scan plain
    std::uint16_t width = 0;         ///< pixels
    std::uint16_t height = 0;        ///< pixels
    Bytes image;                     ///< compressed as the record says

    friend bool operator==(const FingerImage&, const FingerImage&) = default;
};

/// A finger image record, format identifier FIR, version 010 (ISO/IEC 19794-4:2005, 7.1).
struct FingerRecord {

    static constexpr std::size_t maximumImages = 64;

    std::uint16_t captureDeviceId = 0;
    std::uint16_t acquisitionLevel = 31; ///< 31: 500 dpi, 8 bits (table 1)
    std::uint8_t scaleUnits = 1;         ///< 1 pixels per inch, 2 pixels per centimetre
    std::uint16_t horizontalScanResolution = 500;
    std::uint16_t verticalScanResolution = 500;
    std::uint16_t horizontalImageResolution = 500;
    std::uint16_t verticalImageResolution = 500;
    std::uint8_t pixelDepth = 8; ///< bits
    FingerCompression compression = FingerCompression::None;
    std::vector<FingerImage> images; ///< 1 to maximumImages

    /// One plain live-scan impression at 500 dpi, 8-bit grey; compression and dimensions come from the
    /// image's own header. Throws MalformedData when it is neither PNG, WSQ, JPEG nor JPEG 2000.
    [[nodiscard]] static FingerRecord plainImpression(FingerPosition position, BytesView image);

    /// Throws MalformedData.
    [[nodiscard]] static FingerRecord decode(BytesView record);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const FingerRecord&, const FingerRecord&) = default;
};

} // namespace cancuoc::biometric
