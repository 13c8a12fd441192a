// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "host/base/bytes.hpp"

namespace cancuoc::qr {

/// A grey picture, one byte a pixel, row after row from the top; 0 is black.
struct GreyImage {
    std::size_t width = 0;
    std::size_t height = 0;
    Bytes pixels; ///< width * height bytes
};

/// Largest picture file that is read, in bytes.
constexpr std::size_t maximumImageFileSize = std::size_t{64} << 20U;

/// Largest picture that is decompressed, in pixels; a file can claim far more than it holds.
constexpr std::size_t maximumImagePixels = 100'000'000;

/// Decompresses a PNG or JPEG file; transparent parts become white, and a JPEG whose EXIF data says how the
/// camera was held is turned upright.
/// @throws MalformedData if the file is neither, is damaged, or is larger than the limits above
GreyImage decodeImage(BytesView file);

/// The picture enlarged by a whole factor, every pixel becoming a smooth square: small symbols in pictures of
/// a whole card are found better that way.
/// @param factor 1 to 4
/// @throws MalformedData if the result would exceed maximumImagePixels
GreyImage enlarge(const GreyImage& image, std::size_t factor);

} // namespace cancuoc::qr
