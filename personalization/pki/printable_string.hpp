// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cctype>
#include <string_view>

namespace cancuoc::personalization {

/// Whether every character is one of a PrintableString (X.680, 41.4).
[[nodiscard]] inline bool isPrintableString(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               std::string_view(" '()+,-./:=?").find(c) != std::string_view::npos;
    });
}

} // namespace cancuoc::personalization
