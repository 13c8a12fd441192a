// SPDX-License-Identifier: Apache-2.0
#include "host/access/card_session.hpp"

#include "host/base/error.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/unit/host/access/scripted.hpp"
#include "tests/unit/host/access/test_chip.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::ScriptedConnection;

namespace {

SecureMessaging exampleSession() {
    // Doc 9303-11, D.4.
    return {BlockCipher::TripleDes, fromHex("979EC13B1CBFE9DCD01AB0FED307EAE5"),
            fromHex("F1CB1F1FB5ADF208806B89DC579DC1F8"), fromHex("887022120C06C226")};
}

const CommandApdu selectCommonData{.ins = 0xA4, .p1 = 0x02, .p2 = 0x0C, .data = {0x01, 0x1E}};
constexpr std::string_view protectedSelect = "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800";

} // namespace

TEST_CASE("Data after 61xx are collected with GET RESPONSE, data after 6Cxx with the right length") {
    ScriptedConnection connection{
        {"00B0000000", "6103"},   {"00C0000003", "0102036102"}, {"00C0000002", "04059000"},
        {"00B0000000", "6C02"},   {"00B0000002", "AABB9000"},   {"00B0000000", "6C00"},
        {"00B0000000", "CC6282"}, {"00A4000C023F00", "6100"},   {"00C0000000", "6F049000"}};
    CardSession session(connection);
    CHECK(toHex(session.transmit({.ins = 0xB0, .le = 256}).data) == "0102030405");
    CHECK(toHex(session.transmit({.ins = 0xB0, .le = 256}).data) == "AABB");
    const ResponseApdu warning = session.transmit({.ins = 0xB0, .le = 256});
    CHECK(toHex(warning.data) == "CC");
    CHECK(warning.sw.value() == 0x6282);
    CHECK(toHex(session.transmit({.ins = 0xA4, .p2 = 0x0C, .data = {0x3F, 0x00}}).data) == "6F04");
    CHECK(connection.finished());
}

TEST_CASE("A wrong length is corrected once, and endless promises of data end") {
    ScriptedConnection stubborn{{"00B0000000", "6C02"}, {"00B0000002", "6C03"}};
    CHECK(CardSession(stubborn).transmit({.ins = 0xB0, .le = 256}).sw.value() == 0x6C03);
    ScriptedConnection empty{{"00B0000000", "6110"}, {"00C0000010", "6110"}};
    CHECK_THROWS_AS(static_cast<void>(CardSession(empty).transmit({.ins = 0xB0, .le = 256})), MalformedData);
}

TEST_CASE("Only 9000 is success") {
    for (const std::string_view statusWord :
         {"6300", "6700", "6A00", "6D00", "6F00", "6282", "9001", "6200", "0000", "9100"}) {
        ScriptedConnection connection{{"00A4020C02011E", statusWord}};
        CardSession session(connection);
        try {
            session.transmitExpectingSuccess(selectCommonData, "Selecting EF.COM");
            FAIL("no exception for ", statusWord);
        } catch (const CardError& error) {
            CHECK(toHex(toBigEndian(error.statusWord(), 2)) == statusWord);
            CHECK(std::string(error.what())
                      .find("Selecting EF.COM failed: the card answered " + std::string(statusWord)) == 0);
        }
    }
}

TEST_CASE("After an unprotected answer nothing is sent any more, until access is opened anew") {
    for (const std::string_view answer : {"6988", "6987", "6700", "6300", "9000", "6F00",
                                          "990290008E08FA855A5D4C50A8EE9000", "00112233445566779000"}) {
        CAPTURE(answer);
        ScriptedConnection connection{{protectedSelect, answer}, {"00A4020C02011E", "9000"}};
        CardSession session(connection);
        session.startSecureMessaging(exampleSession());
        CHECK_THROWS_AS(static_cast<void>(session.transmit(selectCommonData)), SecureMessagingError);
        CHECK_FALSE(session.secureMessagingActive());
        CHECK_FALSE(session.secureMessagingProven());
        CHECK_THROWS_AS(static_cast<void>(session.transmit(selectCommonData)), SecureMessagingError);
        CHECK_FALSE(connection.finished());

        session.endSecureMessaging();
        CHECK(session.transmit(selectCommonData).sw.isSuccess());
    }
}

