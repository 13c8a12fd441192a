// SPDX-License-Identifier: Apache-2.0
#include "host/reader/pace_channel.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;

namespace {

// A success with EF.CardAccess "3100", both CARs and an identifier of 4 bytes.
const Bytes fullOutput = fromHex("00000000 1C00 9000 0200 3100"
                                 "07 43564341303031 07 43564341303032 0400 01020304");

} // namespace

TEST_CASE("The request for PACE by the reader has the fields of PC/SC part 10 in their order") {
    // By hand from PC/SC part 10 amendment 1, 2.6.16 and BSI TR-03119, D.1.2: function, length, password
    // identifier, CHAT, password, certificate description.
    EstablishPaceChannelInput typed{.passwordId = 2};
    CHECK(toHex(typed.encode().view()) == "0205000200000000");

    EstablishPaceChannelInput given{.passwordId = 2, .password = SecretBytes(viewOf("123456"))};
    CHECK(toHex(given.encode().view()) == "020B00"
                                          "02"
                                          "00"
                                          "06"
                                          "313233343536"
                                          "0000");

    EstablishPaceChannelInput terminal{.passwordId = 3,
                                       .holderAuthorization = fromHex("7F4C03060102"),
                                       .certificateDescription = Bytes(300, 0xAA)};
    const SecretBytes encoded = terminal.encode();
    CHECK(toHex(encoded.view().first(14)) == "023701"
                                             "03"
                                             "06"
                                             "7F4C03060102"
                                             "00"
                                             "2C01");
    CHECK(encoded.size() == 14 + 300);

    CHECK(toHex(encodeGetReaderPaceCapabilities()) == "010000");
    CHECK(toHex(encodeDestroyPaceChannel()) == "030000");
}

TEST_CASE("Fields that outgrow their lengths are refused") {
    CHECK_THROWS_AS(static_cast<void>(EstablishPaceChannelInput{.holderAuthorization = Bytes(256)}.encode()),
                    BadConfiguration);
    CHECK_THROWS_AS(
        static_cast<void>(EstablishPaceChannelInput{.password = SecretBytes(std::size_t{256})}.encode()),
        BadConfiguration);
    CHECK_THROWS_AS(
        static_cast<void>(EstablishPaceChannelInput{.certificateDescription = Bytes(0xFFFB)}.encode()),
        BadConfiguration);
    CHECK(EstablishPaceChannelInput{.certificateDescription = Bytes(0xFFFA)}.encode().size() == 0xFFFF + 3);
}

TEST_CASE("The answer of a reader that ran PACE is read") {
    const auto output = EstablishPaceChannelOutput::decode(fullOutput);
    CHECK(output.result == 0);
    CHECK(output.selectionStatus == 0x9000);
    CHECK(toHex(output.cardAccess) == "3100");
    CHECK(toText(output.currentAuthority) == "CVCA001");
    CHECK(toText(output.previousAuthority) == "CVCA002");
    CHECK(toHex(output.chipIdentifier) == "01020304");

    // The passport application needs no more than this.
    const auto brief = EstablishPaceChannelOutput::decode(fromHex("00000000 0600 9000 0200 3100"));
    CHECK(toHex(brief.cardAccess) == "3100");
    CHECK(brief.chipIdentifier.empty());
    // A reader without a CVCA of before (AusweisApp, test_EstablishPaceChannelOutput.cpp).
    const auto single =
        EstablishPaceChannelOutput::decode(fromHex("00000000 0C00 9000 0000 0141 00 0300 010203"));
    CHECK(toText(single.currentAuthority) == "A");
    CHECK(single.previousAuthority.empty());
    CHECK(toHex(single.chipIdentifier) == "010203");
}

// AusweisApp drops the answer to a wrong PIN because it is shorter than one to a right one.
TEST_CASE("The result of a PACE that failed is told, however short the answer is") {
    for (const auto* answer : {"C26306F0", "C26306F00000", "C26306F00600 63C2 0000"}) {
        CAPTURE(answer);
        CHECK(EstablishPaceChannelOutput::decode(fromHex(answer)).result == 0xF00663C2);
    }
}

TEST_CASE("An answer whose lengths do not agree is malformed") {
    for (std::size_t size = 0; size < fullOutput.size(); ++size) {
        CAPTURE(size);
        CHECK_THROWS_AS(
            static_cast<void>(EstablishPaceChannelOutput::decode(BytesView(fullOutput).first(size))),
            MalformedData);
    }
    CHECK_THROWS_AS(static_cast<void>(EstablishPaceChannelOutput::decode(concat(fullOutput, Bytes{0}))),
                    MalformedData);
    CHECK_THROWS_AS(
        static_cast<void>(EstablishPaceChannelOutput::decode(fromHex("00000000 0700 9000 0200 3100 00"
                                                                     "00"))),
        MalformedData);
}

TEST_CASE("Capabilities are read from four bytes, and from one as readers of REINER SCT answer") {
    const PaceCapabilities all{true, true, true, true};
    CHECK(decodeReaderPaceCapabilities(fromHex("00000000 0400 F0000000")) == all);
    CHECK(decodeReaderPaceCapabilities(fromHex("00000000 0100 F0")) == all);
    CHECK(decodeReaderPaceCapabilities(fromHex("00000000 0100 40")) ==
          PaceCapabilities{true, false, false, false});
    CHECK(decodeReaderPaceCapabilities(fromHex("00000000 0100 B0")) ==
          PaceCapabilities{false, true, true, true});
    for (const auto* answer : {"", "00000000", "00000000 0000", "00000000 0100", "010000D0 0100 F0"}) {
        CAPTURE(answer);
        CHECK(decodeReaderPaceCapabilities(fromHex(answer)) == PaceCapabilities{});
    }
}
