// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/pixels.hpp"

#include <optional>

namespace cancuoc::biometric {

/// The header of a portable graymap or pixmap in binary form (PGM P5, PPM P6), as ISO/IEC 39794 takes them.
struct PnmHeader {
    std::uint8_t channels = 1; ///< 1 or 3
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t largestSample = 0;
    std::size_t length = 0; ///< bytes of the header; the samples follow it
};

/// Nothing when the image is of another kind, or its header breaks off.
[[nodiscard]] std::optional<PnmHeader> readPnmHeader(BytesView image);

/// Throws MalformedData when it is damaged, has samples of another size than 8 or 16 bits, or exceeds
/// `limits`.
[[nodiscard]] Pixels decodePnm(BytesView image, const ImageLimits& limits);

} // namespace cancuoc::biometric
