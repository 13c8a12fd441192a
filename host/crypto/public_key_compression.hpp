// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

/// Comp(PK): the short form of an ephemeral public key that Terminal Authentication signs.
namespace cancuoc {

/// Of an elliptic curve key: the x-coordinate of the uncompressed point (Doc 9303-11, 7.1.4.2.3). Throws
/// MalformedData unless `point` is written like one.
[[nodiscard]] Bytes compressPoint(BytesView point);

/// Of a Diffie-Hellman key: the SHA-1 value of the public value, as it goes over the wire
/// (Doc 9303-11, 7.1.4.1.3).
[[nodiscard]] Bytes compressElement(BytesView element);

} // namespace cancuoc
