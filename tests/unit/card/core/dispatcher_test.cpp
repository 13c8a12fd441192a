// SPDX-License-Identifier: Apache-2.0
#include "card/core/configuration.hpp"
#include "card/core/dispatcher.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace cancuoc::card;
using test::Bytes;
using test::hex;
using test::join;

namespace {

// Answers any command with a number of bytes, and notes what happens to it.
class RecordingApplication final : public Application {
public:
    explicit RecordingApplication(Bytes identifier) : identifier_(std::move(identifier)) {}

    std::span<const std::uint8_t> identifier() const override { return identifier_; }
    StatusWord select(const Command&, Response& response) override {
        ++selections;
        return response.append(std::uint8_t{0x6F}) ? selectionStatus : StatusWord::InternalError;
    }
    StatusWord process(const Command& command, Response& response) override {
        lastData = test::toBytes(command.data);
        lastClass = command.cla;
        return response.append(Bytes(responseLength, identifier_.back())) ? status
                                                                          : StatusWord::InternalError;
    }
    bool linksSteps(const Command&) const override { return steps; }
    void reset() override { ++resets; }
    void endSession() override { ++endedSessions; }
    StatusWord unprotect(Command&, std::span<std::uint8_t> data) override {
        if (!data.empty()) {
            data[0] = static_cast<std::uint8_t>(data[0] ^ mask);
        }
        return unprotectStatus;
    }
    StatusWord protect(StatusWord unprotected, Response&) override {
        ++protections;
        return unprotected;
    }

    std::size_t responseLength = 1;
    StatusWord status = StatusWord::Success;
    StatusWord selectionStatus = StatusWord::Success;
    StatusWord unprotectStatus = StatusWord::Success;
    std::uint8_t mask = 0;
    bool steps = false;
    std::uint8_t lastClass = 0xFF;
    int selections = 0;
    int resets = 0;
    int endedSessions = 0;
    int protections = 0;
    Bytes lastData;

private:
    Bytes identifier_;
};

// Admits every application but the one barred.
class Gate final : public ApplicationGate {
public:
    bool admits(const Application& application) override { return &application != barred; }

    const Application* barred = nullptr;
};

struct Card {
    RecordingApplication domain{hex("A000000151000001")};
    RecordingApplication document{hex("A0000002471002")};
    std::array<Application*, 2> applications{&domain, &document};
    Gate gate;
    Dispatcher dispatcher{applications, document, gate};

    Card() { dispatcher.reset(); }
    Bytes transmit(const char* apdu) { return test::toBytes(dispatcher.transmit(hex(apdu))); }
};

} // namespace

TEST_CASE("a command goes to the implicitly selected application after a reset") {
    Card card;
    CHECK(card.transmit("00B0000000") == hex("029000"));
    CHECK(card.transmit("00A4040008A00000015100000100") == hex("6F9000"));
    CHECK(card.transmit("00B0000000") == hex("019000"));
    card.dispatcher.reset();
    CHECK(card.transmit("00B0000000") == hex("029000"));
    CHECK(card.domain.resets == 2);
}

TEST_CASE("SELECT finds an application by its whole identifier or the beginning of it") {
    Card card;
    CHECK(card.transmit("00A4040C03A0000000") == hex("6F9000"));
    CHECK(card.domain.selections == 1);
    CHECK(card.transmit("00A4040006A0000002471000") == hex("6F9000"));
    CHECK(card.document.selections == 1);
    CHECK(card.transmit("00A4040000") == hex("6F9000"));
    CHECK(card.domain.selections == 2);
    CHECK(card.transmit("00A4040008A000000247100200") == hex("6A82"));
    CHECK(card.transmit("00A4041003A00000") == hex("6A86"));
}

TEST_CASE("a foreign identifier leaves the selected application and its session alone") {
    Card card;
    CHECK(card.transmit("00A4040008A00000015100000100") == hex("6F9000"));
    const int resets = card.domain.resets;
    CHECK(card.transmit("00A4040007D276000124010100") == hex("6A82"));
    CHECK(card.domain.resets == resets);
    CHECK(card.transmit("00B0000000") == hex("019000"));
}

