// SPDX-License-Identifier: Apache-2.0
#include "host/reader/pcsc.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/reader/fake_pcsc.hpp"
#include "tests/unit/host/reader/message_of.hpp"

#include <doctest/doctest.h>

#include <optional>

using namespace cancuoc;
using test::contains;
using test::FakePcsc;
using test::fakePcsc;
using test::messageOf;

namespace {

constexpr const char* counterReader = "Counter Reader 00 00";

const Bytes readCommand{0, 0xB0, 0, 0, 0};

enum class Becomes { Empty, Present, Unplugged };

template <class Expected>
std::string lossMessage(LONG code, Becomes becomes) {
    fakePcsc().restartWithCard(counterReader);
    PcscConnection connection("");
    fakePcsc().fail("SCardTransmit", code);
    if (becomes == Becomes::Empty) {
        fakePcsc().removeCard(counterReader);
    } else if (becomes == Becomes::Unplugged) {
        fakePcsc().unplug(counterReader);
    }
    return messageOf<Expected>([&] { static_cast<void>(connection.transmit(readCommand)); });
}

bool isReset(LONG code) {
    fakePcsc().restartWithCard(counterReader);
    PcscConnection connection("");
    fakePcsc().fail("SCardTransmit", code, 1);
    try {
        static_cast<void>(connection.transmit(readCommand));
    } catch (const CardReset&) {
        return true;
    } catch (const CardRemoved&) {
    }
    return false;
}

} // namespace

TEST_CASE("A connection sends commands inside a transaction and resets the card in the end") {
    fakePcsc().restartWithCard(counterReader);
    fakePcsc().setChip([](BytesView command) { return concat(command, Bytes{0x90, 0x00}); });
    {
        PcscConnection connection("counter");
        CHECK(connection.readerName() == counterReader);
        CHECK(toHex(connection.atr()) == toHex(FakePcsc::extendedLengthAtr));
        CHECK(toHex(connection.transmit(fromHex("00A4000002011E00"))) == "00A4000002011E009000");
        connection.reset();
        CHECK(fakePcsc().lastDisposition("SCardReconnect") == SCARD_UNPOWER_CARD);
    }
    const auto calls = fakePcsc().calls();
    const std::vector<std::string> tail(calls.end() - 8, calls.end());
    CHECK(tail == std::vector<std::string>{"SCardTransmit", "SCardEndTransaction", "SCardReconnect",
                                           "SCardBeginTransaction", "SCardStatus", "SCardEndTransaction",
                                           "SCardDisconnect", "SCardReleaseContext"});
    CHECK(fakePcsc().lastDisposition("SCardDisconnect") == SCARD_RESET_CARD);
}

TEST_CASE("Over T=0 a command with data goes without its expected length") {
    fakePcsc().restartWithCard(counterReader);
    fakePcsc().setProtocol(SCARD_PROTOCOL_T0);
    fakePcsc().setChip([](BytesView command) { return concat(command, Bytes{0x90, 0x00}); });
    PcscConnection connection("");
    CHECK(toHex(connection.transmit(fromHex("00A4000002011E00"))) == "00A4000002011E9000");
    CHECK(toHex(connection.transmit(fromHex("00A4000002011E"))) == "00A4000002011E9000");
    CHECK(toHex(connection.transmit(fromHex("00B0000000"))) == "00B00000009000");
    CHECK_FALSE(connection.supportsExtendedLength());
}

