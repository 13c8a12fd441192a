// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/pixels.hpp"

namespace cancuoc::biometric {

/// Decodes a JPEG 2000 image (ISO/IEC 15444-1), as JP2 file or as bare codestream: one component becomes
/// grey, three or more red, green and blue; samples of up to 16 bits are scaled to 8. One that breaks off is
/// decoded as far as it goes. Each sample counts 4 bytes, as OpenJPEG keeps it. Throws MalformedData when it
/// is damaged, in CMYK, exceeds `limits`, or is cut into so many tiles or precincts that decoding would take
/// far more memory than its samples.
[[nodiscard]] Pixels decodeJpeg2000(BytesView image, const ImageLimits& limits);

} // namespace cancuoc::biometric
