// SPDX-License-Identifier: Apache-2.0
#include "host/base/utf8.hpp"

#include "host/base/error.hpp"

#include <cstdint>

namespace cancuoc {

namespace {

struct LeadByte {
    std::size_t length; ///< of the whole sequence
    char32_t bits;      ///< that the lead byte contributes
    char32_t smallest;  ///< code point that needs this length
};

std::optional<LeadByte> readLead(std::uint8_t byte) {
    if (byte < 0x80) {
        return LeadByte{1, byte, 0};
    }
    if ((byte & 0xE0) == 0xC0) {
        return LeadByte{2, byte & 0x1FU, 0x80};
    }
    if ((byte & 0xF0) == 0xE0) {
        return LeadByte{3, byte & 0x0FU, 0x800};
    }
    if ((byte & 0xF8) == 0xF0) {
        return LeadByte{4, byte & 0x07U, 0x10000};
    }
    return std::nullopt;
}

} // namespace

std::optional<char32_t> takeCodePoint(std::string_view& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto lead = readLead(static_cast<std::uint8_t>(text.front()));
    if (!lead || lead->length > text.size()) {
        return std::nullopt;
    }
    char32_t codePoint = lead->bits;
    for (std::size_t index = 1; index < lead->length; ++index) {
        const auto byte = static_cast<std::uint8_t>(text[index]);
        if ((byte & 0xC0) != 0x80) {
            return std::nullopt;
        }
        codePoint = (codePoint << 6) | (byte & 0x3FU);
    }
    const bool surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    if (codePoint < lead->smallest || surrogate || codePoint > 0x10FFFF) {
        return std::nullopt;
    }
    text.remove_prefix(lead->length);
    return codePoint;
}

std::u32string fromUtf8(std::string_view text) {
    std::u32string codePoints;
    const std::size_t size = text.size();
    while (!text.empty()) {
        const auto codePoint = takeCodePoint(text);
        if (!codePoint) {
            throw MalformedData("The text is not UTF-8 at byte " + std::to_string(size - text.size()) + ".");
        }
        codePoints.push_back(*codePoint);
    }
    return codePoints;
}

bool isUtf8(std::string_view text) {
    while (!text.empty()) {
        if (!takeCodePoint(text)) {
            return false;
        }
    }
    return true;
}

} // namespace cancuoc