TEST_CASE("Each way of not reaching a card says what to do") {
    fakePcsc().restartWithCard(counterReader);
    const auto connect = [] { static_cast<void>(PcscConnection("")); };
    fakePcsc().fail("SCardEstablishContext", SCARD_E_NO_SERVICE);
    CHECK(contains(messageOf<ReaderUnavailable>(connect), "systemctl start pcscd"));
    fakePcsc().succeed("SCardEstablishContext");

    for (const LONG code : {SCARD_E_NO_SMARTCARD, SCARD_W_REMOVED_CARD}) {
        fakePcsc().fail("SCardConnect", code);
        CHECK(contains(messageOf<NoCard>(connect), "Put the card on it"));
    }
    fakePcsc().fail("SCardConnect", SCARD_W_UNRESPONSIVE_CARD);
    CHECK(contains(messageOf<NoCard>(connect), "put it back flat"));
    fakePcsc().fail("SCardConnect", SCARD_E_SHARING_VIOLATION);
    CHECK(contains(messageOf<ReaderBusy>(connect), "Close that program"));
    fakePcsc().fail("SCardConnect", SCARD_E_READER_UNAVAILABLE);
    CHECK(contains(messageOf<ReaderUnavailable>(connect), "Plug it in again"));
    fakePcsc().fail("SCardConnect", SCARD_F_INTERNAL_ERROR);
    CHECK(contains(messageOf<ReaderUnavailable>(connect), "80100001"));

    fakePcsc().unplug(counterReader);
    CHECK(contains(messageOf<ReaderUnavailable>(connect), "No card reader is attached"));
}

TEST_CASE("A loss in the middle is told by what became of reader and card, whatever the code") {
    for (const LONG code :
         {SCARD_E_NOT_TRANSACTED, SCARD_W_REMOVED_CARD, SCARD_F_COMM_ERROR, SCARD_E_NO_SMARTCARD}) {
        CAPTURE(code);
        CHECK(contains(lossMessage<CardRemoved>(code, Becomes::Empty), "taken off the reader"));
        CHECK(contains(lossMessage<ReaderUnavailable>(code, Becomes::Unplugged), "was unplugged"));
    }
    CHECK(contains(lossMessage<ReaderUnavailable>(SCARD_E_NO_SERVICE, Becomes::Present),
                   "pcscd is not running"));
}

TEST_CASE("A card that was reset, or lost its power, is told from one that was taken off") {
    CHECK(
        contains(lossMessage<CardReset>(SCARD_W_RESET_CARD, Becomes::Present), "Another program has reset"));
    CHECK(contains(lossMessage<CardReset>(SCARD_E_NOT_TRANSACTED, Becomes::Present), "stopped answering"));
    for (const LONG code : {SCARD_W_RESET_CARD, SCARD_W_UNPOWERED_CARD, SCARD_E_NOT_TRANSACTED,
                            SCARD_F_COMM_ERROR, SCARD_E_COMM_DATA_LOST}) {
        CAPTURE(code);
        CHECK(isReset(code));
    }
    for (const LONG code :
         {SCARD_W_REMOVED_CARD, SCARD_E_NO_SMARTCARD, SCARD_W_UNRESPONSIVE_CARD, SCARD_E_PROTO_MISMATCH}) {
        CAPTURE(code);
        CHECK_FALSE(isReset(code));
    }
}

// commons-eid#12: SCARD_E_NOT_TRANSACTED, and nothing works any more.
TEST_CASE("After a reset or a loss of power the same connection is usable again") {
    for (const LONG code : {SCARD_W_RESET_CARD, SCARD_E_NOT_TRANSACTED}) {
        fakePcsc().restartWithCard(counterReader);
        PcscConnection connection("");
        fakePcsc().fail("SCardTransmit", code, 1);
        CHECK_THROWS_AS(static_cast<void>(connection.transmit(readCommand)), CardReset);
        connection.reset();
        CHECK(toHex(connection.transmit(readCommand)) == "9000");
    }
}

TEST_CASE("A command is never sent again by itself after a reset: the selection it relied on is gone") {
    fakePcsc().restartWithCard(counterReader);
    PcscConnection connection("");
    fakePcsc().fail("SCardTransmit", SCARD_W_RESET_CARD, 1);
    CHECK_THROWS_AS(static_cast<void>(connection.transmit(readCommand)), CardReset);
    CHECK(fakePcsc().count("SCardTransmit") == 1);
    CHECK(fakePcsc().count("SCardReconnect") == 0);
}

