// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/pixels.hpp"

namespace cancuoc::biometric {

/// Decodes a PNG image (ISO/IEC 15948) of any kind to 8 bits, grey or colour as the file is.
/// Throws MalformedData when it is damaged or exceeds `limits`.
[[nodiscard]] Pixels decodePng(BytesView image, const ImageLimits& limits);

/// The pixels as a PNG file. Throws MalformedData when they are another number than the sides say.
[[nodiscard]] Bytes encodePng(const Pixels& pixels);

/// How much time compressing a picture may take.
enum class PngCompression { Quick, Small };

/// The same for a printer: the file says how large the picture is on paper, and the same pixels give the same
/// bytes. Throws MalformedData as above, Error when the PNG library refuses.
/// @param dotsPerInch resolution, at least 1
[[nodiscard]] Bytes encodePng(const Pixels& pixels, std::size_t dotsPerInch, PngCompression compression);

} // namespace cancuoc::biometric
