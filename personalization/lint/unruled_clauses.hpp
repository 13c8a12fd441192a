// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace cancuoc::personalization::lint {

/// Something that the standard writes as MUST or SHALL and that no rule asks for.
struct UnruledClause {
    std::string_view clause;
    std::string_view demand;
    std::string_view reason; ///< why there is no rule
};

/// All of them in Doc 9303-12, 4 to 10, 9303-10, 4.6.2, 9303-13 and BSI TR-03110-3, A.7.1 and C.1.
[[nodiscard]] std::span<const UnruledClause> unruledClauses();

} // namespace cancuoc::personalization::lint