TEST_CASE("an application that refuses selection leaves the other one selected") {
    Card card;
    card.domain.selectionStatus = StatusWord::ConditionsOfUseNotSatisfied;
    CHECK(card.transmit("00A4040008A000000151000001") == hex("6985"));
    CHECK(card.transmit("00B0000000") == hex("029000"));
    CHECK(card.document.resets == 1);
}

TEST_CASE("the application left behind protects the response and is then reset") {
    Card card;
    CHECK(card.transmit("00A4040008A00000015100000100") == hex("6F9000"));
    CHECK(card.document.protections == 1);
    CHECK(card.document.resets == 2);
    CHECK(card.domain.protections == 0);
}

TEST_CASE("classes that the chip does not serve") {
    Card card;
    for (const char* cla : {"01", "03", "40", "7F", "81", "C0", "E0"}) {
        CAPTURE(cla);
        CHECK(card.transmit((std::string(cla) + "B0000000").c_str()) == hex("6881"));
    }
    for (const char* cla : {"20", "3F", "FF"}) {
        CAPTURE(cla);
        CHECK(card.transmit((std::string(cla) + "B0000000").c_str()) == hex("6E00"));
    }
    CHECK(card.document.protections == 0);
}

TEST_CASE("lengths that do not fit are answered 6700") {
    Card card;
    CHECK(card.transmit("") == hex("6700"));
    CHECK(card.transmit("00A4040005A000") == hex("6700"));
    Bytes longest = hex("00D6000000");
    longest.push_back(configuration::maximumCommandData >> 8);
    longest.push_back(configuration::maximumCommandData & 0xFF);
    longest.resize(longest.size() + configuration::maximumCommandData, 0x11);
    CHECK(test::toBytes(card.dispatcher.transmit(longest)) == hex("6101"));
    CHECK(card.document.lastData.size() == configuration::maximumCommandData);
    ++longest[6];
    longest.push_back(0x11);
    CHECK(test::toBytes(card.dispatcher.transmit(longest)) == hex("6700"));
    CHECK(test::toBytes(card.dispatcher.transmit(Bytes(70000))) == hex("6700"));
}

TEST_CASE("an error status drops the data, a warning keeps it") {
    Card card;
    card.document.status = StatusWord::SecurityStatusNotSatisfied;
    CHECK(card.transmit("00B0000000") == hex("6982"));
    card.document.status = StatusWord::EndOfFileReached;
    CHECK(card.transmit("00B0000000") == hex("026282"));
}

TEST_CASE("a command that cannot be unprotected is answered bare and not processed") {
    Card card;
    card.document.unprotectStatus = StatusWord::SecureMessagingObjectsIncorrect;
    CHECK(card.transmit("0CB0000001AA") == hex("6988"));
    CHECK(card.document.protections == 0);
    CHECK(card.document.lastData.empty());
}

TEST_CASE("an application unprotects the data where they stand") {
    Card card;
    card.document.mask = 0xFF;
    CHECK(card.transmit("00D600000201020300").size() == 2);
    CHECK(card.transmit("00D6000002010200") == hex("029000"));
    CHECK(card.document.lastData == hex("FE02"));
}

TEST_CASE("a long response in short form is fetched by GET RESPONSE") {
    Card card;
    card.document.responseLength = 600;
    CHECK(card.transmit("00B0000000") == join(Bytes(256, 0x02), hex("6100")));
    CHECK(card.transmit("00C0000010") == join(Bytes(16, 0x02), hex("6100")));
    CHECK(card.transmit("00C0010010") == hex("6A86"));
    for (const char* wrong : {"00C00000", "00C0000001AA", "00C0000001AA10"}) {
        CHECK(card.transmit("00B0000000") == join(Bytes(256, 0x02), hex("6100")));
        CHECK(card.transmit(wrong) == hex("6700"));
    }
    CHECK(card.transmit("00B0000000") == join(Bytes(256, 0x02), hex("6100")));
    CHECK(card.transmit("00C0000000") == join(Bytes(256, 0x02), hex("6158")));
    CHECK(card.transmit("00C0000058") == join(Bytes(88, 0x02), hex("9000")));
    card.document.responseLength = 3;
    CHECK(card.transmit("00C0000000") == hex("0202029000"));
    card.document.responseLength = 600;
    CHECK(card.transmit("00B00000000000") == join(Bytes(600, 0x02), hex("9000")));
}

