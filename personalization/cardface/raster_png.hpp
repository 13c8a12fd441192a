// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/biometric/pixels.hpp"

namespace cancuoc::cardface {

/// The pixels as a PNG file that says its size on paper, compressed quickly rather than well; the same pixels
/// give the same bytes.
/// @param pixels of one or three channels
/// @throws Error if the PNG library refuses
[[nodiscard]] Bytes toPng(const biometric::Pixels& pixels, std::size_t dotsPerInch);

} // namespace cancuoc::cardface
