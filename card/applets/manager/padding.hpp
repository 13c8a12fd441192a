// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::manager {

/// The length of what ISO/IEC 9797-1 padding method 2 padded: everything before 80 00...00; nothing when
/// `padded` does not end so. It tells nothing that a verified MAC has not vouched for.
[[nodiscard]] constexpr std::optional<std::size_t>
lengthWithoutPadding(std::span<const std::uint8_t> padded) {
    std::size_t length = padded.size();
    while (length > 0 && padded[length - 1] == 0x00) {
        --length;
    }
    if (length == 0 || padded[length - 1] != 0x80) {
        return std::nullopt;
    }
    return length - 1;
}

} // namespace cancuoc::card::manager
