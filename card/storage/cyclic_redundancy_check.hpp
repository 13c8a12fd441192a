// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace cancuoc::card {

/// CRC-32 of ISO/IEC 13239 (reflected, polynomial 04C11DB7) over bytes that arrive in pieces. It tells a torn
/// write from a whole one; it protects against no attacker. The bytes may be secrets: the time hangs on their
/// number alone.
class CyclicRedundancyCheck {
public:
    /// Appends `bytes` of any length.
    void update(std::span<const std::uint8_t> bytes) {
        for (const std::uint8_t byte : bytes) {
            remainder_ ^= byte;
            for (int bit = 0; bit < 8; ++bit) {
                remainder_ = (remainder_ >> 1) ^ ((0U - (remainder_ & 1U)) & reversedPolynomial);
            }
        }
    }

    /// The check value of everything so far.
    [[nodiscard]] std::uint32_t value() const { return ~remainder_; }

private:
    static constexpr std::uint32_t reversedPolynomial = 0xEDB88320U;

    std::uint32_t remainder_ = 0xFFFFFFFFU;
};

} // namespace cancuoc::card
