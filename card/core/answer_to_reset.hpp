// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace cancuoc::card {

/// Card service data (ISO/IEC 7816-4, 12.1.1.2.3): application selection by full and partial DF name;
/// BER-TLV data objects in EF.DIR and in EF.ATR/INFO, both read by READ BINARY; a card with a master file.
inline constexpr std::uint8_t cardServiceData = 0x80 | 0x40 | 0x20 | 0x10 | 0x08;

/// Card capabilities (12.1.1.2.8). First: DF selection by full and partial DF name and by file identifier,
/// file selection by short EF identifier. Second: data units of one byte. Third: command chaining, extended
/// Lc and Le fields, extended length information in EF.ATR/INFO.
inline constexpr std::array<std::uint8_t, 3> cardCapabilities{0x80 | 0x40 | 0x10 | 0x04, 0x01,
                                                              0x80 | 0x40 | 0x20};

/// The answer to reset: T0 with 7 historical bytes and TD1; TD1 with T=0 and TD2 with T=1, as PC/SC part 3
/// shows a contactless card; historical bytes in compact-TLV (category indicator 80). Its last byte TCK makes
/// the exclusive-or of all bytes from T0 on zero (ISO/IEC 7816-3, 8.2.5).
inline constexpr std::array<std::uint8_t, 12> answerToReset = [] {
    std::array<std::uint8_t, 12> answer{0x3B,
                                        0x87,
                                        0x80,
                                        0x01,
                                        0x80,
                                        0x31,
                                        cardServiceData,
                                        0x73,
                                        cardCapabilities[0],
                                        cardCapabilities[1],
                                        cardCapabilities[2]};
    for (std::size_t i = 1; i + 1 < answer.size(); ++i) {
        answer.back() = static_cast<std::uint8_t>(answer.back() ^ answer[i]);
    }
    return answer;
}();

/// The content of EF.ATR/INFO: DO'43' card service data, DO'47' card capabilities, DO'7F66' extended length
/// information (ISO/IEC 7816-4, 12.7.1): the longest command APDU and the longest response APDU in bytes.
inline constexpr std::array<std::uint8_t, 19> answerToResetInformation = [] {
    constexpr std::size_t command = configuration::maximumCommand;
    constexpr std::size_t response = configuration::maximumResponse;
    static_assert(command < 0x8000 && response < 0x8000, "each is a positive INTEGER of two bytes");
    return std::array<std::uint8_t, 19>{0x43,
                                        0x01,
                                        cardServiceData,
                                        0x47,
                                        0x03,
                                        cardCapabilities[0],
                                        cardCapabilities[1],
                                        cardCapabilities[2],
                                        0x7F,
                                        0x66,
                                        0x08,
                                        0x02,
                                        0x02,
                                        static_cast<std::uint8_t>(command >> 8),
                                        static_cast<std::uint8_t>(command & 0xFF),
                                        0x02,
                                        0x02,
                                        static_cast<std::uint8_t>(response >> 8),
                                        static_cast<std::uint8_t>(response & 0xFF)};
}();

} // namespace cancuoc::card
