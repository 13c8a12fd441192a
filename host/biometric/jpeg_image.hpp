// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/pixels.hpp"

namespace cancuoc::biometric {

/// Decodes a JPEG image (ISO/IEC 10918-1), baseline or progressive, 8 bits, grey or colour.
/// Throws MalformedData when it is damaged beyond showing, of another kind, or exceeds `limits`.
[[nodiscard]] Pixels decodeJpeg(BytesView image, const ImageLimits& limits);

} // namespace cancuoc::biometric
