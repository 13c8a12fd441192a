// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cancuoc::trust {

/// How one check ended. There is no fifth way: what was not done says so.
enum class CheckResult { Passed, Failed, NotSupported, NotPerformed };

/// "passed", "failed", "not-supported" or "not-performed".
[[nodiscard]] std::string_view nameOf(CheckResult result);

/// One named check of an inspection. A value, never an exception.
struct Check {
    std::string name; ///< "passive-authentication.hashes", ...
    CheckResult result = CheckResult::NotPerformed;
    std::string reason; ///< a sentence that says why; may be empty when it passed

    friend bool operator==(const Check&, const Check&) = default;
};

} // namespace cancuoc::trust
