// SPDX-License-Identifier: Apache-2.0
// What becomes of access to a card that loses its power, or is reset, while access is opened.
#include <set>

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/inspection/access_procedure.hpp"
#include "host/inspection/check_name.hpp"
#include "host/reader/connection_in_front.hpp"
#include "tests/unit/host/inspection/test_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using cancuoc::test::IssuingFixture;
using cancuoc::test::TestCard;
using trust::CheckResult;

namespace {

constexpr std::uint8_t generalAuthenticate = 0x86;
constexpr std::uint8_t getChallenge = 0x84; // the first command of BAC

/// How a loss of power shows.
enum class Loss {
    Noticed,   ///< the reader says so
    Unnoticed, ///< the card has just forgotten everything
    Removed    ///< the card is gone
};

constexpr int stepsOfPace = 4;

/// A connection to the chip that takes its power away before chosen commands of one instruction.
class LosingConnection final : public ConnectionInFront {
public:
    LosingConnection(Connection& inner, std::uint8_t instruction, Loss loss, std::set<int> lostAt)
        : ConnectionInFront(inner), instruction_(instruction), loss_(loss), lostAt_(std::move(lostAt)) {}

    [[nodiscard]] Bytes transmit(BytesView command) override {
        ++sent[command[1]];
        if (command[1] == instruction_ && lostAt_.count(sent[instruction_]) != 0) {
            behind().reset();
            if (loss_ == Loss::Noticed) {
                throw CardReset("The card stopped answering.");
            }
            if (loss_ == Loss::Removed) {
                throw CardRemoved("The card was taken off the reader.");
            }
        }
        return behind().transmit(command);
    }
    void reset() override {
        ++resets;
        behind().reset();
    }

