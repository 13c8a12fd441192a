// SPDX-License-Identifier: Apache-2.0
#include "host/lds/mrz_transliteration.hpp"

#include "host/base/error.hpp"
#include "host/base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

namespace cancuoc::lds {

namespace {

/// Neighbouring code points that are written with the same letters.
struct Letters {
    char32_t first;
    char32_t last;
    std::string_view written;
};

// Doc 9303-3, section 6, table A, with the small letters beside the capitals; where the table offers several
// spellings, the first that keeps to letters of the name. U+01A0, U+01AF and U+1EA0 on are the Vietnamese
// letters that the table does not list; the citizen card writes them without diacritics, as it does the
// others.
constexpr std::array letters = {
    Letters{0x00C0, 0x00C3, "A"},  Letters{0x00C4, 0x00C4, "AE"}, Letters{0x00C5, 0x00C5, "AA"},
    Letters{0x00C6, 0x00C6, "AE"}, Letters{0x00C7, 0x00C7, "C"},  Letters{0x00C8, 0x00CB, "E"},
    Letters{0x00CC, 0x00CF, "I"},  Letters{0x00D0, 0x00D0, "D"},  Letters{0x00D1, 0x00D1, "N"},
    Letters{0x00D2, 0x00D5, "O"},  Letters{0x00D6, 0x00D6, "OE"}, Letters{0x00D8, 0x00D8, "OE"},
    Letters{0x00D9, 0x00DB, "U"},  Letters{0x00DC, 0x00DC, "UE"}, Letters{0x00DD, 0x00DD, "Y"},
    Letters{0x00DE, 0x00DE, "TH"}, Letters{0x00DF, 0x00DF, "SS"}, Letters{0x00E0, 0x00E3, "A"},
    Letters{0x00E4, 0x00E4, "AE"}, Letters{0x00E5, 0x00E5, "AA"}, Letters{0x00E6, 0x00E6, "AE"},
    Letters{0x00E7, 0x00E7, "C"},  Letters{0x00E8, 0x00EB, "E"},  Letters{0x00EC, 0x00EF, "I"},
    Letters{0x00F0, 0x00F0, "D"},  Letters{0x00F1, 0x00F1, "N"},  Letters{0x00F2, 0x00F5, "O"},
    Letters{0x00F6, 0x00F6, "OE"}, Letters{0x00F8, 0x00F8, "OE"}, Letters{0x00F9, 0x00FB, "U"},
    Letters{0x00FC, 0x00FC, "UE"}, Letters{0x00FD, 0x00FD, "Y"},  Letters{0x00FE, 0x00FE, "TH"},
    Letters{0x00FF, 0x00FF, "Y"},  Letters{0x0100, 0x0105, "A"},  Letters{0x0106, 0x010D, "C"},
    Letters{0x010E, 0x0111, "D"},  Letters{0x0112, 0x011B, "E"},  Letters{0x011C, 0x0123, "G"},
    Letters{0x0124, 0x0127, "H"},  Letters{0x0128, 0x0131, "I"},  Letters{0x0132, 0x0133, "IJ"},
    Letters{0x0134, 0x0135, "J"},  Letters{0x0136, 0x0137, "K"},  Letters{0x0139, 0x0142, "L"},
    Letters{0x0143, 0x0148, "N"},  Letters{0x014A, 0x014B, "N"},  Letters{0x014C, 0x0151, "O"},
    Letters{0x0152, 0x0153, "OE"}, Letters{0x0154, 0x0159, "R"},  Letters{0x015A, 0x0161, "S"},
    Letters{0x0162, 0x0167, "T"},  Letters{0x0168, 0x0173, "U"},  Letters{0x0174, 0x0175, "W"},
    Letters{0x0176, 0x0178, "Y"},  Letters{0x0179, 0x017E, "Z"},  Letters{0x01A0, 0x01A1, "O"},
    Letters{0x01AF, 0x01B0, "U"},  Letters{0x0300, 0x036F, ""},   Letters{0x1E9E, 0x1E9E, "SS"},
    Letters{0x1EA0, 0x1EB7, "A"},  Letters{0x1EB8, 0x1EC7, "E"},  Letters{0x1EC8, 0x1ECB, "I"},
    Letters{0x1ECC, 0x1EE3, "O"},  Letters{0x1EE4, 0x1EF1, "U"},  Letters{0x1EF2, 0x1EF9, "Y"},
};

/// Hyphens, dashes and blanks part components (Doc 9303-3, 4.6).
bool partsComponents(char32_t character) {
    return character == U' ' || character == U'\t' || character == U'-' || character == U',' ||
           character == 0x00A0 || (character >= 0x2010 && character <= 0x2015);
}

/// Apostrophes and other punctuation are left out (Doc 9303-3, 4.6).
bool isLeftOut(char32_t character) {
    return character == U'\'' || character == U'.' || character == U'`' || character == 0x00B4 ||
           character == 0x02BC || character == 0x2018 || character == 0x2019;
}

std::optional<std::string_view> lettersFor(char32_t character) {
    const auto found = std::find_if(letters.begin(), letters.end(), [character](const Letters& range) {
        return character >= range.first && character <= range.last;
    });
    if (found == letters.end()) {
        return std::nullopt;
    }
    return found->written;
}

[[noreturn]] void refuse(char32_t character) {
    std::array<char, 16> code{};
    std::snprintf(code.data(), code.size(), "U+%04X", static_cast<unsigned>(character));
    throw MalformedData("A name has the character " + std::string(code.data()) +
                        ", which the MRZ cannot write; spell the name in Latin letters.");
}

} // namespace

std::string transliterate(std::string_view name) {
    std::string result;
    bool componentEnded = false;
    for (const char32_t character : fromUtf8(name)) {
        std::string written;
        if (character >= U'A' && character <= U'Z') {
            written = static_cast<char>(character);
        } else if (character >= U'a' && character <= U'z') {
            written = static_cast<char>(character - U'a' + U'A');
        } else if (const auto found = lettersFor(character)) {
            written = *found;
        } else if (partsComponents(character)) {
            componentEnded = true;
        } else if (!isLeftOut(character)) {
            refuse(character);
        }
        if (!written.empty() && componentEnded && !result.empty()) {
            result += ' ';
        }
        if (!written.empty()) {
            componentEnded = false;
        }
        result += written;
    }
    return result;
}

} // namespace cancuoc::lds
