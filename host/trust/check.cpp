// SPDX-License-Identifier: Apache-2.0
#include "host/trust/check.hpp"

namespace cancuoc::trust {

std::string_view nameOf(CheckResult result) {
    switch (result) {
    case CheckResult::Passed:
        return "passed";
    case CheckResult::Failed:
        return "failed";
    case CheckResult::NotSupported:
        return "not-supported";
    case CheckResult::NotPerformed:
        return "not-performed";
    }
    return "not-performed";
}

} // namespace cancuoc::trust
