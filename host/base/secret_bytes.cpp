// SPDX-License-Identifier: Apache-2.0
#include "host/base/secret_bytes.hpp"

#include <openssl/crypto.h>

#include <array>
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

void wipe(std::string& text) noexcept {
    const std::size_t size = text.size();
    text.resize(text.capacity());
    wipe(std::span(reinterpret_cast<std::uint8_t*>(text.data()), text.size()));
    text.resize(size);
}

void wipe(std::span<std::uint8_t> bytes) noexcept {
    OPENSSL_cleanse(bytes.data(), bytes.size());
}

#if __has_cpp_attribute(gnu::zero_call_used_regs)
#define CANCUOC_WIPES_REGISTERS [[gnu::noinline, gnu::zero_call_used_regs("all")]]
#else
#define CANCUOC_WIPES_REGISTERS [[gnu::noinline]]
#endif

// The registers are wiped as the function returns; the compiler keeps calls of one with an asm statement.
CANCUOC_WIPES_REGISTERS static void wipeRegisters() noexcept {
    asm volatile("");
}

#undef CANCUOC_WIPES_REGISTERS

// Registers first: a call through the dynamic linker stores them on the stack.
[[gnu::noinline]] void wipeStack() noexcept {
    wipeRegisters();
    std::array<std::uint8_t, 16384> stack; // NOLINT(cppcoreguidelines-pro-type-member-init): all of it is
    wipe(stack);
}

bool equalConstantTime(BytesView left, BytesView right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace cancuoc
