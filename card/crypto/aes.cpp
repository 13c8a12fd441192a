// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/aes.hpp"

#include "card/crypto/secret_array.hpp"

#include <algorithm>

#include <mbedtls/aes.h>
#include <mbedtls/cmac.h>

namespace cancuoc::card::crypto {
namespace {

/// An AES context that wipes its round keys.
class AesContext {
public:
    AesContext() { mbedtls_aes_init(&context_); }
    ~AesContext() { mbedtls_aes_free(&context_); }
    AesContext(const AesContext&) = delete;
    AesContext& operator=(const AesContext&) = delete;

    [[nodiscard]] bool setKey(std::span<const std::uint8_t> key, int mode) {
        const auto bits = static_cast<unsigned int>(key.size() * 8);
        return (mode == MBEDTLS_AES_ENCRYPT ? mbedtls_aes_setkey_enc(&context_, key.data(), bits)
                                            : mbedtls_aes_setkey_dec(&context_, key.data(), bits)) == 0;
    }

    mbedtls_aes_context* get() { return &context_; }

private:
    mbedtls_aes_context context_;
};

bool aesCbc(int mode, std::span<const std::uint8_t> key,
            std::span<const std::uint8_t, aesBlockSize> initializationVector,
            std::span<const std::uint8_t> input, std::span<std::uint8_t> output) {
    AesContext context;
    if (input.size() != output.size() || !context.setKey(key, mode)) {
        return false;
    }
    AesBlock chaining{};
    std::copy(initializationVector.begin(), initializationVector.end(), chaining.begin());
    return mbedtls_aes_crypt_cbc(context.get(), mode, input.size(), chaining.data(), input.data(),
                                 output.data()) == 0;
}

mbedtls_cipher_type_t ecbCipherFor(std::size_t keySize) {
    switch (keySize) {
    case 16:
        return MBEDTLS_CIPHER_AES_128_ECB;
    case 24:
        return MBEDTLS_CIPHER_AES_192_ECB;
    case 32:
        return MBEDTLS_CIPHER_AES_256_ECB;
    default:
        return MBEDTLS_CIPHER_NONE;
    }
}

} // namespace

bool aesEncryptBlock(std::span<const std::uint8_t> key, std::span<const std::uint8_t, aesBlockSize> input,
                     std::span<std::uint8_t, aesBlockSize> output) {
    AesContext context;
    return context.setKey(key, MBEDTLS_AES_ENCRYPT) &&
           mbedtls_aes_crypt_ecb(context.get(), MBEDTLS_AES_ENCRYPT, input.data(), output.data()) == 0;
}

bool aesCbcEncrypt(std::span<const std::uint8_t> key,
                   std::span<const std::uint8_t, aesBlockSize> initializationVector,
                   std::span<const std::uint8_t> input, std::span<std::uint8_t> output) {
    return aesCbc(MBEDTLS_AES_ENCRYPT, key, initializationVector, input, output);
}

bool aesCbcDecrypt(std::span<const std::uint8_t> key,
                   std::span<const std::uint8_t, aesBlockSize> initializationVector,
                   std::span<const std::uint8_t> input, std::span<std::uint8_t> output) {
    return aesCbc(MBEDTLS_AES_DECRYPT, key, initializationVector, input, output);
}

AesCmac::AesCmac(std::span<const std::uint8_t> key) {
    mbedtls_cipher_init(&context_);
    const auto* cipher = mbedtls_cipher_info_from_type(ecbCipherFor(key.size()));
    usable_ = cipher != nullptr && mbedtls_cipher_setup(&context_, cipher) == 0 &&
              mbedtls_cipher_cmac_starts(&context_, key.data(), key.size() * 8) == 0;
}

AesCmac::~AesCmac() {
    mbedtls_cipher_free(&context_);
}

void AesCmac::update(std::span<const std::uint8_t> message) {
    usable_ = usable_ &&
              (message.empty() || mbedtls_cipher_cmac_update(&context_, message.data(), message.size()) == 0);
}

bool AesCmac::finish(std::span<std::uint8_t> mac) {
    SecretArray<aesBlockSize> whole;
    if (!usable_ || mac.empty() || mac.size() > whole.size() ||
        mbedtls_cipher_cmac_finish(&context_, whole.bytes().data()) != 0) {
        return false;
    }
    usable_ = false;
    std::copy_n(whole.view().begin(), mac.size(), mac.begin());
    return true;
}

bool aesCmac(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message,
             std::span<std::uint8_t> mac) {
    AesCmac cmac(key);
    cmac.update(message);
    return cmac.finish(mac);
}

} // namespace cancuoc::card::crypto
