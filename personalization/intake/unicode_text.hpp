// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// Number of Unicode characters in `text`, which must be UTF-8.
[[nodiscard]] std::size_t characterCount(std::string_view text);

/// Whether `text` (UTF-8) holds a control, format or unassigned character or a line break.
[[nodiscard]] bool hasControlCharacter(std::string_view text);

/// Whether `text` (UTF-8) is one or more words of Latin letters, with single spaces, hyphens, apostrophes or
/// full stops between letters.
[[nodiscard]] bool isPersonalName(std::string_view text);

/// Whether every letter of `text` (UTF-8, normalization form C) is one of the Vietnamese alphabet with its
/// tones, or one of F, J, W and Z, which names of some peoples have.
[[nodiscard]] bool hasVietnameseLettersOnly(std::string_view text);

} // namespace cancuoc::personalization
