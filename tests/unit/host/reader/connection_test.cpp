// SPDX-License-Identifier: Apache-2.0
#include "host/reader/connection.hpp"
#include "host/reader/in_process_connection.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;

TEST_CASE("Extended length is read from the card capabilities of the ATR") {
    // With TD1 and TD2; capabilities after another object; with status indicator at the end.
    CHECK(statesExtendedLength(fromHex("3B8580018073C0014000")));
    CHECK(statesExtendedLength(fromHex("3B88800180315573C00140AA00")));
    CHECK(statesExtendedLength(fromHex("3B880073C00140059000")) == false);
    CHECK(statesExtendedLength(fromHex("3B080073C00140059000")));
    CHECK_FALSE(statesExtendedLength(fromHex("3B8580018073C0018000")));
    CHECK_FALSE(statesExtendedLength(fromHex("3B858001807266014000")));
    CHECK_FALSE(statesExtendedLength({}));
    CHECK_FALSE(statesExtendedLength(fromHex("3B")));
    CHECK_FALSE(statesExtendedLength(fromHex("3BFF")));
    CHECK_FALSE(statesExtendedLength(fromHex("3B8580018073C001")));
    CHECK_FALSE(statesExtendedLength(fromHex("3B80800101")));
}

TEST_CASE("Every cut of an ATR is read without harm") {
    const Bytes atr = fromHex("3BFF1800FF8131FE4580318073C00140112233445566");
    for (std::size_t size = 0; size <= atr.size(); ++size) {
        static_cast<void>(statesExtendedLength(BytesView(atr).first(size)));
    }
}

TEST_CASE("An in-process connection passes commands on and resets") {
    int resets = 0;
    InProcessConnection connection(
        "chip", fromHex("3B8580018073C0014000"), [](BytesView command) { return toBytes(command.last(2)); },
        [&resets] { ++resets; });
    CHECK(toHex(connection.transmit(fromHex("0102030405"))) == "0405");
    CHECK(connection.supportsExtendedLength());
    CHECK(connection.readerName() == "chip");
    connection.reset();
    CHECK(resets == 1);
    CHECK_FALSE(InProcessConnection("chip", {}, [](BytesView) { return Bytes{}; }).supportsExtendedLength());
}
