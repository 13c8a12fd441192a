// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/verdict.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "host/inspection/check_name.hpp"

using namespace cancuoc::inspection;
using cancuoc::trust::Check;
using cancuoc::trust::CheckResult;

namespace {

// A card with everything that can be proven; the revocation of its signer and its fingerprints were not
// looked at.
std::vector<Check> goodCard() {
    std::vector<Check> checks;
    for (const auto name : check_name::all) {
        const bool isLeftOut = name == check_name::revocation || name == check_name::terminalAuthentication;
        checks.push_back(
            {std::string(name), isLeftOut ? CheckResult::NotPerformed : CheckResult::Passed, ""});
    }
    return checks;
}

std::vector<Check> with(std::vector<Check> checks, std::string_view name, CheckResult result) {
    std::find_if(checks.begin(), checks.end(), [&](const Check& check) {
        return check.name == name;
    })->result = result;
    return checks;
}

Verdict verdict(const Policy& policy, const std::vector<Check>& checks) {
    return judge(policy, checks, true).verdict;
}

// One row: a check that ended so, and the verdict under strict, standard and fast.
struct Row {
    std::string_view name;
    CheckResult result;
    Verdict strict;
    Verdict standard;
    Verdict fast;
};

constexpr auto genuine = Verdict::Genuine;
constexpr auto incomplete = Verdict::Incomplete;
constexpr auto unsupported = CheckResult::NotSupported;
constexpr auto skipped = CheckResult::NotPerformed;

constexpr Row rows[] = {
    {check_name::accessControl, unsupported, incomplete, genuine, genuine},
    {check_name::hashes, skipped, incomplete, incomplete, incomplete},
    {check_name::hashes, unsupported, incomplete, incomplete, incomplete},
    {check_name::signature, skipped, incomplete, incomplete, incomplete},
    {check_name::chain, skipped, incomplete, incomplete, incomplete},
    {check_name::revocation, skipped, incomplete, genuine, genuine},
    {check_name::revocation, unsupported, incomplete, genuine, genuine},
    {check_name::chipAuthentication, unsupported, genuine, genuine, genuine},
    {check_name::chipAuthentication, skipped, incomplete, incomplete, genuine},
    {check_name::activeAuthentication, unsupported, genuine, genuine, genuine},
    {check_name::activeAuthentication, skipped, incomplete, incomplete, genuine},
    {check_name::terminalAuthentication, unsupported, genuine, genuine, genuine},
    {check_name::terminalAuthentication, skipped, genuine, genuine, genuine},
    {check_name::comSod, skipped, incomplete, incomplete, genuine},
    {check_name::mrz, skipped, incomplete, incomplete, incomplete},
    {check_name::number, skipped, genuine, genuine, genuine},
    {check_name::number, unsupported, genuine, genuine, genuine},
    {check_name::cardAccess, unsupported, genuine, genuine, genuine},
    {check_name::cardAccess, skipped, incomplete, incomplete, genuine},
};

} // namespace

TEST_CASE("a card with every proof is genuine; strict also wants a current CRL") {
    CHECK(verdict(Policy::standard(), goodCard()) == Verdict::Genuine);
    CHECK(verdict(Policy::fast(), goodCard()) == Verdict::Genuine);
    CHECK(verdict(Policy::strict(), goodCard()) == Verdict::Incomplete);
    CHECK(verdict(Policy::strict(), with(goodCard(), check_name::revocation, CheckResult::Passed)) ==
          Verdict::Genuine);
}

TEST_CASE("each policy knows which checks must not be missing") {
    const auto current = with(goodCard(), check_name::revocation, CheckResult::Passed);
    for (const auto& row : rows) {
        CAPTURE(std::string(row.name));
        CAPTURE(std::string(cancuoc::trust::nameOf(row.result)));
        const auto checks = with(current, row.name, row.result);
        CHECK(verdict(Policy::strict(), checks) == row.strict);
        CHECK(verdict(Policy::standard(), checks) == row.standard);
        CHECK(verdict(Policy::fast(), checks) == row.fast);
    }
}

TEST_CASE("a failed check is never genuine, under any policy, and is named") {
    for (const auto& policy : {Policy::strict(), Policy::standard(), Policy::fast()}) {
        for (const auto name : check_name::all) {
            CAPTURE(policy.name);
            CAPTURE(std::string(name));
            const auto judgement = judge(policy, with(goodCard(), name, CheckResult::Failed), true);
            CHECK(judgement.verdict == Verdict::NotGenuine);
            REQUIRE(judgement.reasons.size() == 1);
            CHECK(judgement.reasons[0].starts_with(std::string(name) + " failed"));
        }
    }
}

TEST_CASE("a failure weighs more than what is missing") {
    auto checks = with(goodCard(), check_name::chain, CheckResult::NotPerformed);
    CHECK(verdict(Policy::standard(), checks) == Verdict::Incomplete);
    CHECK(verdict(Policy::standard(), with(checks, check_name::hashes, CheckResult::Failed)) ==
          Verdict::NotGenuine);
}

TEST_CASE("a card that promises no proof against cloning is genuine but for strict") {
    auto checks = with(goodCard(), check_name::revocation, CheckResult::Passed);
    checks = with(checks, check_name::chipAuthentication, CheckResult::NotSupported);
    CHECK(verdict(Policy::strict(), checks) == Verdict::Genuine); // Active Authentication is enough
    checks = with(checks, check_name::activeAuthentication, CheckResult::NotSupported);
    CHECK(verdict(Policy::strict(), checks) == Verdict::Incomplete);
    CHECK(verdict(Policy::standard(), checks) == Verdict::Genuine);
}

TEST_CASE("no card is genuine without a face") {
    for (const auto& policy : {Policy::strict(), Policy::standard(), Policy::fast()}) {
        const auto judgement =
            judge(policy, with(goodCard(), check_name::revocation, CheckResult::Passed), false);
        CHECK(judgement.verdict == Verdict::Incomplete);
        CHECK(judgement.reasons == std::vector<std::string>{"no face image was read from DG2"});
    }
}

TEST_CASE("a policy of one's own can do without the face") {
    auto policy = Policy::standard();
    policy.demandFace = false;
    CHECK(judge(policy, goodCard(), false).verdict == Verdict::Genuine);
}

TEST_CASE("a check that is not there counts as not performed") {
    CHECK(verdict(Policy::fast(), {}) == Verdict::Incomplete);
    auto checks = goodCard();
    std::erase_if(checks, [](const Check& check) { return check.name == check_name::signature; });
    CHECK(verdict(Policy::fast(), checks) == Verdict::Incomplete);
}

TEST_CASE("verdicts have the names that scripts read") {
    CHECK(nameOf(Verdict::Genuine) == "genuine");
    CHECK(nameOf(Verdict::NotGenuine) == "not-genuine");
    CHECK(nameOf(Verdict::Incomplete) == "incomplete");
}
