// SPDX-License-Identifier: Apache-2.0
#include "host/base/secret_bytes.hpp"

#include <openssl/crypto.h>

#include <utility>

namespace cancuoc {

SecretBytes::SecretBytes(std::size_t size) : bytes_(size) {}

SecretBytes::SecretBytes(BytesView secret) : bytes_(secret.begin(), secret.end()) {}

SecretBytes::SecretBytes(Bytes&& secret) noexcept : bytes_(std::move(secret)) {}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        wipe();
        bytes_ = std::exchange(other.bytes_, {});
    }
    return *this;
}

SecretBytes::~SecretBytes() {
    wipe();
}

void SecretBytes::wipe() noexcept {
    cancuoc::wipe(bytes_);
}

void wipe(std::span<std::uint8_t> bytes) noexcept {
    OPENSSL_cleanse(bytes.data(), bytes.size());
}

bool equalConstantTime(BytesView left, BytesView right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace cancuoc
