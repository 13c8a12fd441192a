// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/biometric/image.hpp"

#include <array>
#include <vector>

namespace cancuoc::biometric {

/// One facial image of a record (ISO/IEC 19794-5:2005, 5.5 to 5.8).
struct FacialImage {
    /// A landmark of the face (5.6), kept as its eight bytes.
    using FeaturePoint = std::array<std::uint8_t, 8>;

    std::uint8_t gender = 0;                       ///< 0 unspecified, 1 male, 2 female, FF unknown
    std::uint8_t eyeColour = 0;                    ///< 0 unspecified
    std::uint8_t hairColour = 0;                   ///< 0 unspecified
    std::uint32_t featureMask = 0;                 ///< 3 bytes; 0: no properties specified
    std::uint16_t expression = 0;                  ///< 0 unspecified, 1 neutral
    std::array<std::uint8_t, 3> poseAngle{};       ///< yaw, pitch, roll
    std::array<std::uint8_t, 3> poseUncertainty{}; ///< of each angle
    std::vector<FeaturePoint> featurePoints;       ///< at most 65535
    std::uint8_t faceImageType = 1;                ///< 0 basic, 1 full frontal, 2 token frontal
    std::uint8_t imageDataType = 0;                ///< 0 JPEG, 1 JPEG 2000
    std::uint16_t width = 0;                       ///< pixels
    std::uint16_t height = 0;                      ///< pixels
    std::uint8_t colourSpace = 1;                  ///< 0 unspecified, 1 RGB24, 2 YUV422, 3 grey
    std::uint8_t sourceType = 0;                   ///< 0 unspecified, 2 still digital camera
    std::uint16_t deviceType = 0;
    std::uint16_t quality = 0;
    Bytes image; ///< the JPEG or JPEG 2000 file

    friend bool operator==(const FacialImage&, const FacialImage&) = default;
};

/// A facial record, format identifier FAC, version 010 (ISO/IEC 19794-5:2005, 5.4).
struct FacialRecord {
    static constexpr std::size_t maximumImages = 16;

    std::vector<FacialImage> images;

    /// One full frontal image; dimensions and data type come from the image's own header.
    /// Throws MalformedData when it is neither JPEG nor JPEG 2000.
    [[nodiscard]] static FacialRecord fullFrontal(BytesView image);

    /// Passes over up to 8 bytes that the record's length or its last image leaves out, as passports in the
    /// field do. Throws MalformedData.
    [[nodiscard]] static FacialRecord decode(BytesView record);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const FacialRecord&, const FacialRecord&) = default;
};

} // namespace cancuoc::biometric
