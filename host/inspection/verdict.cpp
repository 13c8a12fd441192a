// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/verdict.hpp"

#include <algorithm>

#include "host/inspection/check_name.hpp"

namespace cancuoc::inspection {

namespace {

using trust::Check;
using trust::CheckResult;

// How much a policy needs a check that did not fail.
enum class Need {
    Optional,          // its absence is named and no more
    UnlessUnsupported, // must pass, except on a card that does not offer it
    Always             // must pass
};

Need needOf(const Policy& policy, std::string_view name) {
    if (name == check_name::hashes || name == check_name::signature || name == check_name::chain ||
        name == check_name::mrz) {
        return Need::Always;
    }
    if (name == check_name::accessControl) {
        return policy.demandPace ? Need::Always : Need::UnlessUnsupported;
    }
    if (name == check_name::revocation) {
        return policy.demandCurrentCrl ? Need::Always : Need::Optional;
    }
    if (name == check_name::chipAuthentication || name == check_name::activeAuthentication) {
        return policy.performCloneProofs ? Need::UnlessUnsupported : Need::Optional;
    }
    if (name == check_name::comSod) {
        return policy.tolerateDowngrade ? Need::Optional : Need::Always;
    }
    // Without DG14 there is nothing that EF.CardAccess could agree with; a policy that leaves the proofs of
    // DG14 out leaves this one out as well.
    if (name == check_name::cardAccess) {
        return policy.performCloneProofs ? Need::UnlessUnsupported : Need::Optional;
    }
    return Need::Optional; // terminal authentication, consistency.number
}

bool isMissing(Need need, CheckResult result) {
    switch (result) {
    case CheckResult::Passed:
    case CheckResult::Failed:
        return false;
    case CheckResult::NotSupported:
        return need == Need::Always;
    case CheckResult::NotPerformed:
        break;
    }
    return need != Need::Optional;
}

std::string line(const Check& check) {
    return check.name + " " + std::string(trust::nameOf(check.result)) +
           (check.reason.empty() ? "" : ": " + check.reason);
}

} // namespace

std::string_view nameOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Genuine:
        return "genuine";
    case Verdict::NotGenuine:
        return "not-genuine";
    case Verdict::Incomplete:
        break;
    }
    return "incomplete";
}

std::optional<Verdict> verdictNamed(std::string_view name) {
    for (const auto verdict : {Verdict::Genuine, Verdict::NotGenuine, Verdict::Incomplete}) {
        if (nameOf(verdict) == name) {
            return verdict;
        }
    }
    return std::nullopt;
}

Judgement judge(const Policy& policy, const std::vector<Check>& checks, bool faceFound,
                const std::set<std::string_view>& exempt) {
    std::vector<std::string> failures;
    std::vector<std::string> missing;
    bool cloneProof = false;
    for (const auto name : check_name::all) {
        const auto found = std::find_if(checks.begin(), checks.end(),
                                        [&](const Check& candidate) { return candidate.name == name; });
        const auto check =
            found != checks.end() ? *found : Check{std::string(name), CheckResult::NotPerformed, ""};
        if (check.result == CheckResult::Failed) {
            failures.push_back(line(check));
        } else if (exempt.count(name) == 0 && isMissing(needOf(policy, name), check.result)) {
            missing.push_back(line(check));
        }
        cloneProof = cloneProof ||
                     (check.result == CheckResult::Passed &&
                      (name == check_name::chipAuthentication || name == check_name::activeAuthentication));
    }
    if (!failures.empty()) {
        return {Verdict::NotGenuine, std::move(failures)};
    }
    if (policy.demandFace && !faceFound) {
        missing.emplace_back("no face image was read from DG2");
    }
    if (policy.demandCloneProof && !cloneProof) {
        missing.emplace_back("the card gave no proof that it is not a copy");
    }
    if (!missing.empty()) {
        return {Verdict::Incomplete, std::move(missing)};
    }
    return {Verdict::Genuine, {}};
}

} // namespace cancuoc::inspection
