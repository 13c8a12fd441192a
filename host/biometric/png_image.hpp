// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/pixels.hpp"

namespace cancuoc::biometric {

/// Decodes a PNG image (ISO/IEC 15948) of any kind to 8 bits, grey or colour as the file is.
/// Throws MalformedData when it is damaged or exceeds `limits`.
[[nodiscard]] Pixels decodePng(BytesView image, const ImageLimits& limits);

/// The pixels as a PNG file.
[[nodiscard]] Bytes encodePng(const Pixels& pixels);

} // namespace cancuoc::biometric
