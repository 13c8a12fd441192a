// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/aes.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using test::Bytes;
using test::hex;

namespace {

// NIST SP 800-38A, appendix F, and SP 800-38B, appendix D, use the same keys and the same four blocks.
const Bytes key128 = hex("2B7E151628AED2A6ABF7158809CF4F3C");
const Bytes key192 = hex("8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B");
const Bytes key256 = hex("603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4");
const Bytes message = hex("6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51"
                          "30C81C46A35CE411E5FBC1191A0A52EFF69F2445DF4F9B17AD2B417BE66C3710");
const Bytes vector = hex("000102030405060708090A0B0C0D0E0F");

std::span<const std::uint8_t, 16> block(const Bytes& bytes) {
    return std::span(bytes).first<16>();
}

Bytes cmac(const Bytes& key, std::span<const std::uint8_t> data, std::size_t size = 16) {
    Bytes mac(size);
    REQUIRE(crypto::aesCmac(key, data, mac));
    return mac;
}

} // namespace

TEST_CASE("AES encrypts single blocks as in SP 800-38A, F.1") {
    struct Case {
        Bytes key;
        Bytes expected;
    };
    const Case cases[] = {
        {key128, hex("3AD77BB40D7A3660A89ECAF32466EF97")},
        {key192, hex("BD334F1D6E45F25FF712A214571FA5CC")},
        {key256, hex("F3EED1BDB5D2A03C064B5A7E3DB181F8")},
    };
    for (const auto& example : cases) {
        crypto::AesBlock output{};
        REQUIRE(crypto::aesEncryptBlock(example.key, block(message), output));
        CHECK(test::toBytes(output) == example.expected);
    }
}

TEST_CASE("AES-CBC encrypts and decrypts as in SP 800-38A, F.2") {
    struct Case {
        Bytes key;
        Bytes expected;
    };
    const Case cases[] = {
        {key128, hex("7649ABAC8119B246CEE98E9B12E9197D5086CB9B507219EE95DB113A917678B2"
                     "73BED6B8E3C1743B7116E69E222295163FF1CAA1681FAC09120ECA307586E1A7")},
        {key192, hex("4F021DB243BC633D7178183A9FA071E8B4D9ADA9AD7DEDF4E5E738763F69145A"
                     "571B242012FB7AE07FA9BAAC3DF102E008B0E27988598881D920A9E64F5615CD")},
        {key256, hex("F58C4C04D6E5F1BA779EABFB5F7BFBD69CFC4E967EDB808D679F777BC6702C7D"
                     "39F23369A9D9BACFA530E26304231461B2EB05E2C39BE9FCDA6C19078C6A9D1B")},
    };
    for (const auto& example : cases) {
        Bytes output(message.size());
        REQUIRE(crypto::aesCbcEncrypt(example.key, block(vector), message, output));
        CHECK(output == example.expected);
        REQUIRE(crypto::aesCbcDecrypt(example.key, block(vector), output, output));
        CHECK(output == message);
    }
}

TEST_CASE("AES-CBC refuses keys and data of a wrong length") {
    Bytes output(message.size());
    CHECK_FALSE(crypto::aesCbcEncrypt(Bytes(15), block(vector), message, output));
    CHECK_FALSE(crypto::aesCbcEncrypt(Bytes{}, block(vector), message, output));
    CHECK_FALSE(crypto::aesCbcEncrypt(key128, block(vector), std::span(message).first(32), output));
    Bytes odd(17);
    CHECK_FALSE(crypto::aesCbcDecrypt(key128, block(vector), odd, odd));
}

TEST_CASE("AES-CMAC follows SP 800-38B, appendix D") {
    struct Case {
        Bytes key;
        std::size_t size;
        Bytes expected;
    };
    const Case cases[] = {
        {key128, 0, hex("BB1D6929E95937287FA37D129B756746")},
        {key128, 16, hex("070A16B46B4D4144F79BDD9DD04A287C")},
        {key128, 40, hex("DFA66747DE9AE63030CA32611497C827")},
        {key128, 64, hex("51F0BEBF7E3B9D92FC49741779363CFE")},
        {key192, 0, hex("D17DDF46ADAACDE531CAC483DE7A9367")},
        {key192, 40, hex("8A1DE5BE2EB31AAD089A82E6EE908B0E")},
        {key256, 0, hex("028962F61B7BF89EFC6B551F4667D983")},
        {key256, 64, hex("E1992190549F6ED5696A2C056C315410")},
    };
    for (const auto& example : cases) {
        const auto data = std::span(message).first(example.size);
        CHECK(cmac(example.key, data) == example.expected);
        CHECK(cmac(example.key, data, 8) == Bytes(example.expected.begin(), example.expected.begin() + 8));
    }
}

TEST_CASE("AES-CMAC takes a message in pieces of any size") {
    const auto expected = cmac(key128, message);
    for (std::size_t piece = 1; piece <= message.size(); ++piece) {
        crypto::AesCmac inPieces(key128);
        for (std::size_t position = 0; position < message.size(); position += piece) {
            inPieces.update(std::span(message).subspan(position, std::min(piece, message.size() - position)));
            inPieces.update({});
        }
        Bytes mac(16);
        REQUIRE(inPieces.finish(mac));
        CHECK(mac == expected);
        CHECK_FALSE(inPieces.finish(mac));
    }
}

TEST_CASE("AES-CMAC refuses a key or a MAC of a wrong length") {
    Bytes mac(16);
    Bytes none;
    Bytes tooLong(17);
    CHECK_FALSE(crypto::aesCmac(Bytes(8), message, mac));
    CHECK_FALSE(crypto::aesCmac(key128, message, none));
    CHECK_FALSE(crypto::aesCmac(key128, message, tooLong));
}
