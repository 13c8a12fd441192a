// SPDX-License-Identifier: Apache-2.0
#include "host/access/secure_messaging.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "tests/unit/host/access/test_chip.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::ReceivedCommand;

namespace {

const Bytes sharedSecret = fromHex("28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925");
constexpr BlockCipher ciphers[] = {BlockCipher::TripleDes, BlockCipher::Aes128, BlockCipher::Aes192,
                                   BlockCipher::Aes256};

// Doc 9303-11, D.4: the session keys and the counter after BAC, advanced by the commands already exchanged.
SecureMessaging exampleSession(std::string_view counter) {
    return {BlockCipher::TripleDes, fromHex("979EC13B1CBFE9DCD01AB0FED307EAE5"),
            fromHex("F1CB1F1FB5ADF208806B89DC579DC1F8"), fromHex(counter)};
}

ResponseApdu unprotected(SecureMessaging& session, std::string_view response) {
    return session.unprotect(ResponseApdu::decode(fromHex(response)));
}

constexpr std::string_view protectedRead = "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000";
constexpr std::string_view counterBeforeRead = "887022120C06C229";

} // namespace

TEST_CASE("Commands and responses are those of Doc 9303-11, D.4") {
    SecureMessaging session = exampleSession("887022120C06C226");
    CHECK(toHex(session.protect({.ins = 0xA4, .p1 = 0x02, .p2 = 0x0C, .data = {0x01, 0x1E}})) ==
          "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800");
    CHECK(unprotected(session, "990290008E08FA855A5D4C50A8ED9000").data.empty());
    CHECK(toHex(session.protect({.ins = 0xB0, .le = 4})) == "0CB000000D9701048E08ED6705417E96BA5500");
    CHECK(toHex(unprotected(session, protectedRead).data) == "60145F01");
}

// From recorded dialogues with German chips, published in iso7816/secure_messaging_test.go of
// github.com/gmrtd/gmrtd (values only).
TEST_CASE("Commands and responses under AES-128 are those of published dialogues") {
    SecureMessaging sending(BlockCipher::Aes128, fromHex("CC86415F2ED7E8FD663B754265695AE1"),
                            fromHex("581E84B8EE06C4D3EEE30461498D7FB3"),
                            fromHex("000000000000000000000000000000BA"));
    CHECK(toHex(sending.protect(
              {.ins = 0x22, .p1 = 0x41, .p2 = 0xA4, .data = fromHex("800A04007F000702020302028401C3")})) ==
          "0C2241A41D871101980953D37F67558690045D78A853B18A8E08929767A2CEF172E200");

    SecureMessaging receiving(BlockCipher::Aes128, fromHex("A8E85E938514EC67AE33CDA3D43D3C48"),
                              fromHex("27F1ADEB705A049A305B0C619B14B9B3"),
                              fromHex("0000000000000000000000000000000B"));
    const ResponseApdu response =
        unprotected(receiving, "8781E1012FABF9E0655D7E987FD28A8AEB19C9CADD990D49399799ED1FE465BCEA56DA9BA3024"
                               "291D40D23D7F1E00485D71FADDC6D8C1"
                               "382E8028DD22EFDCC72ED47663D56D20DD6C4B867956FE0507313083AE7FC54FB46133F184FEB"
                               "BE13AD6FD3E2616A1F4A829E75ADA1A0"
                               "E443CA738288F6014BE8A7745D8259B089E6BEE35BCC4BF5B63DB5FDD84244F67ECA099213B70"
                               "A861B4487225AA68AF684278FCEB4CB8"
                               "09DE42BE3EE95B0E0D72BCDB0ED47CB56EFC264E04A9397A90E81AD1D81EFA2D14B2CA8EC7BD9"
                               "97F4B1C1FD344D5DEE8589C38B227CA4"
                               "CB35810060A7CC76403E990290008E083EB47EF4FA82AFC99000");
    CHECK(response.data.size() == 223);
    CHECK(toHex(BytesView(response.data).first(16)) == "A729901D1A71874700133107EC533064");
    CHECK(toHex(BytesView(response.data).last(8)) == "0231008CB91E82A3");
}

