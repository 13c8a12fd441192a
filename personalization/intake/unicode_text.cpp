// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/unicode_text.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <functional>

namespace cancuoc::personalization {

namespace {

/// Hands each character of `text` to `visit` until one is refused; false when one was refused or malformed.
bool everyCharacter(std::string_view text, const std::function<bool(UChar32)>& visit) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int64_t>(text.size());
    for (std::int64_t position = 0; position < size;) {
        UChar32 character = 0;
        U8_NEXT(bytes, position, size, character);
        if (character < 0 || !visit(character)) {
            return false;
        }
    }
    return true;
}

bool isLatinLetter(UChar32 character) {
    UErrorCode error = U_ZERO_ERROR;
    return u_isalpha(character) != 0 && uscript_getScript(character, &error) == USCRIPT_LATIN;
}

// TCVN 5712: the letters of the alphabet with their tones, but for those of ASCII.
constexpr std::u32string_view vietnameseLetters = U"àáãảạăằắẵẳặâầấẫẩậèéẽẻẹ"
                                                  U"êềếễểệìíĩỉịòóõỏọôồốỗổộ"
                                                  U"ơờớỡởợùúũủụưừứữửựỳýỹỷỵ"
                                                  U"đ";

bool isVietnameseLetter(UChar32 character) {
    constexpr UChar32 lastOfAscii = 0x7F;
    return character <= lastOfAscii ||
           vietnameseLetters.find(static_cast<char32_t>(u_tolower(character))) != std::u32string_view::npos;
}

bool isNameSeparator(UChar32 character) {
    constexpr UChar32 typographicApostrophe = 0x2019;
    return character == ' ' || character == '-' || character == '\'' || character == '.' ||
           character == typographicApostrophe;
}

} // namespace

std::size_t characterCount(std::string_view text) {
    std::size_t count = 0;
    everyCharacter(text, [&count](UChar32) {
        ++count;
        return true;
    });
    return count;
}

bool hasControlCharacter(std::string_view text) {
    return !everyCharacter(text, [](UChar32 character) { return u_isprint(character) != 0; });
}

bool hasVietnameseLettersOnly(std::string_view text) {
    return everyCharacter(
        text, [](UChar32 character) { return u_isalpha(character) == 0 || isVietnameseLetter(character); });
}

bool isPersonalName(std::string_view text) {
    bool afterLetter = false;
    const bool wellFormed = everyCharacter(text, [&afterLetter](UChar32 character) {
        const bool letter = isLatinLetter(character);
        const bool allowed = letter || (afterLetter && isNameSeparator(character));
        afterLetter = letter || character == '.'; // a full stop ends a word as a letter does
        return allowed;
    });
    return wellFormed && afterLetter;
}

} // namespace cancuoc::personalization
