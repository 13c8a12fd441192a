// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/random.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

/// What known-answer tests of the chip need: bytes written as in the worked examples, and scripted
/// randomness.
namespace cancuoc::card::test {

using Bytes = std::vector<std::uint8_t>;

/// Bytes from hexadecimal digits; blanks between them are ignored.
inline Bytes hex(std::string_view digits) {
    Bytes bytes;
    int high = -1;
    for (const char digit : digits) {
        if (digit == ' ') {
            continue;
        }
        const auto position = std::string_view("0123456789ABCDEFabcdef").find(digit);
        if (position == std::string_view::npos) {
            throw std::invalid_argument("not a hexadecimal digit");
        }
        const int value = static_cast<int>(position < 16 ? position : position - 6);
        if (high < 0) {
            high = value;
        } else {
            bytes.push_back(static_cast<std::uint8_t>(high << 4 | value));
            high = -1;
        }
    }
    if (high >= 0) {
        throw std::invalid_argument("an odd number of hexadecimal digits");
    }
    return bytes;
}

inline Bytes toBytes(std::span<const std::uint8_t> view) {
    return {view.begin(), view.end()};
}

inline Bytes ascii(std::string_view text) {
    return {text.begin(), text.end()};
}

/// The concatenation of byte strings.
template <typename... Parts>
Bytes join(const Parts&... parts) {
    Bytes whole((parts.size() + ... + 0));
    auto end = whole.begin();
    ((end = std::copy(parts.begin(), parts.end(), end)), ...);
    return whole;
}

/// Yields the scripted bytes first and pseudo-random ones of a fixed seed afterwards.
class ScriptedRandom final : public RandomSource {
public:
    explicit ScriptedRandom(Bytes script = {}, std::uint64_t seed = 1)
        : script_(std::move(script)), generator_(seed) {}

    bool fill(std::span<std::uint8_t> output) override {
        for (auto& byte : output) {
            byte = position_ < script_.size() ? script_[position_++]
                                              : static_cast<std::uint8_t>(generator_() >> 32);
        }
        return true;
    }

    /// Whether every scripted byte was drawn.
    [[nodiscard]] bool exhausted() const { return position_ == script_.size(); }

private:
    Bytes script_;
    std::size_t position_ = 0;
    std::mt19937_64 generator_;
};

/// A source that has run dry.
class FailingRandom final : public RandomSource {
public:
    bool fill(std::span<std::uint8_t>) override { return false; }
};

} // namespace cancuoc::card::test
