// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <optional>

namespace cancuoc {

/// A command APDU (ISO/IEC 7816-4, 5.1).
struct CommandApdu {
    /// The largest Ne in a short and in an extended Le field.
    static constexpr std::size_t maximumShortLe = 256;
    static constexpr std::size_t maximumExtendedLe = 65536;
    /// The largest data field with a short and with an extended Lc field.
    static constexpr std::size_t maximumShortData = 255;
    static constexpr std::size_t maximumExtendedData = 65535;
    /// The longest encoding with short lengths: header, Lc, data, Le.
    static constexpr std::size_t maximumShortSize = 4 + 1 + maximumShortData + 1;

    std::uint8_t cla = 0x00;
    std::uint8_t ins = 0x00;
    std::uint8_t p1 = 0x00;
    std::uint8_t p2 = 0x00;
    Bytes data{};
    /// Ne, the number of bytes expected: none, or 1 to 65536. 256 and 65536 mean "as many as there are".
    std::optional<std::size_t> le{};
    /// Extended length fields even where short ones would do: under secure messaging, when the protected
    /// response is longer than a short Le can say.
    bool forceExtendedLength = false;

    /// Whether the length fields are extended: forced, or needed for data or le.
    [[nodiscard]] bool needsExtendedLength() const;
    /// The bytes to send; length fields are extended only when needed. Throws BadConfiguration when data or
    /// le are larger than extended lengths can say, or le is 0.
    [[nodiscard]] Bytes encode() const;
    /// The command that `encoded` is, as a card understands it. Throws MalformedData unless the length fields
    /// agree with the length.
    [[nodiscard]] static CommandApdu decode(BytesView encoded);
};

} // namespace cancuoc
