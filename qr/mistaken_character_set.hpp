// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::qr {

/// Text turned back to what it was before somebody read its UTF-8 in another character set.
struct TurnedBack {
    std::string text;              ///< UTF-8
    std::string_view characterSet; ///< the one it was taken for, such as `Windows-1252`
};

/// Whether the character can stand in a name or an address on the card: ASCII, a Latin letter with any marks
/// but Eth, which is taken for Đ, or a dash or quotation mark.
[[nodiscard]] bool isOfLatinText(char32_t codePoint);

/// Decoders and scanners guess the character set of a QR that names none, and take the card's UTF-8 for
/// Latin-1, Windows-1252, Big5 or Shift-JIS. The guess is undone only where that is certain: every character
/// has a byte in that character set, the bytes are UTF-8 as RFC 3629 allows it, each letter they write is one
/// of Latin text, and no other character set gives another text.
/// @param text UTF-8 with at least one character that Vietnamese does not have
/// @return nothing if the text is what it should be, or what it was is not certain
[[nodiscard]] std::optional<TurnedBack> turnBackMistakenCharacterSet(std::string_view text);

} // namespace cancuoc::qr
