// SPDX-License-Identifier: Apache-2.0
#include "qr/mistaken_character_set.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "host/base/utf8.hpp"
#include "host/unicode/character_set.hpp"

namespace cancuoc::qr {

namespace {

// Windows-1252 from 80 to 9F; where it has nothing, and in Latin-1, stands the control character itself.
constexpr std::array<char32_t, 32> windows1252{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// One of Windows' and of Latin-1's bytes may be mixed: what comes out is held against UTF-8 anyway.
std::optional<std::string> encodeInWindows1252(std::string_view text) {
    std::string bytes;
    while (const auto codePoint = takeCodePoint(text)) {
        const auto found = std::find(windows1252.begin(), windows1252.end(), *codePoint);
        if (found != windows1252.end()) {
            bytes.push_back(static_cast<char>(0x80 + std::distance(windows1252.begin(), found)));
        } else if (*codePoint <= 0xFF) {
            bytes.push_back(static_cast<char>(*codePoint));
        } else {
            return std::nullopt;
        }
    }
    return bytes;
}

bool isLatinTextWithMarks(std::string_view text) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(byteOrderMark)) {
        text.remove_prefix(byteOrderMark.size());
    }
    bool hasMarks = false;
    while (!text.empty()) {
        const auto codePoint = takeCodePoint(text);
        if (!codePoint || !isOfLatinText(*codePoint)) {
            return false;
        }
        hasMarks = hasMarks || *codePoint > 0x7F;
    }
    return hasMarks;
}

struct Candidate {
    std::string_view name;
    const char* icuName;
};

// Big5 with Microsoft's additions and with Hong Kong's: decoders have either.
constexpr Candidate doubleByteSets[] = {
    {"Big5", "windows-950"}, {"Big5", "Big5-HKSCS"}, {"Shift-JIS", "windows-31j"}};

} // namespace

bool isOfLatinText(char32_t codePoint) {
    const auto isBetween = [&](char32_t first, char32_t last) {
        return codePoint >= first && codePoint <= last;
    };
    const bool isArithmetic = codePoint == 0xD7 || codePoint == 0xF7;
    // Drawn like Đ in capitals, but another letter: no language of Vietnam has it.
    const bool isEth = codePoint == 0xD0 || codePoint == 0xF0;
    return isBetween(0x20, 0x7E) || (isBetween(0xC0, 0x24F) && !isArithmetic && !isEth) ||
           isBetween(0x300, 0x36F) || isBetween(0x1E00, 0x1EFF) || isBetween(0x2010, 0x2015) ||
           isBetween(0x2018, 0x201F);
}

std::optional<TurnedBack> turnBackMistakenCharacterSet(std::string_view text) {
    std::optional<TurnedBack> found;
    bool certain = true;
    const auto consider = [&](std::optional<std::string> bytes, std::string_view name) {
        if (!bytes || !isLatinTextWithMarks(*bytes)) {
            return;
        }
        certain = certain && (!found || found->text == *bytes);
        if (!found) {
            found = TurnedBack{std::move(*bytes), name};
        }
    };
    consider(encodeInWindows1252(text), "Windows-1252 or Latin-1");
    for (const auto& candidate : doubleByteSets) {
        consider(encodeInCharacterSet(text, candidate.icuName), candidate.name);
    }
    return certain ? found : std::nullopt;
}

} // namespace cancuoc::qr
