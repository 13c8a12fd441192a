// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace cancuoc {

/// SW1-SW2, the end of every response (ISO/IEC 7816-4, 5.6).
class StatusWord {
public:
    constexpr StatusWord() = default;
    constexpr explicit StatusWord(std::uint16_t value) : value_(value) {}

    [[nodiscard]] constexpr std::uint16_t value() const { return value_; }
    [[nodiscard]] constexpr std::uint8_t sw1() const { return static_cast<std::uint8_t>(value_ >> 8U); }
    [[nodiscard]] constexpr std::uint8_t sw2() const { return static_cast<std::uint8_t>(value_ & 0xFFU); }
    /// 9000 and nothing else.
    [[nodiscard]] constexpr bool isSuccess() const { return value_ == 0x9000; }
    /// 9000, or the warnings 62xx and 63xx: the command was carried out.
    [[nodiscard]] constexpr bool isSuccessOrWarning() const {
        return isSuccess() || sw1() == 0x62 || sw1() == 0x63;
    }

    friend constexpr bool operator==(const StatusWord&, const StatusWord&) = default;

private:
    std::uint16_t value_ = 0;
};

namespace status_word {

inline constexpr StatusWord success{0x9000};
inline constexpr StatusWord endOfFileReached{0x6282};
inline constexpr StatusWord authenticationFailed{0x6300};
inline constexpr StatusWord wrongLength{0x6700};
inline constexpr StatusWord securityStatusNotSatisfied{0x6982};
inline constexpr StatusWord conditionsOfUseNotSatisfied{0x6985};
inline constexpr StatusWord secureMessagingObjectsMissing{0x6987};
inline constexpr StatusWord secureMessagingObjectsIncorrect{0x6988};
inline constexpr StatusWord wrongData{0x6A80};
inline constexpr StatusWord fileNotFound{0x6A82};
inline constexpr StatusWord wrongOffset{0x6B00};
inline constexpr StatusWord instructionNotSupported{0x6D00};

} // namespace status_word

/// Four hexadecimal digits and what ISO/IEC 7816-4 says they mean: "6982 (security status not satisfied)".
[[nodiscard]] std::string describe(StatusWord statusWord);

} // namespace cancuoc
