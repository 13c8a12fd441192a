// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "host/base/bytes.hpp"

namespace cancuoc::qr {

/// Packs capitals, digits and spaces three into two bytes (Doc 9303-13, 2.6; ISO/IEC 16022).
/// @param text letters A to Z, digits, spaces, and '<', which is written as a space
/// @return the least even number of bytes that is at least two thirds of the length
/// @throws MalformedData for any other character
[[nodiscard]] Bytes encodeC40(std::string_view text);

/// Unpacks what encodeC40 writes; a '<' comes back as a space.
/// @throws MalformedData for bytes that encodeC40 does not write
[[nodiscard]] std::string decodeC40(BytesView bytes);

} // namespace cancuoc::qr