TEST_CASE("a plain response is no longer than the command asks for") {
    Card card;
    card.document.responseLength = 20;
    CHECK(card.transmit("00B0000005") == join(Bytes(5, 0x02), hex("610F")));
    CHECK(card.transmit("00C0000000") == join(Bytes(15, 0x02), hex("9000")));
    CHECK(card.transmit("00B00000000005") == join(Bytes(5, 0x02), hex("610F")));
    CHECK(card.transmit("00B00000") == hex("6114"));
    CHECK(card.transmit("00C0000014") == join(Bytes(20, 0x02), hex("9000")));
    CHECK(card.transmit("00B0000014") == join(Bytes(20, 0x02), hex("9000")));
}

TEST_CASE("the data of a chain reach the application in one command") {
    Card card;
    CHECK(card.transmit("10D60102021122") == hex("9000"));
    CHECK(card.document.lastData.empty());
    CHECK(card.transmit("10D601020133") == hex("9000"));
    CHECK(card.transmit("00D60102014400") == hex("029000"));
    CHECK(card.document.lastData == hex("11223344"));
    // The chain is over.
    CHECK(card.transmit("00D60102015500") == hex("029000"));
    CHECK(card.document.lastData == hex("55"));
}

TEST_CASE("the last command of a chain may have no data") {
    Card card;
    CHECK(card.transmit("10D6000001AA") == hex("9000"));
    CHECK(card.transmit("00D6000000") == hex("029000"));
    CHECK(card.document.lastData == hex("AA"));
}

TEST_CASE("a command that does not belong to the chain ends it") {
    for (const char* other :
         {"00D6000101AA", "00D6010001AA", "00D7000001AA", "80D6000001AA", "10D6000101AA"}) {
        CAPTURE(other);
        Card card;
        CHECK(card.transmit("10D600000111") == hex("9000"));
        CHECK(card.transmit(other) == hex("6883"));
        CHECK(card.document.lastData.empty());
        CHECK(card.transmit("00D60000012200") == hex("029000"));
        CHECK(card.document.lastData == hex("22"));
    }
}

TEST_CASE("the selection of an application ends a chain and is a new beginning") {
    Card card;
    CHECK(card.transmit("10D600000111") == hex("9000"));
    CHECK(card.transmit("00A4040008A00000015100000100") == hex("6F9000"));
    CHECK(card.transmit("00D60000012200") == hex("019000"));
    CHECK(card.domain.lastData == hex("22"));
}

TEST_CASE("a chain ends with a reset, a refused class, and protection that fails") {
    Card card;
    CHECK(card.transmit("10D600000111") == hex("9000"));
    SUBCASE("a reset") {
        card.dispatcher.reset();
    }
    SUBCASE("a class that the chip does not serve") {
        CHECK(card.transmit("01D600000111") == hex("6881"));
    }
    SUBCASE("a length that does not fit") {
        CHECK(card.transmit("00D600000211") == hex("6700"));
    }
    SUBCASE("a failed protection") {
        card.document.unprotectStatus = StatusWord::SecureMessagingObjectsIncorrect;
        CHECK(card.transmit("10D600000122") == hex("6988"));
        card.document.unprotectStatus = StatusWord::Success;
    }
    CHECK(card.transmit("00D60000013300") == hex("029000"));
    CHECK(card.document.lastData == hex("33"));
}

TEST_CASE("a command that is refused before it reaches the application ends the application's session") {
    Card card;
    SUBCASE("a class of another range") {
        CHECK(card.transmit("20B0810000") == hex("6E00"));
    }
    SUBCASE("another logical channel") {
        CHECK(card.transmit("01B0810000") == hex("6881"));
        CHECK(card.document.endedSessions == 1);
        CHECK(card.transmit("40B0810000") == hex("6881"));
        CHECK(card.document.endedSessions == 2);
        card.document.endedSessions = 1;
    }
    SUBCASE("the invalid class") {
        CHECK(card.transmit("FFB0810000") == hex("6E00"));
    }
    SUBCASE("a length that does not fit") {
        CHECK(card.transmit("00A4020C0301") == hex("6700"));
    }
    SUBCASE("a command longer than the chip's buffer") {
        CHECK(test::toBytes(card.dispatcher.transmit(Bytes(70000))) == hex("6700"));
    }
    SUBCASE("a failed protection") {
        card.document.unprotectStatus = StatusWord::SecureMessagingObjectsIncorrect;
        CHECK(card.transmit("0CB0000001AA") == hex("6988"));
    }
    SUBCASE("a wrong GET RESPONSE") {
        card.document.responseLength = 600;
        CHECK(card.transmit("00B0000000") == join(Bytes(256, 0x02), hex("6100")));
        CHECK(card.transmit("00C0000000") == join(Bytes(256, 0x02), hex("6158")));
        CHECK(card.document.endedSessions == 0);
        CHECK(card.transmit("0CC0000000") == hex("6E00"));
    }
    CHECK(card.document.endedSessions == 1);
    CHECK(card.domain.endedSessions == 0);
}