    std::map<std::uint8_t, int> sent; ///< by instruction
    int resets = 0;

private:
    std::uint8_t instruction_;
    Loss loss_;
    std::set<int> lostAt_;
};

const std::set<int> always{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

AccessKeys bothKeys() {
    AccessKeys keys = TestCard::request().keys;
    keys.mrz = TestCard::mrzKey();
    return keys;
}

AccessOpened open(Connection& connection, const AccessKeys& keys = bothKeys()) {
    CardSession session(connection);
    SystemRandom random;
    const auto policy = Policy::standard();
    const auto cardAccess = lds::CardAccess::vietnameseCitizenCard();
    return AccessProcedure(session, random, keys, policy).open(&cardAccess);
}

TestCard& testCard() {
    static TestCard card(TestCard::image());
    return card;
}

} // namespace

TEST_CASE("A chip that is reset or loses its power in the middle of PACE gets one fresh PACE") {
    for (const auto loss : {Loss::Noticed, Loss::Unnoticed}) {
        for (int lostAt = 1; lostAt <= stepsOfPace; ++lostAt) {
            CAPTURE(static_cast<int>(loss));
            CAPTURE(lostAt);
            auto chip = testCard().powerOn();
            LosingConnection connection(chip, generalAuthenticate, loss, {lostAt});
            const auto opened = open(connection);
            CHECK(opened.used.protocol == "PACE");
            CHECK(opened.used.password == "CAN");
            CHECK(opened.check.result == CheckResult::Passed);
            CHECK(opened.check.reason == "PACE was begun again: the card forgot the first run in the middle");
            CHECK(connection.resets == 1);
            CHECK(connection.sent[generalAuthenticate] == lostAt + stepsOfPace);
            CHECK(connection.sent[getChallenge] == 0);
        }
    }
}

TEST_CASE("A chip that is reset in every PACE is given back, and never falls to BAC") {
    for (int first = 1; first <= stepsOfPace; ++first) {
        auto chip = testCard().powerOn();
        LosingConnection connection(chip, generalAuthenticate, Loss::Noticed,
                                    {first, first + 1, first + 2, first + 3, first + 4});
        CHECK_THROWS_AS(static_cast<void>(open(connection)), CardReset);
        CHECK(connection.resets == 1);
        CHECK(connection.sent[getChallenge] == 0);
    }
}

TEST_CASE("A chip that refuses PACE in the middle again and again falls to BAC by name, and fails for it") {
    auto chip = testCard().powerOn();
    LosingConnection connection(chip, generalAuthenticate, Loss::Unnoticed, always);
    const auto opened = open(connection);
    CHECK(opened.used.protocol == "BAC");
    CHECK(opened.check.result == CheckResult::Failed);
    CHECK(opened.check.reason == "BAC, because PACE failed although the MRZ is right");
    CHECK(connection.sent[getChallenge] == 1);

    // Without the MRZ there is nothing to fall to.
    auto again = testCard().powerOn();
    LosingConnection other(again, generalAuthenticate, Loss::Unnoticed, always);
    CHECK_THROWS_AS(static_cast<void>(open(other, TestCard::request().keys)), CardError);
}

TEST_CASE("A card that is lifted in the middle of PACE is gone, and nothing is tried behind its back") {
    auto chip = testCard().powerOn();
    LosingConnection connection(chip, generalAuthenticate, Loss::Removed, {2});
    CHECK_THROWS_AS(static_cast<void>(open(connection)), CardRemoved);
    CHECK(connection.resets == 0);
    CHECK(connection.sent[generalAuthenticate] == 2);
    CHECK(connection.sent[getChallenge] == 0);
}

TEST_CASE("After a lift in the middle of PACE the card is opened with PACE again") {
    auto chip = testCard().powerOn();
    auto request = TestCard::request();
    request.keys = bothKeys();
    SystemRandom random;
    ReadingCache cache;
    {
        LosingConnection connection(chip, generalAuthenticate, Loss::Removed, {3});
        CHECK_THROWS_AS(
            static_cast<void>(Inspection(connection, random, IssuingFixture::clock()).run(request, cache)),
            CardRemoved);
    }
    auto back = testCard().powerOn();
    const auto result = Inspection(back, random, IssuingFixture::clock()).run(request, cache);
    CHECK(result.access->protocol == "PACE");
    CHECK(result.judgement.verdict == Verdict::Genuine);
}

TEST_CASE("A wrong password is no loss of power: it is not tried twice") {
    AccessKeys keys;
    keys.can = AccessKey::fromCan("999999");
    auto chip = testCard().powerOn();
    LosingConnection connection(chip, generalAuthenticate, Loss::Noticed, {});
    CHECK_THROWS_AS(static_cast<void>(open(connection, keys)), WrongAccessKey);
    CHECK(connection.sent[generalAuthenticate] == stepsOfPace);
    CHECK(connection.resets == 0);
}

TEST_CASE("A card lost in the BAC that follows a failed PACE is a lost card, not a failed PACE") {
    for (const bool removed : {true, false}) {
        auto chip = testCard().powerOn();
        LosingConnection refusing(chip, generalAuthenticate, Loss::Unnoticed, always);
        LosingConnection connection(refusing, getChallenge, removed ? Loss::Removed : Loss::Noticed, {1});
        if (removed) {
            CHECK_THROWS_AS(static_cast<void>(open(connection)), CardRemoved);
        } else {
            CHECK_THROWS_AS(static_cast<void>(open(connection)), CardReset);
        }
    }
}

TEST_CASE("A card that is reset at any command of a reading is read to the end, with PACE again") {
    ReadingCache whole;
    auto request = TestCard::request();
    request.keys = bothKeys();
    SystemRandom random;
    auto plain = testCard().powerOn();
    const auto expected = Inspection(plain, random, IssuingFixture::clock()).run(request, whole);
    int ended = 0;
    for (int lostAt = 1; lostAt <= static_cast<int>(expected.total.commands); ++lostAt) {
        CAPTURE(lostAt);
        auto chip = testCard().powerOn();
        int commands = 0;
        bool lost = false;
        InProcessConnection connection(
            "virtual", toBytes(chip.atr()),
            [&](BytesView command) {
                if (++commands == lostAt) {
                    chip.reset();
                    lost = true;
                    throw CardReset("The card stopped answering.");
                }
                return chip.transmit(command);
            },
            [&] { chip.reset(); });
        ReadingCache cache;
        std::optional<InspectionResult> result;
        while (!result) {
            try {
                result = Inspection(connection, random, IssuingFixture::clock()).run(request, cache);
            } catch (const CardReset&) {
                ++ended;
                connection.reset();
            }
        }
        CHECK(lost);
        CHECK(result->access->protocol == "PACE");
        CHECK(result->judgement.verdict == Verdict::Genuine);
    }
    // PACE and the reading of files go on by themselves.
    CHECK(ended < static_cast<int>(expected.total.commands) / 2);
}
