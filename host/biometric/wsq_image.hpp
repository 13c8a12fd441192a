// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/pixels.hpp"

namespace cancuoc::biometric {

/// Decodes a fingerprint in wavelet scalar quantization (FBI, IAFIS-IC-0110, version 3), with filters of odd
/// or even length. Each sample counts 4 bytes against `limits`. Throws MalformedData when it is damaged or
/// exceeds `limits`.
[[nodiscard]] Pixels decodeWsq(BytesView image, const ImageLimits& limits);

} // namespace cancuoc::biometric
