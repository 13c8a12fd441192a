// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cancuoc::card {

namespace detail {

// T0: 7 historical bytes and TD1; TD1: T=0 follows, TD2: T=1, as PC/SC part 3 shows a contactless card.
// Historical bytes (ISO/IEC 7816-4, 12.1.1), compact-TLV: category 80; card service data C0 (application
// selection by full and partial DF name); card capabilities D4 01 C0 (selection by full and partial DF name,
// file identifier and short EF identifier; data unit of one byte; command chaining, extended Lc and Le
// fields).
inline constexpr std::array<std::uint8_t, 11> answerToResetWithoutCheck{0x3B, 0x87, 0x80, 0x01, 0x80, 0x31,
                                                                        0xC0, 0x73, 0xD4, 0x01, 0xC0};

} // namespace detail

/// The answer to reset: T=1, compact-TLV historical bytes that announce extended length fields.
/// Its last byte TCK makes the exclusive-or of all bytes from T0 on zero (ISO/IEC 7816-3, 8.2.5).
inline constexpr std::array<std::uint8_t, 12> answerToReset = [] {
    std::array<std::uint8_t, 12> answer{};
    for (std::size_t i = 0; i < detail::answerToResetWithoutCheck.size(); ++i) {
        answer[i] = detail::answerToResetWithoutCheck[i];
        if (i > 0) {
            answer.back() = static_cast<std::uint8_t>(answer.back() ^ answer[i]);
        }
    }
    return answer;
}();

} // namespace cancuoc::card
