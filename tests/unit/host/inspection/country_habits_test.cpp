// SPDX-License-Identifier: Apache-2.0
// Whole readings of cards with the habits that several countries' chips have been seen to have: each ends
// with the verdict that the card deserves.
#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/inspection/check_name.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"
#include "tests/unit/host/inspection/test_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using cancuoc::test::ReceivedCommand;
using cancuoc::test::SimulatedCard;
using cancuoc::test::SimulatedCardProfile;
using cancuoc::test::TestCard;

namespace {

void requireGenuine(const SimulatedCardProfile& profile) {
    SimulatedCard card(profile);
    const auto result = card.inspect();
    for (const auto& reason : result.judgement.reasons) {
        MESSAGE(reason);
    }
    CHECK(result.judgement.verdict == Verdict::Genuine);
}

bool selectsMasterFile(const ReceivedCommand& command) {
    return command.ins == 0xA4 && command.data == fromHex("3F00");
}

bool readsCardAccessByShortIdentifier(const ReceivedCommand& command) {
    return command.ins == 0xB0 && command.p1 == 0x9C;
}

bool selectsCardAccess(const ReceivedCommand& command) {
    return command.ins == 0xA4 && command.data == fromHex("011C");
}

// Our own chip, with these answers to some commands in plain; opened with the MRZ.
InspectionResult inspectWith(const std::function<std::string_view(const ReceivedCommand&)>& answer) {
    TestCard card(TestCard::image());
    card.forge([&](BytesView encoded) {
        const bool inPlain = (encoded[0] & 0x0CU) == 0;
        return inPlain ? fromHex(answer(ReceivedCommand::parse(encoded))) : Bytes();
    });
    auto request = TestCard::request();
    request.keys.mrz = TestCard::mrzKey();
    return card.inspect(request);
}

} // namespace

TEST_CASE("New Zealand 6982, Australia 6A86, China 6A81: SELECT of the master file is refused") {
    for (const std::string_view refusal : {"6982", "6A86", "6A81"}) {
        CAPTURE(refusal);
        const auto result = inspectWith([&](const ReceivedCommand& command) -> std::string_view {
            return selectsMasterFile(command)                                                ? refusal
                   : readsCardAccessByShortIdentifier(command) || selectsCardAccess(command) ? "6A82"
                                                                                             : "";
        });
        REQUIRE(result.access.has_value());
        CHECK(result.access->protocol == "BAC");
        CHECK(result.face.has_value());
    }
}

TEST_CASE("United Kingdom: EF.CardAccess has no short identifier") {
    for (const std::string_view refusal : {"6A82", "6A86", "6B00", "6700"}) {
        CAPTURE(refusal);
        const auto result = inspectWith([&](const ReceivedCommand& command) -> std::string_view {
            return readsCardAccessByShortIdentifier(command) ? refusal : "";
        });
        CHECK(result.access->protocol == "PACE");
        CHECK(result.judgement.verdict == Verdict::Genuine);
        CHECK(result.total.commands < 40); // what was refused there does not slow the rest down
    }
}

TEST_CASE("Malaysia: 6283 for EF.CardAccess before BAC") {
    const auto result = inspectWith([](const ReceivedCommand& command) -> std::string_view {
        return readsCardAccessByShortIdentifier(command) || selectsCardAccess(command) ? "6283" : "";
    });
    CHECK(result.access->protocol == "BAC");
    CHECK(result.face.has_value());
}

TEST_CASE("Germany: Le is refused on SELECT and MSE") {
    requireGenuine({.habits = {.refusesNeedlessLe = true}});
}

TEST_CASE("China: 6700 in plain to extended lengths, which end secure messaging") {
    requireGenuine({.habits = {.extendedLength = true, .largestRead = 231, .refusesInPlain = true}});
}

TEST_CASE("Russia: 6B00 past the end, and secure messaging is dead") {
    requireGenuine({.habits = {.refusesInPlain = true, .overReadRefusal = status_word::wrongOffset}});
}

TEST_CASE("Ukraine: 6A87 for more than 192 bytes") {
    requireGenuine({.habits = {.largestRead = 192, .refusal = StatusWord(0x6A87)}});
}

TEST_CASE("Spain: 6282 past the end") {
    requireGenuine({.habits = {.overReadWarning = status_word::endOfFileReached}});
    requireGenuine({.habits = {.overReadRefusal = status_word::endOfFileReached}});
}

TEST_CASE("Poland and Slovenia: zeros past the end") {
    requireGenuine({.habits = {.padsBehindEnd = true}});
    requireGenuine({.habits = {.overReadWarning = status_word::endOfFileReached, .padsBehindEnd = true}});
}

TEST_CASE("United States: 256 bytes of plaintext, whatever is asked for") {
    requireGenuine({.habits = {.smallestAnswer = 256}});
}

TEST_CASE("New Zealand and the United Kingdom: the facial record is longer than it says") {
    requireGenuine({.faceExcess = 8});
    requireGenuine({.faceExcess = 1});
}

TEST_CASE("passports may have the face as ISO/IEC 39794-5 from 2026 on") {
    SimulatedCard card({.faceDataBlock = true});
    const auto result = card.inspect();
    CHECK(result.judgement.verdict == Verdict::Genuine);
    REQUIRE(result.face.has_value());
    CHECK(result.face->format == biometric::ImageFormat::Jpeg);
    CHECK(result.face->width == 300);
    CHECK(result.face->height == 400);
}
