// SPDX-License-Identifier: Apache-2.0
#include "host/reader/pcsc.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/reader/fake_pcsc.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace cancuoc;
using test::FakePcsc;
using test::fakePcsc;

namespace {

// Historical bytes 80 73 C0 01 40: card capabilities with extended length (ISO/IEC 7816-4, 8.1.1.2.7).
const Bytes atrWithExtendedLength = fromHex("3B8580018073C0014000");

void serviceWithCard() {
    fakePcsc() = FakePcsc{};
    fakePcsc().readers = {{"Counter Reader 00 00"}};
    fakePcsc().atr = atrWithExtendedLength;
}

template <class Expected>
std::string messageOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Expected& error) {
        return error.what();
    } catch (const std::exception& other) {
        FAIL("another exception: ", other.what());
    }
    FAIL("no exception");
    return {};
}

template <class Expected>
std::string lossMessage(LONG code, std::optional<DWORD> state) {
    serviceWithCard();
    PcscConnection connection("");
    fakePcsc().results["SCardTransmit"] = code;
    if (state) {
        fakePcsc().readers[0].state = *state;
    } else {
        fakePcsc().readers.clear();
    }
    return messageOf<Expected>([&connection] {
        static_cast<void>(connection.transmit(Bytes{0, 0xB0, 0, 0, 0}));
    });
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("Readers are listed with the presence of a card") {
    serviceWithCard();
    fakePcsc().readers.push_back({"Empty Reader", SCARD_STATE_EMPTY});
    const auto readers = PcscContext().readers();
    REQUIRE(readers.size() == 2);
    CHECK(readers[0].name == "Counter Reader 00 00");
    CHECK(readers[0].cardPresent);
    CHECK_FALSE(readers[1].cardPresent);

    fakePcsc().readers.clear();
    CHECK(PcscContext().readers().empty());
}

TEST_CASE("A reader is chosen by a part of its name, or by the only card") {
    const std::vector<ReaderInfo> readers{{"ACS Left 00", false}, {"ACS Right 01", true}, {"Desk", true}};
    CHECK(chooseReader(readers, "left").name == "ACS Left 00");
    CHECK(chooseReader(readers, "Desk").name == "Desk");
    CHECK(chooseReader(readers, "acs").name == "ACS Right 01");
    CHECK(chooseReader({{"Desk", false}, {"Desk 2", false}}, "Desk").name == "Desk");
    CHECK(contains(messageOf<BadConfiguration>([&] { static_cast<void>(chooseReader(readers, "")); }),
                   "\"ACS Right 01\", \"Desk\""));
    CHECK(contains(messageOf<NoCard>([] {
                       static_cast<void>(chooseReader({{"One", false}, {"Two", false}}, ""));
                   }),
                   "\"One\", \"Two\". Put the card on one"));
    CHECK(contains(messageOf<ReaderUnavailable>([&] { static_cast<void>(chooseReader(readers, "Omnikey")); }),
                   "\"ACS Left 00\", \"ACS Right 01\", \"Desk\""));
    CHECK(contains(messageOf<ReaderUnavailable>([] { static_cast<void>(chooseReader({}, "")); }),
                   "Plug one in"));
}

TEST_CASE("A connection sends commands inside a transaction and resets the card in the end") {
    serviceWithCard();
    fakePcsc().chip = [](BytesView command) { return concat(command, Bytes{0x90, 0x00}); };
    {
        PcscConnection connection("counter");
        CHECK(connection.readerName() == "Counter Reader 00 00");
        CHECK(toHex(connection.atr()) == toHex(atrWithExtendedLength));
        CHECK(toHex(connection.transmit(fromHex("00A4000002011E00"))) == "00A4000002011E009000");
        connection.reset();
    }
    const std::vector<std::string> tail(fakePcsc().calls.end() - 8, fakePcsc().calls.end());
    CHECK(tail == std::vector<std::string>{"SCardTransmit", "SCardEndTransaction", "SCardReconnect",
                                           "SCardBeginTransaction", "SCardStatus", "SCardEndTransaction",
                                           "SCardDisconnect", "SCardReleaseContext"});
}

TEST_CASE("Over T=0 a command with data goes without its expected length") {
    serviceWithCard();
    fakePcsc().protocol = SCARD_PROTOCOL_T0;
    fakePcsc().chip = [](BytesView command) { return concat(command, Bytes{0x90, 0x00}); };
    PcscConnection connection("");
    CHECK(toHex(connection.transmit(fromHex("00A4000002011E00"))) == "00A4000002011E9000");
    CHECK(toHex(connection.transmit(fromHex("00A4000002011E"))) == "00A4000002011E9000");
    CHECK(toHex(connection.transmit(fromHex("00B0000000"))) == "00B00000009000");
    CHECK_FALSE(connection.supportsExtendedLength());
}

TEST_CASE("Extended length needs the card's word, T=1 and a reader that carries it") {
    serviceWithCard();
    CHECK(PcscConnection("").supportsExtendedLength());
    CHECK(PcscConnection("").maximumResponseLength() == 65535);

    fakePcsc().apduDataSize = 1014;
    CHECK(PcscConnection("").maximumResponseLength() == 1014);
    CHECK(PcscConnection("").maximumCommandLength() == 1023);
    fakePcsc().apduDataSize = 0;
    CHECK_FALSE(PcscConnection("").supportsExtendedLength());
    CHECK(PcscConnection("").maximumCommandLength() == 261);

    serviceWithCard();
    fakePcsc().atr = fromHex("3B8580018073C0010000");
    CHECK_FALSE(PcscConnection("").supportsExtendedLength());
}

TEST_CASE("Each way of not reaching a card says what to do") {
    serviceWithCard();
    const auto connect = [] { static_cast<void>(PcscConnection("")); };
    fakePcsc().results["SCardEstablishContext"] = SCARD_E_NO_SERVICE;
    CHECK(contains(messageOf<ReaderUnavailable>(connect), "systemctl start pcscd"));
    fakePcsc().results.clear();

    for (const LONG code : {SCARD_E_NO_SMARTCARD, SCARD_W_REMOVED_CARD}) {
        fakePcsc().results["SCardConnect"] = code;
        CHECK(contains(messageOf<NoCard>(connect), "Put the card on it"));
    }
    fakePcsc().results["SCardConnect"] = SCARD_W_UNRESPONSIVE_CARD;
    CHECK(contains(messageOf<NoCard>(connect), "put it back flat"));
    fakePcsc().results["SCardConnect"] = SCARD_E_SHARING_VIOLATION;
    CHECK(contains(messageOf<ReaderBusy>(connect), "Close that program"));
    fakePcsc().results["SCardConnect"] = SCARD_E_READER_UNAVAILABLE;
    CHECK(contains(messageOf<ReaderUnavailable>(connect), "Plug it in again"));
    fakePcsc().results["SCardConnect"] = SCARD_F_INTERNAL_ERROR;
    CHECK(contains(messageOf<ReaderUnavailable>(connect), "80100001"));

    fakePcsc().readers.clear();
    CHECK(contains(messageOf<ReaderUnavailable>(connect), "No card reader is attached"));
}

TEST_CASE("A loss in the middle is told by what became of reader and card, whatever the code") {
    for (const LONG code :
         {SCARD_E_NOT_TRANSACTED, SCARD_W_REMOVED_CARD, SCARD_F_COMM_ERROR, SCARD_E_NO_SMARTCARD}) {
        CAPTURE(code);
        CHECK(contains(lossMessage<CardRemoved>(code, SCARD_STATE_EMPTY), "taken off the reader"));
        CHECK(contains(lossMessage<ReaderUnavailable>(code, std::nullopt), "was unplugged"));
    }
    CHECK(
        contains(lossMessage<CardRemoved>(SCARD_E_NOT_TRANSACTED, SCARD_STATE_PRESENT), "stopped answering"));
    CHECK(contains(lossMessage<CardRemoved>(SCARD_W_RESET_CARD, SCARD_STATE_PRESENT),
                   "Another program has reset"));
    CHECK(contains(lossMessage<ReaderUnavailable>(SCARD_E_NO_SERVICE, SCARD_STATE_PRESENT),
                   "pcscd is not running"));
}

TEST_CASE("An answer without a status word is a lost card, as vsmartcard's reader reports one") {
    serviceWithCard();
    PcscConnection connection("");
    for (const std::string_view answer : {"", "90"}) {
        fakePcsc().chip = [answer](BytesView) { return fromHex(answer); };
        CHECK(contains(messageOf<CardRemoved>([&] {
                           static_cast<void>(connection.transmit(Bytes{0, 0xB0, 0, 0, 0}));
                       }),
                       "stopped answering"));
    }
    fakePcsc().readers[0].state = SCARD_STATE_EMPTY;
    CHECK(contains(messageOf<CardRemoved>([&] {
                       static_cast<void>(connection.transmit(Bytes{0, 0xB0, 0, 0, 0}));
                   }),
                   "taken off"));
}

TEST_CASE("A connection that fails half-way is given back") {
    serviceWithCard();
    fakePcsc().results["SCardBeginTransaction"] = SCARD_E_SHARING_VIOLATION;
    CHECK_THROWS_AS(static_cast<void>(PcscConnection("")), ReaderBusy);
    const auto& calls = fakePcsc().calls;
    CHECK(std::count(calls.begin(), calls.end(), "SCardDisconnect") == 1);
    CHECK(std::count(calls.begin(), calls.end(), "SCardReleaseContext") == 1);
}
