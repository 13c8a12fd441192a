// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/key_check_value.hpp"

#include "host/crypto/cipher.hpp"
#include "personalization/globalplatform/aes_key_derivation.hpp"

namespace cancuoc::personalization {

Bytes keyCheckValue(KeyType type, BytesView key) {
    constexpr std::size_t size = 3;
    const BlockCipher cipher = type == KeyType::Aes ? aesOfKeySize(key.size()) : BlockCipher::TripleDes;
    const std::uint8_t filling = type == KeyType::Aes ? 0x01 : 0x00;
    Bytes block = encryptBlock(cipher, key, Bytes(blockSizeOf(cipher), filling));
    block.resize(size);
    return block;
}

} // namespace cancuoc::personalization