TEST_CASE("A protected error leaves the session as it is") {
    test::TestChip chip({});
    chip.startSecureMessaging(BlockCipher::Aes128, Bytes(32));
    CardSession session(chip);
    session.startSecureMessaging(SecureMessaging::fromSharedSecret(BlockCipher::Aes128, Bytes(32)));
    CHECK_FALSE(session.secureMessagingProven());
    for (int run = 0; run < 3; ++run) {
        CHECK(session.transmit(selectCommonData).sw == status_word::fileNotFound);
    }
    CHECK(session.secureMessagingActive());
    CHECK(session.secureMessagingProven());
}

TEST_CASE("Resetting the card forgets the keys") {
    ScriptedConnection connection{{"00A4020C02011E", "9000"}};
    CardSession session(connection);
    session.startSecureMessaging(exampleSession());
    session.reset();
    CHECK_FALSE(session.secureMessagingActive());
    CHECK(session.transmit(selectCommonData).sw.isSuccess());
}

TEST_CASE("Statistics count what went over the wire, by step") {
    ScriptedConnection connection{{"00A4020C02011E", "9000"},
                                  {"00B0000000", "6103"},
                                  {"00C0000003", "0102039000"},
                                  {"00A4020C02011E", "9000"},
                                  {"00A4020C02011E", "9000"}};
    CardSession session(connection);
    {
        const CardSession::Step outer(session, "select");
        static_cast<void>(session.transmit(selectCommonData));
        {
            const CardSession::Step inner(session, "read");
            static_cast<void>(session.transmit({.ins = 0xB0, .le = 256}));
        }
        static_cast<void>(session.transmit(selectCommonData));
    }
    static_cast<void>(session.transmit(selectCommonData));
    const auto& steps = session.statistics().steps();
    REQUIRE(steps.size() == 3);
    CHECK(steps[0].name == "select");
    CHECK(steps[0].commands == 2);
    CHECK(steps[0].bytesSent == 14);
    CHECK(steps[0].bytesReceived == 4);
    CHECK(steps[1].name == "read");
    CHECK(steps[1].commands == 2);
    CHECK(steps[1].bytesSent == 10);
    CHECK(steps[1].bytesReceived == 7);
    CHECK(steps[2].name == "other");
    CHECK(session.statistics().total().commands == 5);
    CHECK(session.statistics().total().bytesSent == 31);
}

TEST_CASE("An observer sees headers and lengths, and no data") {
    ScriptedConnection connection{{"00A4020C02011E", "9000"}, {"00B0000000", "0102039000"}};
    CardSession session(connection);
    std::vector<std::string> seen;
    session.observe([&seen](const ApduEvent& event) {
        seen.push_back(std::string(event.step) + " " + toHex(event.commandHeader) + " " +
                       std::to_string(event.commandLength) + " " + std::to_string(event.responseLength) +
                       " " + toHex(toBigEndian(event.statusWord.value(), 2)));
    });
    const CardSession::Step step(session, "read");
    static_cast<void>(session.transmit(selectCommonData));
    static_cast<void>(session.transmit({.ins = 0xB0, .le = 256}));
    CHECK(seen == std::vector<std::string>{"read 00A4020C 7 2 9000", "read 00B00000 5 5 9000"});
}

TEST_CASE("The channel's limits follow its state") {
    test::TestChip shortChip({});
    CardSession shortSession(shortChip);
    CHECK(shortSession.maximumResponseData() == 256);
    CHECK(shortSession.maximumCommandData() == 255);
    shortSession.startSecureMessaging(SecureMessaging::fromSharedSecret(BlockCipher::Aes128, Bytes(32)));
    CHECK(shortSession.maximumResponseData() == 223);
    CHECK(shortSession.maximumShortResponseData() == 223);
    CHECK(shortSession.maximumCommandData() == 223);

    test::TestChip extendedChip({.extendedLength = true});
    CardSession extendedSession(extendedChip);
    CHECK(extendedSession.maximumResponseData() == 65536);
    CHECK(extendedSession.maximumShortResponseData() == 256);
    CHECK(extendedSession.maximumCommandData() == 65535);
}

TEST_CASE("Responses shorter than a status word are malformed") {
    ScriptedConnection connection{{"00A4020C02011E", "90"}, {"00A4020C02011E", ""}};
    CardSession session(connection);
    CHECK_THROWS_AS(static_cast<void>(session.transmit(selectCommonData)), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(session.transmit(selectCommonData)), MalformedData);
}

