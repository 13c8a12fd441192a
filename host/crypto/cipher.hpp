// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"

#include "host/base/bytes.hpp"

namespace cancuoc {

/// The block ciphers of Doc 9303-11. TripleDes is two-key 3DES with keys of 16 bytes.
enum class BlockCipher { TripleDes, Aes128, Aes192, Aes256 };

/// "3DES", "AES-128" and so on.
[[nodiscard]] std::string_view nameOf(BlockCipher cipher);
/// Bytes of a block: 8 or 16.
[[nodiscard]] std::size_t blockSizeOf(BlockCipher cipher);
/// Bytes of a key: 16, 16, 24 or 32.
[[nodiscard]] std::size_t keySizeOf(BlockCipher cipher);

/// A block cipher under one key in CBC mode without padding, ready for any number of messages.
/// Not for use by two threads at a time.
class CbcCipher {
public:
    /// Throws BadConfiguration unless `key` has keySizeOf(cipher) bytes.
    CbcCipher(BlockCipher cipher, BytesView key);

    /// `iv` is one block; `input` a multiple of the block size; `output` as long as `input`, and may be the
    /// same memory. Throws CryptographyError.
    void encrypt(BytesView iv, BytesView input, std::span<std::uint8_t> output);
    void decrypt(BytesView iv, BytesView input, std::span<std::uint8_t> output);

private:
    void run(EVP_CIPHER_CTX& context, BytesView iv, BytesView input, std::span<std::uint8_t> output) const;

    std::size_t blockSize_;
    CipherContextPtr encryption_;
    CipherContextPtr decryption_;
};

/// A block cipher under one key, block by block (ECB mode), ready for any number of them.
class BlockEncryption {
public:
    /// Throws BadConfiguration unless `key` has keySizeOf(cipher) bytes.
    BlockEncryption(BlockCipher cipher, BytesView key);

    /// `block` and `output` are one block each. Throws CryptographyError.
    void encrypt(BytesView block, std::span<std::uint8_t> output);

private:
    std::size_t blockSize_;
    CipherContextPtr context_;
};

/// One message in CBC mode without padding; sizes as for CbcCipher.
[[nodiscard]] Bytes encryptCbc(BlockCipher cipher, BytesView key, BytesView iv, BytesView plaintext);
[[nodiscard]] Bytes decryptCbc(BlockCipher cipher, BytesView key, BytesView iv, BytesView ciphertext);

/// One block by itself (ECB mode).
[[nodiscard]] Bytes encryptBlock(BlockCipher cipher, BytesView key, BytesView block);

} // namespace cancuoc
