// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/inspection_result.hpp"

#include <algorithm>

#include "host/base/error.hpp"

namespace cancuoc::inspection {

const trust::Check& InspectionResult::check(std::string_view name) const {
    const auto found = std::find_if(checks.begin(), checks.end(),
                                    [&](const trust::Check& check) { return check.name == name; });
    if (found == checks.end()) {
        throw BadConfiguration("There is no check named " + std::string(name) + ".");
    }
    return *found;
}

} // namespace cancuoc::inspection
