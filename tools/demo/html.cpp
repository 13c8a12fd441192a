// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/html.hpp"

#include <cstdint>

#include "host/base/printable_text.hpp"

namespace cancuoc::demo {

std::string escaped(std::string_view text) {
    std::string result;
    for (const char character : printable(text)) {
        switch (character) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        case '\'':
            result += "&#39;";
            break;
        default:
            result += character;
        }
    }
    return result;
}

std::string dataUri(std::string_view mediaType, std::string_view content) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result = "data:" + std::string(mediaType) + ";base64,";
    for (std::size_t i = 0; i < content.size(); i += 3) {
        const std::string_view group = content.substr(i, 3);
        std::uint32_t bits = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            bits = bits << 8U | (j < group.size() ? static_cast<std::uint8_t>(group[j]) : 0U);
        }
        for (std::size_t j = 0; j < 4; ++j) {
            result += j <= group.size() ? alphabet[bits >> (18 - 6 * j) & 0x3FU] : '=';
        }
    }
    return result;
}

} // namespace cancuoc::demo
