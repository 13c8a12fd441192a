// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "host/inspection/policy.hpp"
#include "host/trust/check.hpp"

namespace cancuoc::inspection {

/// What an inspection says about a card.
enum class Verdict {
    Genuine,    ///< everything that the policy demands is proven
    NotGenuine, ///< at least one check failed
    Incomplete  ///< nothing failed, but something that the policy demands could not be done
};

/// The verdict's name in JSON: `genuine`, `not-genuine`, `incomplete`.
[[nodiscard]] std::string_view nameOf(Verdict verdict);

/// The verdict of that name; nothing if none is called so.
[[nodiscard]] std::optional<Verdict> verdictNamed(std::string_view name);

/// A verdict and why it is not better.
struct Judgement {
    Verdict verdict = Verdict::Incomplete;
    std::vector<std::string> reasons; ///< one line each: what failed, or what is missing; empty when genuine
};

/// Judges a card by the results of its checks.
/// @param checks every check of `check_name::all`; one that is missing counts as not performed
/// @param faceFound whether DG2 was read and holds a face image
/// @param exempt names of checks whose absence is only named, whatever the policy demands
[[nodiscard]] Judgement judge(const Policy& policy, const std::vector<trust::Check>& checks, bool faceFound,
                              const std::set<std::string_view>& exempt = {});

} // namespace cancuoc::inspection
