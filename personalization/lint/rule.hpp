// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cancuoc::personalization::lint {

/// How bad it is to break a rule.
enum class Severity {
    Error,  ///< the standard says MUST, or inspection systems refuse it
    Warning ///< the standard says SHOULD, or recommends otherwise
};

/// "error" or "warning".
[[nodiscard]] constexpr std::string_view nameOf(Severity severity) {
    return severity == Severity::Error ? "error" : "warning";
}

/// One thing that the standard asks for. Rules live for ever, and their identifiers stay.
struct Rule {
    std::string id;     ///< `crl.next-update`
    std::string clause; ///< `Doc 9303-12, table 9`
    Severity severity = Severity::Error;
    std::string broken; ///< what is said where it is broken: "nextUpdate is missing"
};

} // namespace cancuoc::personalization::lint
