// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/triple_des.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using test::Bytes;
using test::hex;

namespace {

// Doc 9303-11, appendix D.2 and D.3.
const Bytes encryptionKey = hex("AB94FDECF2674FDFB9B391F85D7F76F2");
const Bytes macKey = hex("7962D9ECE03D1ACD4C76089DCE131543");
const Bytes plain = hex("781723860C06C2264608F91988702212 0B795240CB7049B01C19B33E32804F0B");
const Bytes cryptogram = hex("72C29C2371CC9BDB65B779B8E8D37B29 ECC154AA56A8799FAE2F498F76ED92F2");
const Bytes cryptogramMac = hex("5F1448EEA8AD90A7");

constexpr crypto::DesBlock zeroVector{};

std::span<const std::uint8_t, 16> key(const Bytes& bytes) {
    return std::span(bytes).first<16>();
}

} // namespace

TEST_CASE("3DES-CBC encrypts and decrypts the message of Doc 9303-11, D.3") {
    Bytes output(plain.size());
    REQUIRE(crypto::tripleDesCbcEncrypt(key(encryptionKey), zeroVector, plain, output));
    CHECK(output == cryptogram);
    REQUIRE(crypto::tripleDesCbcDecrypt(key(encryptionKey), zeroVector, output, output));
    CHECK(output == plain);
}

TEST_CASE("3DES-CBC refuses data of a wrong length") {
    Bytes odd(9);
    CHECK_FALSE(crypto::tripleDesCbcEncrypt(key(encryptionKey), zeroVector, odd, odd));
    Bytes tooShort(8);
    CHECK_FALSE(crypto::tripleDesCbcDecrypt(key(encryptionKey), zeroVector, plain, tooShort));
}

TEST_CASE("the parity of DES keys is adjusted as in Doc 9303-11, D.1") {
    Bytes adjusted = hex("AB94FCEDF2664EDFB9B291F85D7F77F2");
    crypto::adjustDesParity(adjusted);
    CHECK(adjusted == hex("AB94FDECF2674FDFB9B391F85D7F76F2"));
    crypto::adjustDesParity(adjusted);
    CHECK(adjusted == hex("AB94FDECF2674FDFB9B391F85D7F76F2"));
}

TEST_CASE("the retail MAC of Doc 9303-11, D.3, in pieces of any size") {
    for (std::size_t piece = 1; piece <= cryptogram.size(); ++piece) {
        crypto::RetailMac mac(key(macKey));
        for (std::size_t position = 0; position < cryptogram.size(); position += piece) {
            mac.update(
                std::span(cryptogram).subspan(position, std::min(piece, cryptogram.size() - position)));
        }
        mac.pad();
        crypto::DesBlock code{};
        REQUIRE(mac.finish(code));
        CHECK(test::toBytes(code) == cryptogramMac);
        CHECK_FALSE(mac.finish(code));
    }
}

TEST_CASE("the retail MAC ends whole blocks only") {
    crypto::RetailMac mac(key(macKey));
    mac.update(std::span(cryptogram).first(9));
    crypto::DesBlock code{};
    CHECK_FALSE(mac.finish(code));
}
