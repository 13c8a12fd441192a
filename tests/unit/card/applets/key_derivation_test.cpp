// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/key_derivation.hpp"
#include "tests/unit/card/applets/openssl_terminal.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using emrtd::KeyPurpose;
using emrtd::SymmetricCipher;
using test::ascii;
using test::Bytes;
using test::hex;

namespace {

Bytes derived(const Bytes& secret, KeyPurpose purpose, SymmetricCipher cipher) {
    emrtd::SymmetricKey key;
    REQUIRE(emrtd::deriveKey(secret, purpose, cipher, key));
    return test::toBytes(key.view());
}

} // namespace

TEST_CASE("3DES keys are those of Doc 9303-11, D.1") {
    const auto seed = hex("239AB9CB282DAF66231DC5A4DF6BFBAE");
    CHECK(derived(seed, KeyPurpose::Encryption, SymmetricCipher::TripleDes) ==
          hex("AB94FDECF2674FDFB9B391F85D7F76F2"));
    CHECK(derived(seed, KeyPurpose::MessageAuthentication, SymmetricCipher::TripleDes) ==
          hex("7962D9ECE03D1ACD4C76089DCE131543"));
}

TEST_CASE("Document Basic Access Keys are those of Doc 9303-11, D.2") {
    emrtd::DocumentBasicAccessKeys keys;
    REQUIRE(emrtd::deriveDocumentBasicAccessKeys(ascii("L898902C<369080619406236"), keys));
    CHECK(test::toBytes(keys.encryption.view()) == hex("AB94FDECF2674FDFB9B391F85D7F76F2"));
    CHECK(test::toBytes(keys.authentication.view()) == hex("7962D9ECE03D1ACD4C76089DCE131543"));
}

TEST_CASE("K_pi of the MRZ is that of Doc 9303-11, appendix G") {
    emrtd::SymmetricKey key;
    REQUIRE(emrtd::derivePasswordKeyFromMrz(ascii("T22000129364081251010318"), SymmetricCipher::Aes128, key));
    CHECK(test::toBytes(key.view()) == hex("89DED1B26624EC1E634C1989302849DD"));
}

TEST_CASE("AES-128 session keys are those of Doc 9303-11, G.1") {
    emrtd::SessionKeys keys;
    REQUIRE(emrtd::deriveSessionKeys(hex("28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925"),
                                     SymmetricCipher::Aes128, keys));
    CHECK(test::encryptionKeyOf(keys) == hex("F5F0E35C0D7161EE6724EE513A0D9A7F"));
    CHECK(test::authenticationKeyOf(keys) == hex("FE251C7858B356B24514B3BD5F4297D1"));
    CHECK(test::toBytes(keys.sendSequenceCounter) == Bytes(16));
}

TEST_CASE("keys of every cipher and purpose are those that OpenSSL's hashes give") {
    const auto secret = hex("00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF");
    for (const auto cipher : test::allCiphers) {
        for (const auto purpose :
             {KeyPurpose::Encryption, KeyPurpose::MessageAuthentication, KeyPurpose::Password}) {
            CHECK(derived(secret, purpose, cipher) ==
                  test::kdf(cipher, secret, static_cast<std::uint8_t>(purpose)));
        }
        emrtd::SymmetricKey key;
        REQUIRE(emrtd::derivePasswordKeyFromCan(ascii("299001"), cipher, key));
        CHECK(test::toBytes(key.view()) == test::kdf(cipher, ascii("299001"), 3));
    }
}

TEST_CASE("a leading zero byte of the shared secret counts") {
    const auto withZero = hex("00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF");
    const Bytes withoutZero(withZero.begin() + 1, withZero.end());
    CHECK(derived(withZero, KeyPurpose::Encryption, SymmetricCipher::Aes128) !=
          derived(withoutZero, KeyPurpose::Encryption, SymmetricCipher::Aes128));
}
