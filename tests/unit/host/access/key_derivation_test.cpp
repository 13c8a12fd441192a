// SPDX-License-Identifier: Apache-2.0
#include "host/access/key_derivation.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;

namespace {
std::string derived(std::string_view secret, KeyPurpose purpose, BlockCipher cipher) {
    return toHex(deriveKey(fromHex(secret), purpose, cipher).view());
}
} // namespace

TEST_CASE("3DES keys are derived as in Doc 9303-11, D.1, with odd parity") {
    constexpr auto seed = "239AB9CB282DAF66231DC5A4DF6BFBAE";
    CHECK(derived(seed, KeyPurpose::Encryption, BlockCipher::TripleDes) ==
          "AB94FDECF2674FDFB9B391F85D7F76F2");
    CHECK(derived(seed, KeyPurpose::MessageAuthentication, BlockCipher::TripleDes) ==
          "7962D9ECE03D1ACD4C76089DCE131543");
}

TEST_CASE("AES-128 keys are derived as in Doc 9303-11, G.1") {
    constexpr auto password = "7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD";
    constexpr auto shared = "28768D20701247DAE81804C9E780EDE582A9996DB4A315020B2733197DB84925";
    CHECK(derived(password, KeyPurpose::Password, BlockCipher::Aes128) == "89DED1B26624EC1E634C1989302849DD");
    CHECK(derived(shared, KeyPurpose::Encryption, BlockCipher::Aes128) == "F5F0E35C0D7161EE6724EE513A0D9A7F");
    CHECK(derived(shared, KeyPurpose::MessageAuthentication, BlockCipher::Aes128) ==
          "FE251C7858B356B24514B3BD5F4297D1");
}

// H(K || c) with SHA-256 by definition (Doc 9303-11, 9.7.1.2); the hash computed with sha256sum.
TEST_CASE("Longer AES keys are the start of a SHA-256 value") {
    const std::string longest = derived("00", KeyPurpose::Encryption, BlockCipher::Aes256);
    CHECK(longest == "15F2F1A4339F5F2A313B95015CAD8124D054A171AC2F31CF529DDA7CFB6A38B4");
    CHECK(derived("00", KeyPurpose::Encryption, BlockCipher::Aes192) == longest.substr(0, 48));
}
