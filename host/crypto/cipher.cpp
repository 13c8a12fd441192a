// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/cipher.hpp"

#include "host/base/secret_bytes.hpp"

namespace cancuoc {

namespace {

constexpr std::size_t longestBlock = 16;
constexpr int encryptDirection = 1;
constexpr int decryptDirection = 0;

const EVP_CIPHER* opensslCbc(BlockCipher cipher) {
    switch (cipher) {
    case BlockCipher::TripleDes:
        return EVP_des_ede3_cbc();
    case BlockCipher::Aes128:
        return EVP_aes_128_cbc();
    case BlockCipher::Aes192:
        return EVP_aes_192_cbc();
    case BlockCipher::Aes256:
        return EVP_aes_256_cbc();
    }
    throw BadConfiguration("The block cipher is unknown.");
}

const EVP_CIPHER* opensslEcb(BlockCipher cipher) {
    switch (cipher) {
    case BlockCipher::TripleDes:
        return EVP_des_ede3_ecb();
    case BlockCipher::Aes128:
        return EVP_aes_128_ecb();
    case BlockCipher::Aes192:
        return EVP_aes_192_ecb();
    case BlockCipher::Aes256:
        return EVP_aes_256_ecb();
    }
    throw BadConfiguration("The block cipher is unknown.");
}

// OpenSSL takes 3DES keys as K1, K2, K3; two-key 3DES repeats K1.
SecretBytes opensslKey(BlockCipher cipher, BytesView key) {
    if (key.size() != keySizeOf(cipher)) {
        throw BadConfiguration("A key of " + std::string(nameOf(cipher)) + " must have " +
                               std::to_string(keySizeOf(cipher)) + " bytes.");
    }
    return cipher == BlockCipher::TripleDes ? SecretBytes(concat(key, key.first(8))) : SecretBytes(key);
}

CipherContextPtr keyedContext(BlockCipher cipher, const EVP_CIPHER* mode, BytesView key, int direction) {
    auto context = ownOpenssl<CipherContextPtr>(EVP_CIPHER_CTX_new(), "The cipher cannot be set up");
    const SecretBytes fullKey = opensslKey(cipher, key);
    requireOpenssl(EVP_CipherInit_ex(context.get(), mode, nullptr, fullKey.view().data(), nullptr, direction),
                   "The cipher cannot be set up");
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    return context;
}

} // namespace

std::string_view nameOf(BlockCipher cipher) {
    switch (cipher) {
    case BlockCipher::TripleDes:
        return "3DES";
    case BlockCipher::Aes128:
        return "AES-128";
    case BlockCipher::Aes192:
        return "AES-192";
    case BlockCipher::Aes256:
        return "AES-256";
    }
    throw BadConfiguration("The block cipher is unknown.");
}

std::size_t blockSizeOf(BlockCipher cipher) {
    return cipher == BlockCipher::TripleDes ? 8 : longestBlock;
}

std::size_t keySizeOf(BlockCipher cipher) {
    switch (cipher) {
    case BlockCipher::TripleDes:
    case BlockCipher::Aes128:
        return 16;
    case BlockCipher::Aes192:
        return 24;
    case BlockCipher::Aes256:
        return 32;
    }
    throw BadConfiguration("The block cipher is unknown.");
}

CbcCipher::CbcCipher(BlockCipher cipher, BytesView key)
    : blockSize_(blockSizeOf(cipher)),
      encryption_(keyedContext(cipher, opensslCbc(cipher), key, encryptDirection)),
      decryption_(keyedContext(cipher, opensslCbc(cipher), key, decryptDirection)) {}

void CbcCipher::encrypt(BytesView iv, BytesView input, std::span<std::uint8_t> output) {
    run(*encryption_, iv, input, output);
}

void CbcCipher::decrypt(BytesView iv, BytesView input, std::span<std::uint8_t> output) {
    run(*decryption_, iv, input, output);
}

void CbcCipher::run(EVP_CIPHER_CTX& context, BytesView iv, BytesView input,
                    std::span<std::uint8_t> output) const {
    if (iv.size() != blockSize_ || input.size() % blockSize_ != 0 || output.size() != input.size()) {
        throw CryptographyError("The cipher takes whole blocks only.");
    }
    requireOpenssl(EVP_CipherInit_ex(&context, nullptr, nullptr, nullptr, iv.data(), -1),
                   "The cipher cannot be started");
    int written = 0;
    requireOpenssl(
        EVP_CipherUpdate(&context, output.data(), &written, input.data(), static_cast<int>(input.size())),
        "The cipher failed");
    if (static_cast<std::size_t>(written) != output.size()) {
        throw CryptographyError("The cipher wrote too little.");
    }
}

Bytes encryptCbc(BlockCipher cipher, BytesView key, BytesView iv, BytesView plaintext) {
    Bytes ciphertext(plaintext.size());
    CbcCipher(cipher, key).encrypt(iv, plaintext, ciphertext);
    return ciphertext;
}

Bytes decryptCbc(BlockCipher cipher, BytesView key, BytesView iv, BytesView ciphertext) {
    Bytes plaintext(ciphertext.size());
    CbcCipher(cipher, key).decrypt(iv, ciphertext, plaintext);
    return plaintext;
}

BlockEncryption::BlockEncryption(BlockCipher cipher, BytesView key)
    : blockSize_(blockSizeOf(cipher)),
      context_(keyedContext(cipher, opensslEcb(cipher), key, encryptDirection)) {}

void BlockEncryption::encrypt(BytesView block, std::span<std::uint8_t> output) {
    if (block.size() != blockSize_ || output.size() != blockSize_) {
        throw CryptographyError("The cipher takes exactly one block here.");
    }
    int written = 0;
    requireOpenssl(EVP_EncryptUpdate(context_.get(), output.data(), &written, block.data(),
                                     static_cast<int>(block.size())),
                   "The cipher failed");
}

Bytes encryptBlock(BlockCipher cipher, BytesView key, BytesView block) {
    Bytes output(blockSizeOf(cipher));
    BlockEncryption(cipher, key).encrypt(block, output);
    return output;
}

} // namespace cancuoc
