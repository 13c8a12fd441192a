// SPDX-License-Identifier: Apache-2.0
#include "host/access/key_derivation.hpp"

#include "host/crypto/digest.hpp"

#include <bit>

namespace cancuoc {

namespace {

void adjustParity(std::span<std::uint8_t> desKey) {
    for (std::uint8_t& byte : desKey) {
        const unsigned keyBits = byte & 0xFEU;
        byte = static_cast<std::uint8_t>(keyBits | (std::popcount(keyBits) % 2 == 0 ? 1U : 0U));
    }
}

// 9.7.1.1 and 9.7.1.2: the hash must be at least as long as the key.
HashAlgorithm hashFor(BlockCipher cipher) {
    return keySizeOf(cipher) > 16 ? HashAlgorithm::Sha256 : HashAlgorithm::Sha1;
}

} // namespace

SecretBytes deriveKey(BytesView sharedSecret, KeyPurpose purpose, BlockCipher cipher) {
    const SecretBytes input(concat(sharedSecret, toBigEndian(static_cast<std::uint64_t>(purpose), 4)));
    const SecretBytes keyData(digest(hashFor(cipher), input.view()));
    SecretBytes key(keyData.view().first(keySizeOf(cipher)));
    if (cipher == BlockCipher::TripleDes) {
        adjustParity(key.span());
    }
    return key;
}

} // namespace cancuoc