TEST_CASE("A chip built from the same text understands every form of command, and is understood") {
    for (const BlockCipher cipher : ciphers) {
        SecureMessaging terminal = SecureMessaging::fromSharedSecret(cipher, sharedSecret);
        ChipSecureMessaging chip(cipher, sharedSecret);
        for (const std::size_t size : {0U, 1U, 7U, 8U, 15U, 16U, 17U, 200U, 255U, 256U, 2000U}) {
            for (const std::uint8_t ins : {std::uint8_t{0xB0}, std::uint8_t{0xB1}}) {
                for (const std::optional<std::size_t> le :
                     {std::optional<std::size_t>{}, std::optional<std::size_t>{1},
                      std::optional<std::size_t>{256}, std::optional<std::size_t>{257},
                      std::optional<std::size_t>{65536}}) {
                    CAPTURE(size);
                    const CommandApdu command{
                        .ins = ins, .p1 = 1, .p2 = 2, .data = Bytes(size, 0xA5), .le = le};
                    const auto received = chip.unprotect(terminal.protect(command));
                    REQUIRE(received.has_value());
                    CHECK(equal(received->data, command.data));
                    CHECK(received->le == le);
                    const ResponseApdu answer{Bytes(size, 0x5A), StatusWord(0x6282)};
                    const ResponseApdu understood =
                        terminal.unprotect(ResponseApdu::decode(chip.protect(answer, ins % 2 != 0)));
                    CHECK(equal(understood.data, answer.data));
                    CHECK(understood.sw == answer.sw);
                }
            }
        }
    }
}

TEST_CASE("A response with any bit flipped is refused") {
    for (const BlockCipher cipher : ciphers) {
        ChipSecureMessaging chip(cipher, sharedSecret);
        static_cast<void>(chip.protect({}, false)); // stands for the command: the counter goes to 1
        const Bytes response = chip.protect({fromHex("0011223344"), status_word::success}, false);
        for (std::size_t bit = 0; bit < response.size() * 8; ++bit) {
            CAPTURE(bit);
            Bytes flipped = response;
            flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ 1U << bit % 8);
            SecureMessaging terminal = SecureMessaging::fromSharedSecret(cipher, sharedSecret);
            static_cast<void>(terminal.protect({.ins = 0xB0, .le = 5}));
            CHECK_THROWS_AS(static_cast<void>(terminal.unprotect(ResponseApdu::decode(flipped))),
                            SecureMessagingError);
        }
    }
}

TEST_CASE("A response that is cut, or lacks, doubles or reorders its data objects is refused") {
    constexpr std::string_view cryptogram = "8709019FF0EC34F9922651";
    constexpr std::string_view status = "99029000";
    constexpr std::string_view checksum = "8E08AD55CC17140B2DED";
    const auto join = [](std::initializer_list<std::string_view> parts) {
        std::string joined;
        for (const std::string_view part : parts) {
            joined += part;
        }
        return joined + "9000";
    };
    for (const std::string& response :
         {join({cryptogram, checksum}), join({status, cryptogram, checksum}), join({cryptogram, status}),
          join({checksum, cryptogram, status}), join({cryptogram, cryptogram, status, checksum}),
          join({cryptogram, status, checksum, checksum}), join({cryptogram, status, checksum, "00"}),
          join({status, checksum}), join({checksum}), join({cryptogram}), join({"8700", status, checksum}),
          join({cryptogram, "9900", checksum}), join({cryptogram, status, "8E04AD55CC17"}), join({"00"}),
          join({"FFFF"}), std::string("9000"), std::string("6988")}) {
        CAPTURE(response);
        SecureMessaging session = exampleSession(counterBeforeRead);
        CHECK_THROWS_AS(static_cast<void>(unprotected(session, response)), SecureMessagingError);
    }
    SecureMessaging session = exampleSession(counterBeforeRead);
    CHECK(unprotected(session, protectedRead).data.size() == 4);
}

TEST_CASE("A response whose status words differ, or from another place in the dialogue, is refused") {
    SecureMessaging otherStatus = exampleSession(counterBeforeRead);
    CHECK_THROWS_AS(
        static_cast<void>(unprotected(otherStatus, "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED6282")),
        SecureMessagingError);
    SecureMessaging otherPlace = exampleSession("887022120C06C22B");
    CHECK_THROWS_AS(static_cast<void>(unprotected(otherPlace, protectedRead)), SecureMessagingError);
}

