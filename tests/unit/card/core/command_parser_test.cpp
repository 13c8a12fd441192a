// SPDX-License-Identifier: Apache-2.0
#include "card/core/command_parser.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using test::Bytes;
using test::hex;

TEST_CASE("case 1 has a header and nothing else") {
    const Bytes apdu = hex("00A4010C");
    const auto command = parseCommand(apdu);
    REQUIRE(command);
    CHECK(command->cla == 0x00);
    CHECK(command->ins == 0xA4);
    CHECK(command->p1 == 0x01);
    CHECK(command->p2 == 0x0C);
    CHECK(command->data.empty());
    CHECK_FALSE(command->expectedLength);
    CHECK_FALSE(command->extended);
}

TEST_CASE("cases 2 to 4 in both forms") {
    struct Case {
        Bytes apdu;
        std::size_t dataLength;
        std::optional<std::size_t> expectedLength;
        bool expectsAll;
        bool extended;
    };
    const Bytes longData(300, 0xAA);
    const Case cases[] = {
        {hex("00B0000010"), 0, 16, false, false},
        {hex("00B0000000"), 0, 256, true, false},
        {hex("00A4020C02011E"), 2, std::nullopt, false, false},
        {hex("00A4020C02011E05"), 2, 5, false, false},
        {hex("00A4020C02011E00"), 2, 256, true, false},
        {hex("00B00000000100"), 0, 256, false, true},
        {hex("00B00000000000"), 0, 65536, true, true},
        {hex("00B0000000FFFF"), 0, 65535, false, true},
        {hex("00A4020C000002011E"), 2, std::nullopt, false, true},
        {hex("00A4020C000002011E0200"), 2, 512, false, true},
        {hex("00A4020C000002011E0000"), 2, 65536, true, true},
        {test::join(hex("80E20000"), hex("00012C"), longData), 300, std::nullopt, false, true},
    };
    for (const Case& example : cases) {
        CAPTURE(example.apdu.size());
        const auto command = parseCommand(example.apdu);
        REQUIRE(command);
        CHECK(command->data.size() == example.dataLength);
        CHECK(command->expectedLength == example.expectedLength);
        CHECK(command->expectsAll == example.expectsAll);
        CHECK(command->extended == example.extended);
    }
    const Bytes apdu = hex("00A4020C02011E05");
    CHECK(test::toBytes(parseCommand(apdu)->data) == hex("011E"));
}

TEST_CASE("bytes that are not exactly one command are refused") {
    for (const char* apdu : {
             "",
             "00",
             "00A401",
             "00A4020C0201",         // data one byte short
             "00A4020C02011E0000",   // one byte too many for a short Le
             "00A4020C0001",         // neither Lc nor Le
             "00A4020C00000201",     // extended data one byte short
             "00A4020C000002011E00", // half an extended Le
             "00A4020C000002011E000000",
             "00A4020C00000011", // extended Lc of zero
             "00A4020C0000001122",
         }) {
        CAPTURE(apdu);
        CHECK_FALSE(parseCommand(hex(apdu)));
    }
}

TEST_CASE("every length of a short command with data is right only when it matches Lc") {
    for (std::size_t size = 6; size < 300; ++size) {
        Bytes apdu = hex("00D60000");
        apdu.push_back(0x20);
        apdu.resize(size, 0x55);
        CHECK(parseCommand(apdu).has_value() == (size == 5 + 0x20 || size == 6 + 0x20));
    }
}
