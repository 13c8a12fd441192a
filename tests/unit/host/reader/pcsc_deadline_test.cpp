// SPDX-License-Identifier: Apache-2.0
// Calls that do not come back, and readers side by side.
#include "host/reader/pcsc.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/reader/fake_pcsc.hpp"
#include "tests/unit/host/reader/message_of.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace cancuoc;
using test::contains;
using test::fakePcsc;
using test::messageOf;

namespace {

constexpr const char* leftReader = "Left Reader";
constexpr const char* rightReader = "Right Reader";
constexpr std::chrono::milliseconds shortPatience(20);

const Bytes readCommand{0, 0xB0, 0, 0, 0};

void serviceWithTwoCards() {
    fakePcsc().restartWithCard(leftReader);
    fakePcsc().plugIn(rightReader);
    fakePcsc().insertCard(rightReader);
}

/// A thread that asks to stop once a PC/SC function has been called so often.
class StopWhenCalled {
public:
    StopWhenCalled(const char* function, std::size_t number)
        : thread_([this, function, number] {
              fakePcsc().awaitCalls(function, number);
              source_.request_stop();
          }) {}

    [[nodiscard]] Interruption interruption() const { return {source_.get_token(), std::nullopt}; }

private:
    std::stop_source source_;
    std::jthread thread_;
};

} // namespace

// PCSC#254: SCardConnect may block for an unlimited time.
TEST_CASE("Connecting ends when the caller asks to, whichever call hangs") {
    for (const auto* function : {"SCardEstablishContext", "SCardListReaders", "SCardGetStatusChange",
                                 "SCardConnect", "SCardBeginTransaction", "SCardStatus", "SCardControl"}) {
        CAPTURE(function);
        fakePcsc().restartWithCard();
        fakePcsc().hang(function);
        const StopWhenCalled stop(function, 1);
        CHECK_THROWS_AS(static_cast<void>(PcscConnection("", {.interruption = stop.interruption()})),
                        Cancelled);
        fakePcsc().letGo();
        // The thread that was left alone gives back what it got at last.
        fakePcsc().awaitCalls("SCardReleaseContext", 1);
        CHECK(fakePcsc().count("SCardConnect") == fakePcsc().count("SCardDisconnect"));
    }
}

TEST_CASE("Connecting ends at the deadline") {
    fakePcsc().restartWithCard();
    fakePcsc().hang("SCardConnect");
    CHECK_THROWS_AS(
        static_cast<void>(PcscConnection("", {.interruption = Interruption().within(shortPatience)})),
        DeadlineExceeded);
    fakePcsc().letGo();
    fakePcsc().awaitIdle();
}

TEST_CASE("An exchange ends when the caller asks to, and the connection with it") {
    fakePcsc().restartWithCard();
    {
        PcscConnection connection("");
        fakePcsc().hang("SCardTransmit");
        const StopWhenCalled stop("SCardTransmit", 1);
        connection.interruptBy(stop.interruption());
        const auto transmit = [&] { static_cast<void>(connection.transmit(readCommand)); };
        CHECK_THROWS_AS(transmit(), Cancelled);
        connection.interruptBy({});
        CHECK(contains(messageOf<ReaderUnavailable>(transmit), "has not answered yet"));
        CHECK(fakePcsc().count("SCardTransmit") == 1);
    } // does not wait for the call
    CHECK(fakePcsc().count("SCardDisconnect") == 0);
    fakePcsc().letGo();
    fakePcsc().awaitIdle();
    CHECK(fakePcsc().count("SCardDisconnect") == 1);
}

TEST_CASE("An exchange ends at the deadline, and the connection with it") {
    fakePcsc().restartWithCard();
    {
        PcscConnection connection("");
        fakePcsc().hang("SCardTransmit");
        connection.interruptBy(Interruption().within(shortPatience));
        const auto transmit = [&] { static_cast<void>(connection.transmit(readCommand)); };
        CHECK_THROWS_AS(transmit(), DeadlineExceeded);
        connection.interruptBy({});
        CHECK_THROWS_AS(transmit(), ReaderUnavailable);
    }
    fakePcsc().letGo();
    fakePcsc().awaitIdle();
    CHECK(fakePcsc().count("SCardDisconnect") == 1);
}

