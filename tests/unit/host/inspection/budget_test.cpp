// SPDX-License-Identifier: Apache-2.0
// How many APDUs a whole reading may take: EF.CardAccess, EF.ATR/INFO, PACE, EF.SOD of 2 kB, DG1, EF.COM,
// DG14, Chip Authentication, and DG2 of 15,360 bytes.
#include <doctest/doctest.h>

#include <numeric>

#include "host/inspection/check_name.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using cancuoc::test::SimulatedCard;
using cancuoc::test::SimulatedCardProfile;
using lds::FileId;

namespace {

InspectionResult readWithin(std::size_t budget, const SimulatedCardProfile& profile) {
    SimulatedCard card(profile);
    const auto result = card.inspect();
    for (const auto& reason : result.judgement.reasons) {
        INFO(reason);
        CHECK(false);
    }
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK(result.check(check_name::chipAuthentication).result == trust::CheckResult::Passed);
    CHECK(result.files.at(FileId::DataGroup2).size() == test::SimulatedCardProfile{}.dataGroup2Size);
    CHECK(result.files.at(FileId::Sod).size() >= SimulatedCard::securityObjectSize);
    CHECK(result.total.commands <= budget);
    CHECK(result.total.commands == card.chip().received.size());
    if (profile.statedLength) {
        CHECK(card.chip().longestResponse <= *profile.statedLength);
    }
    const auto sum = std::accumulate(
        result.steps.begin(), result.steps.end(), std::size_t{0},
        [](std::size_t commands, const StepStatistics& step) { return commands + step.commands; });
    CHECK(sum == result.total.commands);
    return result;
}

} // namespace

TEST_CASE("16 APDUs where the card allows 64 kB") {
    readWithin(16, {.habits = {.extendedLength = true}, .statedLength = 65535});
}

TEST_CASE("18 APDUs with 4 kB") {
    readWithin(18, {.habits = {.extendedLength = true, .largestRead = 4096}, .statedLength = 4096});
}

TEST_CASE("23 APDUs with 2 kB") {
    readWithin(23, {.habits = {.extendedLength = true, .largestRead = 2048}, .statedLength = 2048});
}

TEST_CASE("94 APDUs with short lengths and AES") {
    readWithin(94, {});
    readWithin(94, {.habits = {.extendedLength = true, .largestRead = 256}, .statedLength = 258});
}

TEST_CASE("Active Authentication with DG15 adds two at most") {
    const auto result = readWithin(
        18, {.habits = {.extendedLength = true}, .statedLength = 65535, .activeAuthentication = true});
    CHECK(result.check(check_name::activeAuthentication).result == trust::CheckResult::Passed);
}
