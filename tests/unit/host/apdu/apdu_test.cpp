// SPDX-License-Identifier: Apache-2.0
#include "host/apdu/command.hpp"
#include "host/apdu/response.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;

namespace {
std::string header(const CommandApdu& command) {
    return toHex(command.encode()).substr(8, 6);
}
} // namespace

// ISO/IEC 7816-4, 5.1, cases 1 to 4.
TEST_CASE("Commands are encoded with short lengths where they do") {
    CHECK(toHex(CommandApdu{.ins = 0x70, .p1 = 1, .p2 = 2}.encode()) == "00700102");
    CHECK(toHex(CommandApdu{.ins = 0xB0, .le = 1}.encode()) == "00B0000001");
    CHECK(toHex(CommandApdu{.ins = 0xB0, .le = 256}.encode()) == "00B0000000");
    CHECK(toHex(CommandApdu{.cla = 0x0C, .ins = 0xA4, .data = {1, 2}}.encode()) == "0CA40000020102");
    CHECK(toHex(CommandApdu{.ins = 0x88, .data = {1, 2}, .le = 256}.encode()) == "0088000002010200");
    CHECK(CommandApdu{.ins = 0x88, .data = Bytes(255), .le = 256}.encode().size() == 261);
}

TEST_CASE("Commands are encoded with extended lengths where short ones do not do") {
    CHECK(toHex(CommandApdu{.ins = 0xB0, .le = 257}.encode()) == "00B00000000101");
    CHECK(toHex(CommandApdu{.ins = 0xB0, .le = 65536}.encode()) == "00B00000000000");
    CHECK(toHex(CommandApdu{.ins = 0xB0, .le = 16, .forceExtendedLength = true}.encode()) ==
          "00B00000000010");
    CHECK(toHex(CommandApdu{.ins = 0x88, .data = {1}, .le = 257}.encode()) == "008800000000"
                                                                              "01010101");
    CHECK(header({.ins = 0xD6, .data = Bytes(256)}) == "000100");
    CHECK(header({.ins = 0xD6, .data = Bytes(65535), .le = 1}) == "00FFFF");
    CHECK(CommandApdu{.ins = 0xD6, .data = Bytes(65535), .le = 65536}.encode().size() == 4 + 3 + 65535 + 2);
}

TEST_CASE("Commands that no APDU can carry are refused") {
    CHECK_THROWS_AS(static_cast<void>(CommandApdu{.data = Bytes(65536)}.encode()), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(CommandApdu{.le = 65537}.encode()), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(CommandApdu{.le = 0}.encode()), BadConfiguration);
}

TEST_CASE("Responses are split into data and status word") {
    const ResponseApdu response = ResponseApdu::decode(fromHex("0102036282"));
    CHECK(toHex(response.data) == "010203");
    CHECK(response.sw.value() == 0x6282);
    CHECK(ResponseApdu::decode(fromHex("9000")).sw.isSuccess());
    CHECK_THROWS_AS(static_cast<void>(ResponseApdu::decode(fromHex("90"))), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(ResponseApdu::decode({})), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(ResponseApdu::decode(Bytes(65539))), MalformedData);
}

TEST_CASE("Status words are described, and only 9000 is success") {
    CHECK(describe(StatusWord(0x6982)) == "6982 (security status not satisfied)");
    CHECK(describe(StatusWord(0x63C2)) == "63C2 (authentication failed, 2 tries left)");
    CHECK(describe(StatusWord(0x6CDF)) == "6CDF (wrong expected length, 223 bytes available)");
    CHECK(describe(StatusWord(0x6105)) == "6105 (5 more bytes available)");
    CHECK(describe(StatusWord(0x1234)) == "1234 (unknown status word)");
    CHECK(describe(StatusWord(0x0000)) == "0000 (unknown status word)");
    int successes = 0;
    for (unsigned value = 0; value <= 0xFFFF; ++value) {
        successes += StatusWord(static_cast<std::uint16_t>(value)).isSuccess() ? 1 : 0;
    }
    CHECK(successes == 1);
    CHECK(StatusWord(0x6282).isSuccessOrWarning());
    CHECK(StatusWord(0x63C0).isSuccessOrWarning());
    CHECK_FALSE(StatusWord(0x6A00).isSuccessOrWarning());
}

TEST_CASE("Commands come out of their encoding as they went in, and what is none is refused") {
    for (const CommandApdu& command :
         {CommandApdu{.ins = 0x70, .p1 = 1, .p2 = 2}, CommandApdu{.ins = 0xB0, .le = 1},
          CommandApdu{.ins = 0xB0, .le = 256}, CommandApdu{.cla = 0x0C, .ins = 0xA4, .data = {1, 2}},
          CommandApdu{.ins = 0x88, .data = Bytes(255, 7), .le = 256}, CommandApdu{.ins = 0xB0, .le = 65536},
          CommandApdu{.ins = 0x88, .data = {1}, .le = 257},
          CommandApdu{.ins = 0xD6, .data = Bytes(65535, 7)}}) {
        const CommandApdu decoded = CommandApdu::decode(command.encode());
        CHECK(decoded.encode() == command.encode());
        CHECK(decoded.data == command.data);
        CHECK(decoded.le == command.le);
    }
    for (const char* const encoded : {"", "00B000", "00A4000003AABB", "00A40000020102030405", "00A400000000",
                                      "00A40000000000AA", "00A400000000030102"}) {
        CAPTURE(std::string(encoded));
        CHECK_THROWS_AS(static_cast<void>(CommandApdu::decode(fromHex(encoded))), MalformedData);
    }
}
