// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/symmetric_cipher.hpp"

#include <algorithm>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

bool isTripleDes(SymmetricCipher cipher) {
    return cipher == SymmetricCipher::TripleDes;
}

bool fits(SymmetricCipher cipher, const SymmetricKey& key, Bytes initializationVector) {
    return key.size() == keySizeOf(cipher) && initializationVector.size() == blockSizeOf(cipher);
}

} // namespace

std::size_t keySizeOf(SymmetricCipher cipher) {
    switch (cipher) {
    case SymmetricCipher::TripleDes:
    case SymmetricCipher::Aes128:
        return 16;
    case SymmetricCipher::Aes192:
        return 24;
    case SymmetricCipher::Aes256:
        return 32;
    }
    return 0;
}

std::size_t blockSizeOf(SymmetricCipher cipher) {
    return isTripleDes(cipher) ? crypto::desBlockSize : crypto::aesBlockSize;
}

bool cbcEncrypt(SymmetricCipher cipher, const SymmetricKey& key, Bytes initializationVector, Bytes input,
                std::span<std::uint8_t> output) {
    if (!fits(cipher, key, initializationVector)) {
        return false;
    }
    return isTripleDes(cipher)
               ? crypto::tripleDesCbcEncrypt(key.view().first<crypto::tripleDesKeySize>(),
                                             initializationVector.first<crypto::desBlockSize>(), input,
                                             output)
               : crypto::aesCbcEncrypt(key.view(), initializationVector.first<crypto::aesBlockSize>(), input,
                                       output);
}

bool cbcDecrypt(SymmetricCipher cipher, const SymmetricKey& key, Bytes initializationVector, Bytes input,
                std::span<std::uint8_t> output) {
    if (!fits(cipher, key, initializationVector)) {
        return false;
    }
    return isTripleDes(cipher)
               ? crypto::tripleDesCbcDecrypt(key.view().first<crypto::tripleDesKeySize>(),
                                             initializationVector.first<crypto::desBlockSize>(), input,
                                             output)
               : crypto::aesCbcDecrypt(key.view(), initializationVector.first<crypto::aesBlockSize>(), input,
                                       output);
}

MessageAuthenticationCode::MessageAuthenticationCode(SymmetricCipher cipher, const SymmetricKey& key)
    : blockSize_(blockSizeOf(cipher)) {
    if (key.size() != keySizeOf(cipher)) {
        return;
    }
    if (isTripleDes(cipher)) {
        retailMac_.emplace(key.view().first<crypto::tripleDesKeySize>());
    } else {
        cmac_.emplace(key.view());
    }
}

void MessageAuthenticationCode::update(Bytes message) {
    filled_ = (filled_ + message.size()) % blockSize_;
    if (retailMac_) {
        retailMac_->update(message);
    } else if (cmac_) {
        cmac_->update(message);
    }
}

void MessageAuthenticationCode::pad() {
    constexpr std::array<std::uint8_t, maximumBlockSize> padding{0x80};
    update(Bytes(padding).first(blockSize_ - filled_));
}

bool MessageAuthenticationCode::finish(std::span<std::uint8_t, macSize> mac) {
    return (retailMac_ && retailMac_->finish(mac)) || (cmac_ && cmac_->finish(mac));
}

bool MessageAuthenticationCode::verify(Bytes received, const FaultGuard& guard) {
    crypto::SecretArray<macSize> mac;
    return finish(mac.bytes()) &&
           guard.holds([&] { return crypto::equalConstantTime(mac.view(), received); });
}

} // namespace cancuoc::card::emrtd
