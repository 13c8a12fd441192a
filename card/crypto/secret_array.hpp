// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/crypto/memory.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::crypto {

/// `Size` secret bytes that are wiped when their life ends. A copy is a secret of its own and wipes itself
/// too.
template <std::size_t Size>
class SecretArray {
public:
    SecretArray() = default;
    SecretArray(const SecretArray&) = default;
    SecretArray& operator=(const SecretArray&) = default;
    ~SecretArray() { wipe(bytes_); }

    [[nodiscard]] std::span<std::uint8_t, Size> bytes() { return bytes_; }
    [[nodiscard]] std::span<const std::uint8_t, Size> view() const { return bytes_; }
    [[nodiscard]] static constexpr std::size_t size() { return Size; }

    std::uint8_t& operator[](std::size_t index) { return bytes_[index]; }
    std::uint8_t operator[](std::size_t index) const { return bytes_[index]; }

    /// Overwrites the secret with zeros before its life ends.
    void clear() { wipe(bytes_); }

private:
    std::array<std::uint8_t, Size> bytes_{};
};

/// Up to `Capacity` secret bytes that are wiped when their life ends.
template <std::size_t Capacity>
class SecretBuffer {
public:
    SecretBuffer() = default;
    SecretBuffer(const SecretBuffer&) = default;
    SecretBuffer& operator=(const SecretBuffer&) = default;
    ~SecretBuffer() { wipe(bytes_); }

    /// Takes a copy of `source`; false, and then empty, when it is longer than `Capacity`.
    [[nodiscard]] bool assign(std::span<const std::uint8_t> source) {
        if (!resize(source.size())) {
            return false;
        }
        std::copy(source.begin(), source.end(), bytes_.begin());
        return true;
    }

    /// Wipes the content and makes room for `size` zero bytes; false, and then empty, when that exceeds
    /// `Capacity`.
    [[nodiscard]] bool resize(std::size_t size) {
        clear();
        if (size > Capacity) {
            return false;
        }
        size_ = size;
        return true;
    }

    [[nodiscard]] std::span<std::uint8_t> bytes() { return std::span(bytes_).first(size_); }
    [[nodiscard]] std::span<const std::uint8_t> view() const { return std::span(bytes_).first(size_); }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

    /// Wipes the content; empty afterwards.
    void clear() {
        wipe(bytes_);
        size_ = 0;
    }

private:
    std::array<std::uint8_t, Capacity> bytes_{};
    std::size_t size_ = 0;
};

} // namespace cancuoc::card::crypto