TEST_CASE("Another card put on in the meantime is not taken for the one before") {
    fakePcsc().restartWithCard(counterReader);
    PcscConnection connection("");
    fakePcsc().fail("SCardTransmit", SCARD_E_NOT_TRANSACTED, 1);
    fakePcsc().removeCard(counterReader);
    fakePcsc().insertCard(counterReader);
    CHECK(contains(messageOf<CardRemoved>([&] { static_cast<void>(connection.transmit(readCommand)); }),
                   "taken off the reader"));
}

TEST_CASE("A card that does not answer to power must be moved") {
    fakePcsc().restartWithCard(counterReader);
    PcscConnection connection("");
    fakePcsc().muteCard(counterReader);
    fakePcsc().fail("SCardTransmit", SCARD_E_NOT_TRANSACTED, 1);
    CHECK(contains(messageOf<CardRemoved>([&] { static_cast<void>(connection.transmit(readCommand)); }),
                   "Take it off, put it back flat"));
    CHECK_FALSE(isReset(SCARD_W_UNRESPONSIVE_CARD));

    fakePcsc().restartWithCard(counterReader);
    PcscConnection other("");
    fakePcsc().fail("SCardReconnect", SCARD_E_NOT_TRANSACTED);
    CHECK(contains(messageOf<CardRemoved>([&] { other.reset(); }), "Take it off, put it back flat"));
}

// gmrtd's transceiver returns empty bytes instead of an error.
TEST_CASE("An answer without a status word is a lost card, as vsmartcard's reader reports one") {
    for (const std::string_view answer : {"", "90"}) {
        fakePcsc().restartWithCard(counterReader);
        PcscConnection connection("");
        fakePcsc().setChip([answer](BytesView) { return fromHex(answer); });
        const auto transmit = [&] { static_cast<void>(connection.transmit(readCommand)); };
        CHECK(contains(messageOf<CardReset>(transmit), "stopped answering"));
        fakePcsc().removeCard(counterReader);
        CHECK(contains(messageOf<CardRemoved>(transmit), "taken off"));
    }
}

TEST_CASE("A connection that fails half-way is given back") {
    fakePcsc().restartWithCard(counterReader);
    fakePcsc().fail("SCardBeginTransaction", SCARD_E_SHARING_VIOLATION);
    CHECK_THROWS_AS(static_cast<void>(PcscConnection("")), ReaderBusy);
    CHECK(fakePcsc().count("SCardDisconnect") == 1);
    CHECK(fakePcsc().count("SCardReleaseContext") == 1);
}

TEST_CASE("An exclusive connection lets no other program in, and does not come where one is") {
    fakePcsc().restartWithCard(counterReader);
    {
        const PcscConnection exclusive("", {.sharing = Sharing::Exclusive});
        CHECK_THROWS_AS(static_cast<void>(PcscConnection("")), ReaderBusy);
    }
    const PcscConnection shared("");
    CHECK_THROWS_AS(static_cast<void>(PcscConnection("", {.sharing = Sharing::Exclusive})), ReaderBusy);
}

TEST_CASE("A card that another program left reset is taken over") {
    fakePcsc().restartWithCard(counterReader);
    fakePcsc().fail("SCardBeginTransaction", SCARD_W_RESET_CARD, 1);
    PcscConnection connection("");
    CHECK(fakePcsc().lastDisposition("SCardReconnect") == SCARD_LEAVE_CARD);
    CHECK(toHex(connection.transmit(readCommand)) == "9000");
    // One that is reset for ever is not waited for.
    fakePcsc().restartWithCard(counterReader);
    fakePcsc().fail("SCardBeginTransaction", SCARD_W_RESET_CARD);
    CHECK_THROWS_AS(static_cast<void>(PcscConnection("")), CardReset);
}
