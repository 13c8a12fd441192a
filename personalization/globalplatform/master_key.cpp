// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/master_key.hpp"

#include "host/crypto/cipher.hpp"
#include "host/crypto/mac.hpp"

namespace cancuoc::personalization {

SecretBytes MasterKeyInMemory::encryptTripleDes(BytesView blocks) const {
    constexpr std::size_t blockSize = 8;
    BlockEncryption encryption(BlockCipher::TripleDes, key_.view());
    SecretBytes encrypted(blocks.size());
    for (std::size_t at = 0; at < blocks.size(); at += blockSize) {
        encryption.encrypt(blocks.subspan(at, blockSize), encrypted.span().subspan(at, blockSize));
    }
    return encrypted;
}

SecretBytes MasterKeyInMemory::cmac(BytesView message) const {
    return SecretBytes(aesCmac(key_.view(), message));
}

} // namespace cancuoc::personalization
