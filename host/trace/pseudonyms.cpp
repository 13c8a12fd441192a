// SPDX-License-Identifier: Apache-2.0
#include "host/trace/pseudonyms.hpp"

#include "host/base/ascii.hpp"
#include "host/base/utf8.hpp"
#include "host/crypto/mac.hpp"

namespace cancuoc::trace {

namespace {

constexpr std::size_t pseudonymKeySize = 16;
// Shorter values are part of others by chance.
constexpr std::size_t shortestIdentifier = 6;
// The personal identification number of a Vietnamese citizen.
constexpr std::size_t personalNumberSize = 12;
constexpr std::string_view doesNotExpire = "991231";

bool isNumber(std::string_view text) {
    return !text.empty() && isDigits(text);
}

bool isDayMonthYear(std::string_view text) {
    return text.size() == 10 && text[2] == '/' && text[5] == '/' && isNumber(text.substr(0, 2)) &&
           isNumber(text.substr(3, 2)) && isNumber(text.substr(6));
}

std::string twoDigits(unsigned number) {
    return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

std::string utf8Of(char32_t character) {
    const auto lowBits = [character](unsigned shift) {
        return static_cast<char>(0x80U | (character >> shift & 0x3FU));
    };
    if (character < 0x80) {
        return {static_cast<char>(character)};
    }
    if (character < 0x800) {
        return {static_cast<char>(0xC0U | character >> 6U), lowBits(0)};
    }
    if (character < 0x10000) {
        return {static_cast<char>(0xE0U | character >> 12U), lowBits(6), lowBits(0)};
    }
    return {static_cast<char>(0xF0U | character >> 18U), lowBits(12), lowBits(6), lowBits(0)};
}

// A letter of as many bytes in UTF-8; signs stay.
char32_t sameKindOf(char32_t character, std::uint8_t random) {
    if (character < 0x80) {
        const char sign = static_cast<char>(character);
        if (isDigit(sign)) {
            return U'0' + random % 10U;
        }
        if (sign >= 'A' && sign <= 'Z') {
            return U'A' + random % 26U;
        }
        return sign >= 'a' && sign <= 'z' ? U'a' + random % 26U : character;
    }
    if (character < 0x800) {
        return 0xE0U + random % 23U; // of Latin-1
    }
    if (character < 0x10000) {
        return 0x1EA1U + 2U * (random % 44U); // of the Vietnamese letters
    }
    return 0x10400U + random % 80U;
}

} // namespace

Pseudonyms::Pseudonyms(RandomSource& random) : key_(pseudonymKeySize) {
    random.fill(key_.span());
}

// CMAC as a pseudo-random function, block after block.
Bytes Pseudonyms::stream(std::string_view purpose, BytesView value, std::size_t size) const {
    AesCmac mac(key_.view());
    Bytes output;
    for (std::uint64_t block = 0; output.size() < size; ++block) {
        append(output, mac.compute(concat(toBigEndian(block, 8), viewOf(purpose), Bytes{0}, value)));
    }
    output.resize(size);
    return output;
}

Bytes Pseudonyms::bytes(BytesView value) const {
    return stream("bytes", value, value.size());
}

std::string Pseudonyms::sameKind(std::string_view value) const {
    const std::u32string characters = fromUtf8(value);
    const Bytes random = stream("text", viewOf(value), characters.size());
    std::string result;
    for (std::size_t index = 0; index < characters.size(); ++index) {
        result += utf8Of(sameKindOf(characters[index], random[index]));
    }
    return result;
}

std::string Pseudonyms::text(std::string_view value) {
    if (isDayMonthYear(value)) {
        const std::string six =
            std::string(value.substr(8)) + std::string(value.substr(3, 2)) + std::string(value.substr(0, 2));
        const std::string other = yearMonthDay(six);
        return other.substr(4) + '/' + other.substr(2, 2) + '/' + std::string(value.substr(6, 2)) +
               other.substr(0, 2);
    }
    return isNumber(value) ? identifier(value) : sameKind(value);
}

std::string Pseudonyms::identifier(std::string_view value) {
    std::string pseudonym = sameKind(value);
    if (value.size() < shortestIdentifier) {
        return pseudonym;
    }
    for (const auto& [known, knownPseudonym] : identifiers_) {
        if (const auto at = known.find(value); at != std::string::npos) {
            return knownPseudonym.substr(at, value.size());
        }
    }
    for (const auto& [known, knownPseudonym] : identifiers_) {
        if (const auto at = value.find(known); at != std::string_view::npos) {
            pseudonym.replace(at, known.size(), knownPseudonym);
        }
    }
    if (value.size() == personalNumberSize && isNumber(value)) {
        pseudonym[0] = '9'; // no province has such a number, so that nobody has this one
    }
    identifiers_.emplace(value, pseudonym);
    return pseudonym;
}

std::string Pseudonyms::yearMonthDay(std::string_view value) const {
    if (value == doesNotExpire || !isNumber(value)) {
        return value == doesNotExpire ? std::string(value) : sameKind(value);
    }
    const Bytes random = stream("date", viewOf(value), 3);
    return twoDigits(random[0] % 100U) + twoDigits(1U + random[1] % 12U) + twoDigits(1U + random[2] % 28U);
}

char Pseudonyms::sex(char value) const {
    if (value != 'M' && value != 'F') {
        return value;
    }
    return stream("sex", Bytes{static_cast<std::uint8_t>(value)}, 1)[0] % 2 == 0 ? 'M' : 'F';
}

} // namespace cancuoc::trace
