// SPDX-License-Identifier: Apache-2.0
#include "host/access/document_basic_access_keys.hpp"

#include "host/access/key_derivation.hpp"
#include "host/base/error.hpp"
#include "host/crypto/mac.hpp"
#include "host/crypto/padding.hpp"

namespace cancuoc {

namespace {

constexpr BlockCipher cipher = BlockCipher::TripleDes;
constexpr std::size_t blockSize = 8;
constexpr std::size_t keySeedSize = 16;
constexpr std::size_t cryptogramSize =
    DocumentBasicAccessKeys::protectedSize - MessageAuthenticationCode::size;

SecretBytes derive(const AccessKey& mrz, KeyPurpose purpose) {
    return deriveKey(mrz.encoded().first(keySeedSize), purpose, cipher);
}

} // namespace

DocumentBasicAccessKeys::DocumentBasicAccessKeys(const AccessKey& mrz)
    : encryption_(derive(mrz, KeyPurpose::Encryption)), mac_(derive(mrz, KeyPurpose::MessageAuthentication)) {
}

Bytes DocumentBasicAccessKeys::protect(BytesView plaintext) const {
    const Bytes cryptogram = encryptCbc(cipher, encryption_.view(), Bytes(blockSize), plaintext);
    return concat(cryptogram, macOf(cryptogram));
}

std::optional<SecretBytes> DocumentBasicAccessKeys::unprotect(BytesView authenticationData) const {
    if (authenticationData.size() != protectedSize) {
        throw MalformedData("The card's answer to Basic Access Control has a wrong length.");
    }
    const BytesView cryptogram = authenticationData.first(cryptogramSize);
    if (!equalConstantTime(macOf(cryptogram), authenticationData.subspan(cryptogramSize))) {
        return std::nullopt;
    }
    return SecretBytes(decryptCbc(cipher, encryption_.view(), Bytes(blockSize), cryptogram));
}

Bytes DocumentBasicAccessKeys::macOf(BytesView cryptogram) const {
    return retailMac(mac_.view(), padded(cryptogram, blockSize));
}

} // namespace cancuoc
