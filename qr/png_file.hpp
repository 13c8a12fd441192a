// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "host/base/bytes.hpp"
#include "qr/image.hpp"

namespace cancuoc::qr {

/// A PNG file with one bit a pixel; pixels from 128 on are white.
/// @param dotsPerInch resolution that the file names (chunk pHYs); 0: none
/// @throws Error if the PNG library refuses
[[nodiscard]] Bytes writeBlackAndWhitePng(const GreyImage& image, std::size_t dotsPerInch);

} // namespace cancuoc::qr
