// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

namespace cancuoc::card::crypto {

/// The byte that padding begins with; zeros follow (ISO/IEC 9797-1, padding method 2).
inline constexpr std::uint8_t paddingStart = 0x80;

/// What padding looks like: `size` is the length of the data without it, and `isRight` is 1, or 0 when there
/// is none and `size` counts all bytes.
struct Padding {
    std::size_t size = 0;
    std::uint8_t isRight = 0;
};

/// Finds the padding that filled the last block of `blockSize` bytes. No branch and no address hangs on the
/// data, so that they may be secret, or nobody's whom the chip knows.
[[nodiscard]] constexpr Padding findPadding(std::span<const std::uint8_t> padded, std::size_t blockSize) {
    const auto isZero = [](unsigned byte) {
        return (byte - 1) >> (std::numeric_limits<unsigned>::digits - 1);
    };
    std::size_t paddingSize = 0;
    unsigned found = 0;
    unsigned zerosOnly = 1;
    for (std::size_t count = 1; count <= std::min(blockSize, padded.size()); ++count) {
        const unsigned byte = padded[padded.size() - count];
        const unsigned begins = zerosOnly & isZero(byte ^ paddingStart);
        paddingSize |= count & (std::size_t{0} - begins);
        found |= begins;
        zerosOnly &= isZero(byte);
    }
    return {padded.size() - paddingSize, static_cast<std::uint8_t>(found)};
}

/// The length of data without the padding that filled its last block of `blockSize` bytes; nothing when the
/// padding is wrong. The answer tells whether it is: to be asked only about data whose MAC was verified.
[[nodiscard]] constexpr std::optional<std::size_t> sizeWithoutPadding(std::span<const std::uint8_t> padded,
                                                                      std::size_t blockSize) {
    const Padding padding = findPadding(padded, blockSize);
    return padding.isRight != 0 ? std::optional(padding.size) : std::nullopt;
}

} // namespace cancuoc::card::crypto
