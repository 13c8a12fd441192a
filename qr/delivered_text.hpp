// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "qr/oddity.hpp"

namespace cancuoc::qr {

/// The text of a symbol as its issuer wrote it, and what had become of it on the way.
struct DeliveredText {
    std::string text; ///< UTF-8 in normalization form C, without control characters
    std::vector<Oddity> oddities;
};

/// Undoes what decoders and keyboard-wedge scanners do to a text, and names each thing undone: byte-order
/// mark, control characters, spaces around it, full-width characters, letters apart from their marks, and
/// UTF-8 taken for another character set. What cannot be undone with certainty stays and is named too.
/// @param delivered bytes of the symbol or the scanner, of any encoding, at most `maximumPayloadLength`
[[nodiscard]] DeliveredText readDelivered(std::string_view delivered);

/// What is shown for a byte that is no UTF-8.
constexpr char32_t replacement = 0xFFFD;

/// The text with U+FFFD in place of each byte that is no UTF-8.
[[nodiscard]] std::string withReplacements(std::string_view text);

/// The field separator of the card's QR.
constexpr char fieldSeparator = '|';

/// The fields between the separators; at least one, which may be empty.
[[nodiscard]] std::vector<std::string> splitFields(std::string_view text);

/// Where the first field separator stands in a text as it was delivered, full-width ones included; its length
/// if there is none.
[[nodiscard]] std::size_t positionOfSeparator(std::string_view delivered);

/// How far a text as it was delivered is a number: blanks, control characters and a byte-order mark before it
/// do not count, full-width digits do.
struct LeadingDigits {
    std::size_t count = 0;
    std::size_t end = 0; ///< position of what follows, in bytes from 0
};

[[nodiscard]] LeadingDigits leadingDigits(std::string_view delivered);

} // namespace cancuoc::qr