TEST_CASE("each command of a chain is unprotected and its answer protected") {
    Card card;
    card.document.mask = 0xFF;
    CHECK(card.transmit("10D600000111") == hex("9000"));
    CHECK(card.transmit("00D60000012200") == hex("029000"));
    CHECK(card.document.lastData == hex("EEDD"));
    CHECK(card.document.protections == 2);
}

TEST_CASE("a chain holds as much as the longest command and no more") {
    Card card;
    const Bytes part = join(hex("10D60000000400"), Bytes(1024, 0x11));
    for (std::size_t size = 0; size < configuration::maximumCommandData; size += 1024) {
        CHECK(test::toBytes(card.dispatcher.transmit(part)) == hex("9000"));
    }
    SUBCASE("the last command is empty") {
        CHECK(card.transmit("00D6000000") == hex("029000"));
        CHECK(card.document.lastData == Bytes(configuration::maximumCommandData, 0x11));
    }
    SUBCASE("one byte more") {
        CHECK(card.transmit("00D600000111") == hex("6700"));
        CHECK(card.document.lastData.empty());
        CHECK(card.transmit("00D60000012200") == hex("029000"));
        CHECK(card.document.lastData == hex("22"));
    }
}

TEST_CASE("a command without data cannot be continued, and a proprietary class knows no chaining") {
    Card card;
    CHECK(card.transmit("10D6000000") == hex("6884"));
    CHECK(card.transmit("90D6000001AA00") == hex("029000"));
    CHECK(card.document.lastData == hex("AA"));
}

TEST_CASE("steps of a protocol are processed one by one") {
    Card card;
    card.document.steps = true;
    CHECK(card.transmit("1086000001AA00") == hex("029000"));
    CHECK(card.document.lastClass == 0x10);
    CHECK(card.transmit("0086000001BB00") == hex("029000"));
    CHECK(card.document.lastData == hex("BB"));
    CHECK(card.document.lastClass == 0x00);
}

TEST_CASE("SELECT goes on from the selected application") {
    Card card;
    CHECK(card.transmit("00A4040C01A000") == hex("6F9000"));
    CHECK(card.domain.selections == 1);
    CHECK(card.transmit("00A4040E01A000") == hex("6F9000"));
    CHECK(card.document.selections == 1);
    CHECK(card.transmit("00A4040E01A0") == hex("6A82"));
    CHECK(card.transmit("00B0000000") == hex("029000"));
    CHECK(card.transmit("00A4040F01A000") == hex("6F9000"));
    CHECK(card.domain.selections == 2);
    CHECK(card.transmit("00A4040F01A0") == hex("6A82"));
    CHECK(card.transmit("00A4040D01A000") == hex("6F9000"));
    CHECK(card.document.selections == 2);
    CHECK(card.transmit("00A4040D09A00000015100000100") == hex("6A82"));
    CHECK(card.transmit("00A4040D06A0000001510000") == hex("6F9000"));
    CHECK(card.domain.selections == 3);
}

TEST_CASE("an application that is barred is neither selected nor given commands") {
    Card card;
    card.gate.barred = &card.document;
    CHECK(card.transmit("00B0000000") == hex("6985"));
    CHECK(card.transmit("00A4040C05A000000247") == hex("6985"));
    CHECK(card.transmit("00A4040C05A000000248") == hex("6A82"));
    CHECK(card.document.selections == 0);
    CHECK(card.transmit("00A4040008A00000015100000100") == hex("6F9000"));
    CHECK(card.transmit("00B0000000") == hex("019000"));
}
