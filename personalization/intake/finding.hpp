// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>

namespace cancuoc::personalization {

/// An error keeps the record out of the line; a warning lets it pass and asks a person to look.
enum class Severity { Error, Warning };

/// What a rule of the intake found in one record. The message says what is wrong and how it should look; it
/// never repeats the value, which is personal data.
struct Finding {
    std::string rule; ///< the rule's id, e.g. "number.digits"
    Severity severity = Severity::Error;
    std::size_t line = 0; ///< of records.csv, counted from 1
    std::string field;    ///< the column's name; empty when the finding is about the whole line
    std::string message;
};

/// Whether a finding keeps the record out of the line.
[[nodiscard]] inline bool hasError(std::span<const Finding> findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::Error; });
}

} // namespace cancuoc::personalization
