// SPDX-License-Identifier: Apache-2.0
#include "qr/c40.hpp"

#include <algorithm>

#include "host/base/error.hpp"

namespace cancuoc::qr {

namespace {

// Doc 9303-13, table 2: the value of a character is its place here plus 3; 0 is shift 1, which pads.
constexpr std::string_view characters = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t firstValue = 3;
constexpr std::uint8_t unlatch = 0xFE; // what follows is one character in the ASCII encodation

std::size_t valueOf(char character) {
    const auto value = characters.find(character == '<' ? ' ' : character);
    if (value == std::string_view::npos) {
        throw MalformedData("C40 has capital letters, digits and spaces only.");
    }
    return value + firstValue;
}

[[noreturn]] void refuse() {
    throw MalformedData("The C40 text of a digital seal is damaged.");
}

char characterOf(std::size_t value) {
    if (value < firstValue || value - firstValue >= characters.size()) {
        refuse();
    }
    return characters[value - firstValue];
}

} // namespace

Bytes encodeC40(std::string_view text) {
    Bytes bytes;
    for (std::size_t at = 0; at < text.size(); at += 3) {
        const auto rest = std::min<std::size_t>(text.size() - at, 3);
        if (rest == 1) {
            static_cast<void>(valueOf(text[at]));
            const auto character = text[at] == '<' ? ' ' : text[at];
            append(bytes, Bytes{unlatch, static_cast<std::uint8_t>(character + 1)});
        } else {
            const auto third = rest == 3 ? valueOf(text[at + 2]) : 0;
            appendBigEndian(bytes, 1600 * valueOf(text[at]) + 40 * valueOf(text[at + 1]) + third + 1, 2);
        }
    }
    return bytes;
}

std::string decodeC40(BytesView bytes) {
    std::string text;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const bool isLast = at + 2 == bytes.size();
        if (isLast && bytes[at] == unlatch) {
            text.push_back(static_cast<char>(bytes[at + 1] - 1));
            continue;
        }
        const auto pair = fromBigEndian(bytes.subspan(at, 2));
        if (pair == 0) {
            refuse();
        }
        const auto third = (pair - 1) % 40;
        text.push_back(characterOf((pair - 1) / 1600));
        text.push_back(characterOf((pair - 1) / 40 % 40));
        if (third != 0 || !isLast) {
            text.push_back(characterOf(third));
        }
    }
    // One way to write a text: then no two seals say the same with other bytes.
    if (bytes.size() % 2 != 0 ||
        !std::all_of(text.begin(), text.end(),
                     [](char character) { return characters.find(character) != std::string_view::npos; }) ||
        encodeC40(text) != toBytes(bytes)) {
        refuse();
    }
    return text;
}

} // namespace cancuoc::qr
