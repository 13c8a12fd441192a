// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/rule_table.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// What a rule of the intake found. Its message says what is wrong and how it should look; it never repeats
/// the value, which is personal data.
struct Finding {
    const Rule* rule = nullptr;       ///< never null
    std::size_t line = 0;             ///< of the records, counted from 1; 0 for the order as a whole
    std::string field;                ///< the column's name; empty when the finding is about the whole line
    std::vector<std::string> details; ///< what stands for `{0}` and `{1}` of the rule: counts, sizes

    [[nodiscard]] Severity severity() const { return rule->severity; }

    /// What is wrong, in that language: the rest of a sentence that begins with the field, where there is
    /// one.
    [[nodiscard]] std::string message(Language language) const;
};

/// Whether a finding keeps the record out of the line.
[[nodiscard]] bool hasError(std::span<const Finding> findings);

} // namespace cancuoc::personalization
