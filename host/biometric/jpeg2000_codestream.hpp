// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/pixels.hpp"

namespace cancuoc::biometric {

/// The codestream of a JPEG 2000 image: all of a bare one, the first box jp2c of a JP2 file.
/// Throws MalformedData when there is none.
[[nodiscard]] BytesView findCodestream(BytesView image);

/// Goes over the headers of a JPEG 2000 codestream and decodes nothing. What a decoder allocates depends on
/// them alone: size and number of components, tiles, the precincts of each, and the length that a tile-part
/// claims.
/// Throws MalformedData when they are damaged, exceed `limits` with 4 bytes a sample, have more than 4
/// components, 1024 tiles, or 65536 precincts, or a tile-part longer than a file may be.
void requireModestCodestream(BytesView codestream, const ImageLimits& limits);

} // namespace cancuoc::biometric
