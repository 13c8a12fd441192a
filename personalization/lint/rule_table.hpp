// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "host/base/error.hpp"
#include "personalization/lint/rule.hpp"

namespace cancuoc::personalization::lint {

/// A rule for things of type Subject, and how it is found to be broken.
template <class Subject>
struct RuleRow {
    std::string_view id;
    std::string_view clause;
    Severity severity;
    std::string_view broken;
    bool (*isBroken)(const Subject&);
    Profiles profiles = inEveryProfile;
};

/// The rules of a table, in its order.
template <class Subject>
[[nodiscard]] std::vector<Rule> rulesOf(std::span<const RuleRow<Subject>> table) {
    std::vector<Rule> rules;
    rules.reserve(table.size());
    for (const auto& row : table) {
        rules.push_back({std::string(row.id), std::string(row.clause), row.severity, std::string(row.broken),
                         row.profiles});
    }
    return rules;
}

/// Adds to `broken` those of `rules`, made of `table`, that hold in `profile` and that `subject` breaks. What
/// cannot be read to the end breaks no rule about it: that it is malformed has a rule of its own.
template <class Subject>
void check(std::span<const RuleRow<Subject>> table, const std::vector<Rule>& rules, const Subject& subject,
           Profile profile, std::vector<const Rule*>& broken) {
    for (std::size_t index = 0; index < table.size(); ++index) {
        if (!table[index].profiles.contains(profile)) {
            continue;
        }
        try {
            if (table[index].isBroken(subject)) {
                broken.push_back(&rules[index]);
            }
        } catch (const MalformedData&) {
            continue;
        }
    }
}

} // namespace cancuoc::personalization::lint