TEST_CASE("Data that outgrow a command go in a chain, each part protected by itself") {
    const Bytes data(600, 0xA5);
    const CommandApdu command{.ins = 0x2A, .p2 = 0xBE, .data = data, .le = 256};
    std::vector<test::ReceivedCommand> received;
    const auto record = [&](BytesView encoded) {
        received.push_back(test::ReceivedCommand::parse(encoded));
        return fromHex(received.size() == 3 ? "01029000" : "9000");
    };
    SUBCASE("in plain") {
        InProcessConnection connection("chip", {}, record);
        CardSession session(connection);
        CHECK(toHex(session.transmit(command).data) == "0102");
    }
    SUBCASE("under secure messaging") {
        ChipSecureMessaging chip(BlockCipher::Aes128, Bytes(32));
        InProcessConnection connection("chip", {}, [&](BytesView encoded) {
            CHECK(encoded.size() <= 261);
            received.push_back(test::ReceivedCommand::of(*chip.unprotect(encoded)));
            received.back().cla = encoded[0] & 0xF0U;
            return chip.protect({received.size() == 3 ? fromHex("0102") : Bytes(), status_word::success},
                                false);
        });
        CardSession session(connection);
        session.startSecureMessaging(SecureMessaging::fromSharedSecret(BlockCipher::Aes128, Bytes(32)));
        CHECK(toHex(session.transmit(command).data) == "0102");
    }
    REQUIRE(received.size() == 3);
    Bytes together;
    for (std::size_t index = 0; index < 3; ++index) {
        const bool isLast = index == 2;
        CHECK(received[index].cla == (isLast ? 0x00 : 0x10));
        CHECK(received[index].ins == 0x2A);
        CHECK(received[index].p1p2() == 0x00BE);
        CHECK(received[index].le.has_value() == isLast);
        append(together, received[index].data);
    }
    CHECK(together == data);
}

TEST_CASE("A chain ends where the card refuses, and a peer with extended lengths needs none") {
    const CommandApdu command{.ins = 0x2A, .data = Bytes(600)};
    int commands = 0;
    InProcessConnection refusing("chip", {}, [&](BytesView) {
        ++commands;
        return fromHex("6884");
    });
    CHECK(CardSession(refusing).transmit(command).sw.value() == 0x6884);
    CHECK(commands == 1);

    test::TestChip extended({.extendedLength = true});
    static_cast<void>(CardSession(extended).transmit(command));
    CHECK(extended.received.size() == 1);
}

TEST_CASE("What the card states of its lengths counts, within what the reader carries") {
    // An ATR that says nothing: short lengths, until EF.ATR/INFO was read.
    InProcessConnection connection("chip", {}, [](BytesView) { return fromHex("9000"); });
    CardSession session(connection);
    CHECK(session.maximumResponseData() == 256);
    session.setApduLengths(ApduLengths{2048, 4096});
    CHECK(session.maximumResponseData() == 4094);
    CHECK(session.maximumCommandData() == 2048 - 9);
    session.setApduLengths(ApduLengths{1, 1}); // nonsense is no worse than short lengths
    CHECK(session.maximumResponseData() == 256);
    CHECK(session.maximumCommandData() == 255);

    test::TestChip shortReader({});
    CardSession limited(shortReader);
    limited.setApduLengths(ApduLengths{65535, 65535});
    CHECK(limited.maximumResponseData() == 256);
    CHECK(limited.maximumCommandData() == 255);
}

TEST_CASE("After a stop, or after the deadline, no command is sent") {
    test::TestChip chip({});
    CardSession session(chip);
    std::stop_source source;
    session.interruptBy({source.get_token(), std::chrono::steady_clock::now() + std::chrono::hours(1)});
    static_cast<void>(session.transmit(selectCommonData));
    source.request_stop();
    CHECK_THROWS_AS(static_cast<void>(session.transmit(selectCommonData)), Cancelled);
    session.interruptBy({{}, std::chrono::steady_clock::now()});
    CHECK_THROWS_AS(static_cast<void>(session.transmit(selectCommonData)), DeadlineExceeded);
    CHECK(chip.received.size() == 1);
}
