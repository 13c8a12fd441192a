// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/biometric_information.hpp"
#include "host/biometric/image.hpp"
#include "host/biometric/iris_record.hpp"
#include "host/biometric/pixels.hpp"

#include <vector>

namespace cancuoc::biometric {

/// An image as a biometric record of either generation carries it.
struct EncodedImage {
    ImageFormat format = ImageFormat::Unknown; ///< by the image's own header; Raw where the record says so
    std::uint32_t width = 0;                   ///< pixels; by the image's own header, else by the record
    std::uint32_t height = 0;                  ///< pixels; likewise
    std::uint8_t channels = 1;                 ///< of a raw image
    std::uint8_t bitDepth = 8;                 ///< of a raw image, bits a sample
    Bytes data;

    /// Throws MalformedData as decodePixels does.
    [[nodiscard]] Pixels pixels(const ImageLimits& limits = {}) const;

    friend bool operator==(const EncodedImage&, const EncodedImage&) = default;
};

struct EncodedFinger {
    std::uint16_t position = 0; ///< FingerPosition, or a code behind it as written
    EncodedImage image;

    friend bool operator==(const EncodedFinger&, const EncodedFinger&) = default;
};

struct EncodedIris {
    Eye eye = Eye::Unknown;
    EncodedImage image;

    friend bool operator==(const EncodedIris&, const EncodedIris&) = default;
};

/// The images of a template. What the data block itself begins with tells whether it is a record of ISO/IEC
/// 19794 or a block of ISO/IEC 39794; chips have the header say otherwise. Only where the data tell nothing
/// the format owner and type of the header count. Throws MalformedData when the block is of neither
/// generation, of another part, or malformed.
[[nodiscard]] std::vector<EncodedImage> faceImages(const BiometricInformation& information);
[[nodiscard]] std::vector<EncodedFinger> fingerImages(const BiometricInformation& information);
[[nodiscard]] std::vector<EncodedIris> irisImages(const BiometricInformation& information);

} // namespace cancuoc::biometric
