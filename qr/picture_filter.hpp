// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "qr/image.hpp"

namespace cancuoc::qr {

/// Part of a picture, in pixels.
struct Region {
    std::size_t left = 0;
    std::size_t top = 0;
    std::size_t width = 0;
    std::size_t height = 0;
};

/// That part of the picture as one of its own.
/// @param region inside the picture
[[nodiscard]] GreyImage crop(const GreyImage& image, const Region& region);

/// The picture made smaller by a whole factor, every pixel being the mean of a square; at the right and lower
/// edges, of what there is of it.
/// @param factor above 0
[[nodiscard]] GreyImage shrink(const GreyImage& image, std::size_t factor);

/// The picture with every pixel the mean of the square of 2 * radius + 1 pixels around it; at the edge, of
/// what there is of the square.
[[nodiscard]] GreyImage smooth(const GreyImage& image, std::size_t radius);

/// The picture sharpened: every pixel moves away from the mean of the square around it, which takes back part
/// of what a lens out of focus or a moving hand did.
/// @param radius of the square, about that of the blur, in pixels
/// @param amount how far, in quarters of the difference from the mean
[[nodiscard]] GreyImage sharpen(const GreyImage& image, std::size_t radius, int amount);

/// The picture with its light made even: every pixel becomes middle grey (128) plus its difference from the
/// mean of the square around it. What is darker than its surroundings is below 128 then, in the light as in
/// the shade.
/// @param radius of the square, some modules of a symbol, in pixels
/// @param amount by which the difference is multiplied, in quarters
[[nodiscard]] GreyImage evenLight(const GreyImage& image, std::size_t radius, int amount);

} // namespace cancuoc::qr
