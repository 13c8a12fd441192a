// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cancuoc {

/// Takes the next code point off the front of `text`. Nothing, and `text` as it was, when it is empty or does
/// not go on as RFC 3629 allows it.
[[nodiscard]] std::optional<char32_t> takeCodePoint(std::string_view& text);

/// The code points of UTF-8 text. Throws MalformedData for anything that RFC 3629 does not allow: stray or
/// missing continuation bytes, longer forms than needed, surrogates, values above 10FFFF.
[[nodiscard]] std::u32string fromUtf8(std::string_view text);

/// Whether `text` is UTF-8 as RFC 3629 allows it.
[[nodiscard]] bool isUtf8(std::string_view text);

} // namespace cancuoc
