// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/key_derivation.hpp"

#include "card/crypto/digest.hpp"

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;
using Digest = crypto::SecretBuffer<crypto::maximumDigestSize>;

constexpr std::size_t keySeedSize = 16;

bool hash(crypto::HashAlgorithm algorithm, std::initializer_list<Bytes> parts, Digest& digest) {
    return digest.resize(crypto::digestSize(algorithm)) && crypto::digest(algorithm, parts, digest.bytes());
}

} // namespace

bool deriveKey(Bytes secret, KeyPurpose purpose, SymmetricCipher cipher, SymmetricKey& key) {
    const bool longKey = keySizeOf(cipher) > 16;
    const std::array<std::uint8_t, 4> counter{0, 0, 0, static_cast<std::uint8_t>(purpose)};
    Digest keyData;
    if (!hash(longKey ? crypto::HashAlgorithm::Sha256 : crypto::HashAlgorithm::Sha1, {secret, counter},
              keyData) ||
        !key.assign(keyData.view().first(keySizeOf(cipher)))) {
        return false;
    }
    if (cipher == SymmetricCipher::TripleDes) {
        crypto::adjustDesParity(key.bytes());
    }
    return true;
}

bool deriveSessionKeys(Bytes secret, SymmetricCipher cipher, SessionKeys& keys) {
    keys.cipher = cipher;
    keys.sendSequenceCounter.fill(0);
    return deriveKey(secret, KeyPurpose::Encryption, cipher, keys.encryption) &&
           deriveKey(secret, KeyPurpose::MessageAuthentication, cipher, keys.authentication);
}

bool deriveDocumentBasicAccessKeys(Bytes mrzInformation, DocumentBasicAccessKeys& keys) {
    Digest digest;
    if (!hash(crypto::HashAlgorithm::Sha1, {mrzInformation}, digest)) {
        return false;
    }
    const auto keySeed = digest.view().first(keySeedSize);
    return deriveKey(keySeed, KeyPurpose::Encryption, SymmetricCipher::TripleDes, keys.encryption) &&
           deriveKey(keySeed, KeyPurpose::MessageAuthentication, SymmetricCipher::TripleDes,
                     keys.authentication);
}

bool derivePasswordKeyFromMrz(Bytes mrzInformation, SymmetricCipher cipher, SymmetricKey& key) {
    Digest digest;
    return hash(crypto::HashAlgorithm::Sha1, {mrzInformation}, digest) &&
           deriveKey(digest.view(), KeyPurpose::Password, cipher, key);
}

bool derivePasswordKeyFromCan(Bytes cardAccessNumber, SymmetricCipher cipher, SymmetricKey& key) {
    return deriveKey(cardAccessNumber, KeyPurpose::Password, cipher, key);
}

} // namespace cancuoc::card::emrtd
