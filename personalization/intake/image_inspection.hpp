// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstddef>

namespace cancuoc::personalization {

struct ImageSize {
    std::size_t width = 0; ///< pixels
    std::size_t height = 0;

    friend bool operator==(const ImageSize&, const ImageSize&) = default;
};

/// Decodes all of a JPEG file, so that one cut short is found before a chip carries it.
/// Throws MalformedData when it is not a whole JPEG image of at most 4096 x 4096 pixels.
[[nodiscard]] ImageSize inspectJpeg(BytesView file);

/// Decodes all of a PNG file.
/// Throws MalformedData when it is not a whole PNG image, 8 bits grey, of at most 4096 x 4096 pixels.
[[nodiscard]] ImageSize inspectGreyPng(BytesView file);

} // namespace cancuoc::personalization
