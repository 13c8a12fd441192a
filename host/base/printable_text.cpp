// SPDX-License-Identifier: Apache-2.0
#include "host/base/printable_text.hpp"

#include <cstdio>

#include "host/base/utf8.hpp"

namespace cancuoc {

namespace {

bool isWithin(char32_t codePoint, char32_t first, char32_t last) {
    return first <= codePoint && codePoint <= last;
}

// Unicode UAX #9, 2: explicit embeddings, overrides, isolates, and implicit marks.
bool turnsDirection(char32_t codePoint) {
    return codePoint == 0x061C || isWithin(codePoint, 0x200E, 0x200F) ||
           isWithin(codePoint, 0x202A, 0x202E) || isWithin(codePoint, 0x2066, 0x2069);
}

bool isObeyed(char32_t codePoint) {
    return codePoint < 0x20 || isWithin(codePoint, 0x7F, 0x9F) || isWithin(codePoint, 0x2028, 0x2029) ||
           turnsDirection(codePoint);
}

std::string numbered(const char* format, char32_t codePoint) {
    char text[16];
    const int length = std::snprintf(text, sizeof text, format, static_cast<unsigned>(codePoint));
    return {text, static_cast<std::size_t>(length)};
}

// What is obeyed, from code point `first` on, is written in `format`.
std::string withoutObeyed(std::string_view text, char32_t first, const char* format) {
    std::string result;
    while (!text.empty()) {
        const std::string_view rest = text;
        const auto codePoint = takeCodePoint(text);
        if (!codePoint) {
            result += "\uFFFD";
            text.remove_prefix(1);
        } else if (*codePoint >= first && isObeyed(*codePoint)) {
            result += numbered(format, *codePoint);
        } else {
            result += rest.substr(0, rest.size() - text.size());
        }
    }
    return result;
}

} // namespace

std::string printable(std::string_view text) {
    return withoutObeyed(text, 0, "<U+%04X>");
}

std::string printableJson(std::string_view json) {
    return withoutObeyed(json, 0x7F, "\\u%04x");
}

} // namespace cancuoc
