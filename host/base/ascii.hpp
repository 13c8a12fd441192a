// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

namespace cancuoc {

/// Whether the character is one of 0 to 9, whatever the locale.
[[nodiscard]] constexpr bool isDigit(char character) {
    return character >= '0' && character <= '9';
}

/// Whether `text` is nothing but digits; so is the empty text.
[[nodiscard]] constexpr bool isDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), isDigit);
}

/// Whether the character is a space or a control of ASCII.
[[nodiscard]] constexpr bool isBlank(char character) {
    return static_cast<unsigned char>(character) <= ' ';
}

} // namespace cancuoc