TEST_CASE("An unprotected status word is told in the exception") {
    SecureMessaging session = exampleSession(counterBeforeRead);
    try {
        static_cast<void>(unprotected(session, "6988"));
        FAIL("no exception");
    } catch (const SecureMessagingError& error) {
        CHECK(error.statusWord() == 0x6988);
    }
}

TEST_CASE("An authentic cryptogram with broken padding or padding indicator is refused") {
    const auto refused = [](std::uint32_t tag, BytesView value) {
        // Protected by hand: MAC over counter 2, the data objects and their padding.
        Bytes data;
        appendTlv(data, tag, value);
        append(data, fromHex("99029000"));
        const Bytes macKey = fromHex("000102030405060708090A0B0C0D0E0F");
        SecureMessaging session(BlockCipher::Aes128, Bytes(16, 0x11), macKey, Bytes(16));
        static_cast<void>(session.protect({.ins = 0xB0, .le = 1}));
        Bytes input = concat(toBigEndian(0, 8), toBigEndian(2, 8), data);
        input.push_back(0x80);
        input.resize((input.size() + 15) / 16 * 16);
        Bytes mac = aesCmac(macKey, input);
        mac.resize(8);
        appendTlv(data, 0x8E, mac);
        try {
            static_cast<void>(session.unprotect({data, status_word::success}));
            return false;
        } catch (const SecureMessagingError& error) {
            return std::string(error.what()).find("not protected as") != std::string::npos;
        }
    };
    const Bytes key(16, 0x11);
    const Bytes vector = encryptBlock(BlockCipher::Aes128, key, concat(toBigEndian(0, 8), toBigEndian(2, 8)));
    const auto encrypted = [&](std::string_view plaintext) {
        return encryptCbc(BlockCipher::Aes128, key, vector, fromHex(plaintext));
    };
    CHECK_FALSE(refused(0x87, concat(Bytes{0x01}, encrypted("00112233445566778899AABBCCDDEE80"))));
    CHECK(refused(0x87, concat(Bytes{0x01}, encrypted("00112233445566778899AABBCCDDEE81"))));
    CHECK(refused(0x87, concat(Bytes{0x01}, encrypted("00000000000000000000000000000000"))));
    CHECK(refused(0x87, concat(Bytes{0x02}, encrypted("00112233445566778899AABBCCDDEE80"))));
    CHECK(refused(0x87, concat(Bytes{0x01}, Bytes(15))));
    CHECK(refused(0x87, Bytes{0x01}));
    CHECK(refused(0x87, Bytes{}));
    CHECK(refused(0x85, Bytes{}));
}

TEST_CASE("The plaintext that fits a channel is computed from the overhead") {
    CHECK(SecureMessaging::maximumResponseData(BlockCipher::TripleDes, 256) == 231);
    CHECK(SecureMessaging::maximumResponseData(BlockCipher::Aes256, 256) == 223);
    CHECK(SecureMessaging::maximumResponseData(BlockCipher::Aes256, 65536) == 65503);
    CHECK(SecureMessaging::maximumResponseData(BlockCipher::Aes256, 20) == 0);
    // What fits is really sent with short lengths, one byte more is not.
    for (const BlockCipher cipher : ciphers) {
        auto session = SecureMessaging::fromSharedSecret(cipher, sharedSecret);
        const std::size_t most = SecureMessaging::maximumCommandData(cipher, 255);
        CHECK(session.protect({.ins = 0xD6, .data = Bytes(most), .le = 256}).size() <= 261);
        CHECK(session.protect({.ins = 0xD6, .data = Bytes(most + 1), .le = 256}).size() > 261);
    }
}

TEST_CASE("Keys and counters of a wrong size are refused") {
    const Bytes key(16);
    CHECK_THROWS_AS(SecureMessaging(BlockCipher::Aes128, Bytes(15), key, Bytes(16)), BadConfiguration);
    CHECK_THROWS_AS(SecureMessaging(BlockCipher::Aes128, key, Bytes(24), Bytes(16)), BadConfiguration);
    CHECK_THROWS_AS(SecureMessaging(BlockCipher::Aes128, key, key, Bytes(8)), BadConfiguration);
    CHECK_THROWS_AS(SecureMessaging(BlockCipher::TripleDes, key, key, Bytes(16)), BadConfiguration);
}
