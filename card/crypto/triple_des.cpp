// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/triple_des.hpp"

#include "card/crypto/memory.hpp"

#include <algorithm>

namespace cancuoc::card::crypto {
namespace {

bool tripleDesCbc(int mode, std::span<const std::uint8_t, tripleDesKeySize> key,
                  std::span<const std::uint8_t, desBlockSize> initializationVector,
                  std::span<const std::uint8_t> input, std::span<std::uint8_t> output) {
    if (input.size() != output.size()) {
        return false;
    }
    DesBlock chaining{};
    std::copy(initializationVector.begin(), initializationVector.end(), chaining.begin());
    mbedtls_des3_context context;
    mbedtls_des3_init(&context);
    const int keyed = mode == MBEDTLS_DES_ENCRYPT ? mbedtls_des3_set2key_enc(&context, key.data())
                                                  : mbedtls_des3_set2key_dec(&context, key.data());
    const bool done = keyed == 0 && mbedtls_des3_crypt_cbc(&context, mode, input.size(), chaining.data(),
                                                           input.data(), output.data()) == 0;
    mbedtls_des3_free(&context);
    return done;
}

} // namespace

bool tripleDesCbcEncrypt(std::span<const std::uint8_t, tripleDesKeySize> key,
                         std::span<const std::uint8_t, desBlockSize> initializationVector,
                         std::span<const std::uint8_t> input, std::span<std::uint8_t> output) {
    return tripleDesCbc(MBEDTLS_DES_ENCRYPT, key, initializationVector, input, output);
}

bool tripleDesCbcDecrypt(std::span<const std::uint8_t, tripleDesKeySize> key,
                         std::span<const std::uint8_t, desBlockSize> initializationVector,
                         std::span<const std::uint8_t> input, std::span<std::uint8_t> output) {
    return tripleDesCbc(MBEDTLS_DES_DECRYPT, key, initializationVector, input, output);
}

void adjustDesParity(std::span<std::uint8_t> key) {
    for (auto& byte : key) {
        auto parity = static_cast<std::uint8_t>(byte >> 1);
        parity = static_cast<std::uint8_t>(parity ^ (parity >> 4));
        parity = static_cast<std::uint8_t>(parity ^ (parity >> 2));
        parity = static_cast<std::uint8_t>(parity ^ (parity >> 1));
        byte = static_cast<std::uint8_t>((byte & 0xFE) | (~parity & 0x01));
    }
}

RetailMac::RetailMac(std::span<const std::uint8_t, tripleDesKeySize> key) {
    mbedtls_des_init(&left_);
    mbedtls_des_init(&rightDecryption_);
    usable_ = mbedtls_des_setkey_enc(&left_, key.data()) == 0 &&
              mbedtls_des_setkey_dec(&rightDecryption_, key.data() + desBlockSize) == 0;
}

RetailMac::~RetailMac() {
    mbedtls_des_free(&left_);
    mbedtls_des_free(&rightDecryption_);
    wipe(chaining_);
}

void RetailMac::absorb(std::uint8_t byte) {
    chaining_[filled_] = static_cast<std::uint8_t>(chaining_[filled_] ^ byte);
    if (++filled_ == desBlockSize) {
        filled_ = 0;
        usable_ = usable_ && mbedtls_des_crypt_ecb(&left_, chaining_.data(), chaining_.data()) == 0;
    }
}

void RetailMac::update(std::span<const std::uint8_t> message) {
    for (const auto byte : message) {
        absorb(byte);
    }
}

void RetailMac::pad() {
    absorb(0x80);
    while (filled_ != 0) {
        absorb(0x00);
    }
}

bool RetailMac::finish(std::span<std::uint8_t, desBlockSize> mac) {
    // ISO/IEC 9797-1, 7.4: output transformation 3, decryption with K' and encryption with K.
    if (!usable_ || filled_ != 0 ||
        mbedtls_des_crypt_ecb(&rightDecryption_, chaining_.data(), chaining_.data()) != 0 ||
        mbedtls_des_crypt_ecb(&left_, chaining_.data(), chaining_.data()) != 0) {
        return false;
    }
    usable_ = false;
    std::copy(chaining_.begin(), chaining_.end(), mac.begin());
    return true;
}

} // namespace cancuoc::card::crypto
