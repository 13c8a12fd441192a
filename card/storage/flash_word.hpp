// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"

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

} // namespace cancuoc::card
