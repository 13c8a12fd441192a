// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cancuoc::personalization {

/// An error keeps the record out of the line; a warning lets it pass and asks a person to look.
enum class Severity { Error, Warning };

/// "error" or "warning".
[[nodiscard]] constexpr std::string_view nameOf(Severity severity) {
    return severity == Severity::Error ? "error" : "warning";
}

/// The languages in which the intake speaks to people.
enum class Language { English, Vietnamese };

/// One rule of the intake. Rules live for ever, and their identifiers stay.
struct Rule {
    std::string_view id; ///< `number.digits`
    Severity severity = Severity::Error;
    std::string_view source; ///< the clause behind it; "line" where it is this line's own
    /// What is said where it is broken, as the rest of a sentence that the column's name begins; `{0}` and
    /// `{1}` stand for what the finding adds.
    std::string_view english;
    std::string_view vietnamese; ///< the same in Vietnamese

    [[nodiscard]] constexpr std::string_view message(Language language) const {
        return language == Language::English ? english : vietnamese;
    }
};

} // namespace cancuoc::personalization
