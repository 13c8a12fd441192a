// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::crypto {

/// The byte that padding begins with; zeros follow (ISO/IEC 9797-1, padding method 2).
inline constexpr std::uint8_t paddingStart = 0x80;

/// The length of data without the padding that filled its last block of `blockSize` bytes; nothing when the
/// padding is wrong. Its time depends on the data: to be asked only about data whose MAC was verified.
[[nodiscard]] constexpr std::optional<std::size_t> sizeWithoutPadding(std::span<const std::uint8_t> padded,
                                                                      std::size_t blockSize) {
    for (std::size_t count = 1; count <= std::min(blockSize, padded.size()); ++count) {
        const std::uint8_t byte = padded[padded.size() - count];
        if (byte == paddingStart) {
            return padded.size() - count;
        }
        if (byte != 0) {
            break;
        }
    }
    return std::nullopt;
}

} // namespace cancuoc::card::crypto
