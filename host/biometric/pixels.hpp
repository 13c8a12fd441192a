// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstdint>

namespace cancuoc::biometric {

/// An image that anybody can show: rows from the top, left to right, nothing between them.
struct Pixels {
    std::uint32_t width = 0;   ///< pixels
    std::uint32_t height = 0;  ///< pixels
    std::uint8_t channels = 1; ///< bytes a pixel: 1 grey (0 black), 3 red, green, blue
    Bytes data;                ///< width * height * channels bytes

    friend bool operator==(const Pixels&, const Pixels&) = default;
};

/// What decoding an image may take. A file of a few bytes can claim to be larger than any memory.
struct ImageLimits {
    std::uint32_t maximumSide = 8192;                     ///< pixels
    std::size_t maximumMemory = std::size_t{64} << 20;    ///< bytes for the samples of the image, as decoded
    std::size_t maximumFileSize = std::size_t{16} << 20U; ///< bytes of the encoded image

    /// Throws MalformedData unless an image of `width` x `height` pixels with `bytesPerPixel` bytes for each
    /// stays within the limits and is not empty.
    void require(std::uint32_t width, std::uint32_t height, std::size_t bytesPerPixel) const;
};

/// Decodes JPEG, JPEG 2000 (file format and bare codestream), PNG, WSQ and binary PGM and PPM, told apart by
/// their first bytes. What is transparent becomes white; alpha, colour profiles and orientation are passed
/// over. JPEG 2000 and WSQ count 4 bytes a sample against maximumMemory, as their decoders need. A JPEG that
/// breaks off is shown as far as it goes: issuers sign those too. Throws MalformedData when the image is none
/// of these, is damaged, or exceeds `limits`.
[[nodiscard]] Pixels decodePixels(BytesView image, const ImageLimits& limits = {});

/// The pixels of an image without a header of its own, as ISO/IEC 19794-4 and -6 carry them: `bitDepth` bits
/// a sample (1 to 16), packed without gaps, most significant bit first. Samples are scaled to 8 bits. Throws
/// MalformedData when `samples` are fewer than the image needs, or it exceeds `limits`.
[[nodiscard]] Pixels unpackPixels(BytesView samples, std::uint32_t width, std::uint32_t height,
                                  std::uint8_t channels, std::uint8_t bitDepth,
                                  const ImageLimits& limits = {});

} // namespace cancuoc::biometric
