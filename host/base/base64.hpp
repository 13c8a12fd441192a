// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "host/base/bytes.hpp"

namespace cancuoc {

/// Base64 with padding and without line breaks (RFC 4648, 4).
[[nodiscard]] std::string toBase64(BytesView bytes);

/// The bytes that `text` writes, padded and without white space. Throws MalformedData.
[[nodiscard]] Bytes fromBase64(std::string_view text);

} // namespace cancuoc
