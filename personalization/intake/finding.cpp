// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/finding.hpp"

#include <algorithm>

namespace cancuoc::personalization {

std::string Finding::message(Language language) const {
    std::string text(rule->message(language));
    for (std::size_t index = 0; index < details.size(); ++index) {
        const std::string place = "{" + std::to_string(index) + "}";
        if (const std::size_t at = text.find(place); at != std::string::npos) {
            text.replace(at, place.size(), details[index]);
        }
    }
    return text;
}

bool hasError(std::span<const Finding> findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.severity() == Severity::Error; });
}

} // namespace cancuoc::personalization
