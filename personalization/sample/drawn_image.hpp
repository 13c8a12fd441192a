// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

namespace cancuoc::personalization {

/// A drawn picture: rows from the top, without padding, `channels` bytes a pixel (1 grey, 3 red green blue).
struct DrawnImage {
    int width = 0;
    int height = 0;
    int channels = 0;
    Bytes pixels;
};

/// The JPEG file of a colour picture with the best quality that stays within `maximumSize` bytes.
/// Throws Error when libjpeg refuses it or when no acceptable quality is small enough.
[[nodiscard]] Bytes encodeJpeg(const DrawnImage& image, std::size_t maximumSize);

/// The PNG file of a grey picture that states a resolution of `dotsPerInch`.
[[nodiscard]] Bytes encodePng(const DrawnImage& image, int dotsPerInch);

} // namespace cancuoc::personalization
