// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cancuoc {

/// Text from a card, a QR or a certificate as it may be written on one line of a terminal. What a terminal
/// would obey instead of showing it is shown by its number, like `<U+001B>`: the controls C0 (line feed and
/// tabulator too), DEL and C1, line and paragraph separators, and what turns the direction of writing
/// (Unicode UAX #9). Bytes that are not UTF-8 become U+FFFD. Everything else stays as it is.
[[nodiscard]] std::string printable(std::string_view text);

/// JSON text, in UTF-8, with the same code points written as `\uXXXX`; its value stays the same. Line feeds
/// between values stay, and C0 inside of strings is what JSON itself never allows.
[[nodiscard]] std::string printableJson(std::string_view json);

} // namespace cancuoc