TEST_CASE("After the caller asked to stop nothing is sent") {
    fakePcsc().restartWithCard();
    PcscConnection connection("");
    std::stop_source source;
    source.request_stop();
    connection.interruptBy({source.get_token(), std::nullopt});
    CHECK_THROWS_AS(static_cast<void>(connection.transmit(readCommand)), Cancelled);
    CHECK(fakePcsc().count("SCardTransmit") == 0);
    connection.interruptBy({});
    CHECK(toHex(connection.transmit(readCommand)) == "9000"); // nothing was given up
}

TEST_CASE("A transaction that another program does not end is waited for no longer than the deadline") {
    fakePcsc().restartWithCard();
    fakePcsc().holdTransaction("Counter Reader 00 00");
    CHECK_THROWS_AS(
        static_cast<void>(PcscConnection("", {.interruption = Interruption().within(shortPatience)})),
        DeadlineExceeded);
    fakePcsc().releaseTransaction("Counter Reader 00 00"); // and it is not kept when it comes at last
    fakePcsc().awaitIdle();
    CHECK(toHex(PcscConnection("").transmit(readCommand)) == "9000");
}

// PCSC#104, CCID#121, CCID#155, OpenSC#2413: one reader that hangs takes the others with it.
TEST_CASE("A reader that hangs stalls no other") {
    serviceWithTwoCards();
    PcscConnection left(leftReader);
    fakePcsc().hang("SCardTransmit", leftReader);
    std::stop_source source;
    std::jthread stuck([&] {
        left.interruptBy({source.get_token(), std::nullopt});
        CHECK_THROWS_AS(static_cast<void>(left.transmit(readCommand)), Cancelled);
    });
    fakePcsc().awaitCalls("SCardTransmit", 1);
    for (int round = 0; round < 3; ++round) {
        PcscConnection right(rightReader);
        CHECK(toHex(right.transmit(readCommand)) == "9000");
    }
    source.request_stop();
    stuck.join();
    fakePcsc().letGo();
}

TEST_CASE("Several readers work side by side, from any thread") {
    serviceWithTwoCards();
    fakePcsc().setChip([](BytesView command) { return concat(command.last(1), Bytes{0x90, 0x00}); });
    std::vector<std::jthread> threads;
    for (const char* reader : {leftReader, rightReader}) {
        threads.emplace_back([reader] {
            for (std::uint8_t round = 0; round < 20; ++round) {
                PcscConnection connection(reader);
                for (std::uint8_t number = 0; number < 10; ++number) {
                    const Bytes answer = connection.transmit(Bytes{0, 0xB0, 0, 0, number});
                    CHECK(answer == Bytes{number, 0x90, 0x00});
                }
            }
        });
    }
}

TEST_CASE("A connection may be made in one thread and used in another") {
    fakePcsc().restartWithCard();
    auto connection = std::make_unique<PcscConnection>("");
    std::jthread([&] { CHECK(toHex(connection->transmit(readCommand)) == "9000"); }).join();
    std::jthread([&] { connection.reset(); }).join();
    CHECK(fakePcsc().count("SCardDisconnect") == 1);
}

// Windows takes the power of a card whose transaction sees nothing for 5 seconds; AusweisApp asks every 4.
TEST_CASE("A transaction in which nothing happens is kept alive") {
    fakePcsc().restartWithCard();
    const PcscConnection connection("", {.keepAliveEvery = std::chrono::milliseconds(1)});
    const auto before = fakePcsc().count("SCardStatus");
    fakePcsc().awaitCalls("SCardStatus", before + 3);
}

TEST_CASE("What keeping alive finds out is told at the next command") {
    fakePcsc().restartWithCard();
    PcscConnection connection("", {.keepAliveEvery = std::chrono::milliseconds(1)});
    fakePcsc().fail("SCardStatus", SCARD_W_RESET_CARD);
    fakePcsc().awaitCalls("SCardStatus", fakePcsc().count("SCardStatus") + 2);
    fakePcsc().fail("SCardTransmit", SCARD_W_RESET_CARD, 1);
    CHECK_THROWS_AS(static_cast<void>(connection.transmit(readCommand)), CardReset);
}
