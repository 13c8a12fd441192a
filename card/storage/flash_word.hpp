// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"
#include "card/crypto/secret_array.hpp"
#include "card/storage/flash.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

/// Flash words as the storage formats use them: two numbers of four bytes, big-endian.
namespace cancuoc::card {

using FlashWord = std::array<std::uint8_t, configuration::flashWordSize>;

static_assert(configuration::flashWordSize == 8, "two numbers fill one word");

inline void writeNumber(std::span<std::uint8_t, 4> output, std::uint32_t number) {
    for (std::size_t i = 0; i < output.size(); ++i) {
        output[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    }
}

[[nodiscard]] inline std::uint32_t readNumber(std::span<const std::uint8_t, 4> bytes) {
    std::uint32_t number = 0;
    for (const std::uint8_t byte : bytes) {
        number = number << 8 | byte;
    }
    return number;
}

[[nodiscard]] inline FlashWord makeWord(std::uint32_t first, std::uint32_t second) {
    FlashWord word{};
    writeNumber(std::span(word).first<4>(), first);
    writeNumber(std::span(word).last<4>(), second);
    return word;
}

[[nodiscard]] inline std::uint32_t firstNumber(const FlashWord& word) {
    return readNumber(std::span(word).first<4>());
}

[[nodiscard]] inline std::uint32_t secondNumber(const FlashWord& word) {
    return readNumber(std::span(word).last<4>());
}

/// Whether `bytes` are as an erasure leaves them. They may be secrets: only the answer shows in the time.
[[nodiscard]] inline bool isErased(std::span<const std::uint8_t> bytes) {
    constexpr std::uint8_t none = 0;
    std::uint8_t programmed = none;
    for (const std::uint8_t byte : bytes) {
        programmed |= static_cast<std::uint8_t>(~byte);
    }
    return crypto::equalConstantTime({&programmed, 1}, {&none, 1});
}

/// Whether `memory` is erased from `begin` up to `end`; false when it fails.
[[nodiscard]] inline bool isErased(const Flash& memory, std::size_t begin, std::size_t end) {
    crypto::SecretArray<16 * configuration::flashWordSize> buffer;
    for (std::size_t address = begin; address < end; address += buffer.size()) {
        const auto bytes = buffer.bytes().first(std::min(buffer.size(), end - address));
        if (!memory.read(address, bytes) || !isErased(bytes)) {
            return false;
        }
    }
    return true;
}

} // namespace cancuoc::card
