// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cancuoc {

/// The code points of UTF-8 text. Throws MalformedData for anything that RFC 3629 does not allow: stray or
/// missing continuation bytes, longer forms than needed, surrogates, values above 10FFFF.
[[nodiscard]] std::u32string fromUtf8(std::string_view text);

/// Whether `text` is UTF-8 as RFC 3629 allows it.
[[nodiscard]] bool isUtf8(std::string_view text);

} // namespace cancuoc
