// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/cipher.hpp"
#include "host/crypto/digest.hpp"
#include "host/crypto/mac.hpp"
#include "host/crypto/padding.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;

TEST_CASE("Hash values are those of FIPS 180-4's example \"abc\"") {
    CHECK(toHex(digest(HashAlgorithm::Sha1, viewOf("abc"))) == "A9993E364706816ABA3E25717850C26C9CD0D89D");
    CHECK(toHex(digest(HashAlgorithm::Sha224, viewOf("abc"))) ==
          "23097D223405D8228642A477BDA255B32AADBCE4BDA0B3F7E36C9DA7");
    CHECK(toHex(digest(HashAlgorithm::Sha256, viewOf("abc"))) ==
          "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
    CHECK(toHex(digest(HashAlgorithm::Sha384, viewOf("abc"))).substr(0, 16) == "CB00753F45A35E8B");
    CHECK(toHex(digest(HashAlgorithm::Sha512, viewOf("abc"))).substr(0, 16) == "DDAF35A193617ABA");
    for (const auto algorithm : {HashAlgorithm::Sha1, HashAlgorithm::Sha224, HashAlgorithm::Sha256,
                                 HashAlgorithm::Sha384, HashAlgorithm::Sha512}) {
        CHECK(digest(algorithm, {}).size() == sizeOf(algorithm));
    }
}

// NIST SP 800-38A, F.2: CBC, first two blocks.
TEST_CASE("AES in CBC mode gives the values of SP 800-38A") {
    const Bytes iv = fromHex("000102030405060708090A0B0C0D0E0F");
    const Bytes plaintext = fromHex("6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51");
    struct Example {
        BlockCipher cipher;
        std::string_view key;
        std::string_view ciphertext;
    };
    for (const Example& example :
         {Example{BlockCipher::Aes128, "2B7E151628AED2A6ABF7158809CF4F3C",
                  "7649ABAC8119B246CEE98E9B12E9197D5086CB9B507219EE95DB113A917678B2"},
          Example{BlockCipher::Aes192, "8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B",
                  "4F021DB243BC633D7178183A9FA071E8B4D9ADA9AD7DEDF4E5E738763F69145A"},
          Example{BlockCipher::Aes256, "603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4",
                  "F58C4C04D6E5F1BA779EABFB5F7BFBD69CFC4E967EDB808D679F777BC6702C7D"}}) {
        const Bytes key = fromHex(example.key);
        CHECK(toHex(encryptCbc(example.cipher, key, iv, plaintext)) == example.ciphertext);
        CHECK(equal(decryptCbc(example.cipher, key, iv, fromHex(example.ciphertext)), plaintext));
        // The same keyed cipher again, in place.
        CbcCipher cipher(example.cipher, key);
        Bytes buffer = plaintext;
        for (int run = 0; run < 3; ++run) {
            cipher.encrypt(iv, buffer, buffer);
            CHECK(toHex(buffer) == example.ciphertext);
            cipher.decrypt(iv, buffer, buffer);
            CHECK(equal(buffer, plaintext));
        }
    }
    CHECK(toHex(encryptBlock(BlockCipher::Aes128, fromHex("2B7E151628AED2A6ABF7158809CF4F3C"),
                             BytesView(plaintext).first(16))) == "3AD77BB40D7A3660A89ECAF32466EF97");
}

// Doc 9303-11, D.3.
TEST_CASE("3DES and the retail MAC give the values of Doc 9303-11, D.3") {
    const Bytes cryptogram = fromHex("72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2");
    CHECK(equal(encryptCbc(BlockCipher::TripleDes, fromHex("AB94FDECF2674FDFB9B391F85D7F76F2"), Bytes(8),
                           fromHex("781723860C06C2264608F919887022120B795240CB7049B01C19B33E32804F0B")),
                cryptogram));
    CHECK(toHex(retailMac(fromHex("7962D9ECE03D1ACD4C76089DCE131543"), padded(cryptogram, 8))) ==
          "5F1448EEA8AD90A7");
}

TEST_CASE("The retail MAC of a long message does not depend on how it is chained inside") {
    // 600 bytes: more than the scratch space. CBC with single DES by hand, the last block with both keys.
    const Bytes key = fromHex("7962D9ECE03D1ACD4C76089DCE131543");
    const Bytes first = concat(BytesView(key).first(8), BytesView(key).first(8));
    Bytes message(600);
    for (std::size_t index = 0; index < message.size(); ++index) {
        message[index] = static_cast<std::uint8_t>(index * 13);
    }
    const Bytes chained =
        encryptCbc(BlockCipher::TripleDes, first, Bytes(8), BytesView(message).first(message.size() - 8));
    CHECK(equal(retailMac(key, message), encryptCbc(BlockCipher::TripleDes, key, BytesView(chained).last(8),
                                                    BytesView(message).last(8))));
    CHECK_THROWS_AS(static_cast<void>(retailMac(key, Bytes(7))), CryptographyError);
    CHECK_THROWS_AS(static_cast<void>(retailMac(key, {})), CryptographyError);
    CHECK_THROWS_AS(static_cast<void>(retailMac(Bytes(24), Bytes(8))), BadConfiguration);
}

// RFC 4493, section 4, and NIST SP 800-38B, D.2 and D.3.
TEST_CASE("AES-CMAC gives the values of RFC 4493 and SP 800-38B, again and again") {
    const Bytes key = fromHex("2B7E151628AED2A6ABF7158809CF4F3C");
    const Bytes message = fromHex("6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51"
                                  "30C81C46A35CE411E5FBC1191A0A52EFF69F2445DF4F9B17AD2B417BE66C3710");
    AesCmac cmac(key);
    for (int run = 0; run < 2; ++run) {
        CHECK(toHex(cmac.compute({})) == "BB1D6929E95937287FA37D129B756746");
        CHECK(toHex(cmac.compute(BytesView(message).first(16))) == "070A16B46B4D4144F79BDD9DD04A287C");
        CHECK(toHex(cmac.compute(BytesView(message).first(40))) == "DFA66747DE9AE63030CA32611497C827");
        CHECK(toHex(cmac.compute(message)) == "51F0BEBF7E3B9D92FC49741779363CFE");
    }
    CHECK(toHex(aesCmac(fromHex("8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B"), {})) ==
          "D17DDF46ADAACDE531CAC483DE7A9367");
    CHECK(toHex(aesCmac(fromHex("603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4"), {})) ==
          "028962F61B7BF89EFC6B551F4667D983");
    CHECK_THROWS_AS(AesCmac(Bytes(15)), BadConfiguration);
    CHECK(toHex(MessageAuthenticationCode(BlockCipher::Aes128, key).compute(message)) == "51F0BEBF7E3B9D92");
}

TEST_CASE("Padding is put on and taken off, and nothing else passes for it") {
    CHECK(toHex(padded({}, 8)) == "8000000000000000");
    CHECK(toHex(padded(Bytes(7, 0xAA), 8)) == "AAAAAAAAAAAAAA80");
    CHECK(padded(Bytes(8), 8).size() == 16);
    for (std::size_t size = 0; size < 40; ++size) {
        const Bytes bytes(size, 0x80);
        CHECK(equal(unpadded(padded(bytes, 16), 16).value(), bytes));
    }
    CHECK_FALSE(unpadded({}, 8).has_value());
    CHECK_FALSE(unpadded(Bytes(8), 8).has_value());
    CHECK_FALSE(unpadded(fromHex("0000000000000081"), 8).has_value());
    CHECK_FALSE(unpadded(fromHex("80000000000000"), 8).has_value());
    CHECK_FALSE(unpadded(fromHex("8000000000000000"
                                 "0000000000000000"),
                         8)
                    .has_value());
}

TEST_CASE("Wrong sizes are refused before anything is computed") {
    Bytes output(16);
    CbcCipher cipher(BlockCipher::Aes128, Bytes(16));
    CHECK_THROWS_AS(cipher.encrypt(Bytes(15), Bytes(16), output), CryptographyError);
    CHECK_THROWS_AS(cipher.encrypt(Bytes(16), Bytes(15), output), CryptographyError);
    CHECK_THROWS_AS(cipher.encrypt(Bytes(16), Bytes(32), output), CryptographyError);
    CHECK_THROWS_AS(CbcCipher(BlockCipher::Aes192, Bytes(16)), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(encryptBlock(BlockCipher::Aes128, Bytes(16), Bytes(32))),
                    CryptographyError);
}
