// SPDX-License-Identifier: Apache-2.0
#include "host/base/object_identifier.hpp"

#include "host/base/error.hpp"

#include <charconv>
#include <utility>

namespace cancuoc {

namespace {

constexpr std::size_t longestContent = 64;
constexpr std::uint8_t moreFollows = 0x80;

[[noreturn]] void refuseText() {
    throw MalformedData("An object identifier must be numbers joined by dots.");
}

std::vector<std::uint64_t> parseComponents(std::string_view text) {
    std::vector<std::uint64_t> components;
    const char* position = text.data();
    const char* const end = position + text.size();
    while (true) {
        std::uint32_t component = 0;
        const auto [next, problem] = std::from_chars(position, end, component);
        if (problem != std::errc{}) {
            refuseText();
        }
        components.push_back(component);
        if (next == end) {
            return components;
        }
        if (*next != '.') {
            refuseText();
        }
        position = next + 1;
    }
}

void appendComponent(Bytes& content, std::uint64_t component) {
    Bytes groups{static_cast<std::uint8_t>(component & 0x7FU)};
    while ((component >>= 7U) != 0) {
        groups.insert(groups.begin(), static_cast<std::uint8_t>(moreFollows | (component & 0x7FU)));
    }
    append(content, groups);
}

} // namespace

ObjectIdentifier::ObjectIdentifier(Bytes content) : content_(std::move(content)) {}

ObjectIdentifier ObjectIdentifier::fromText(std::string_view text) {
    const auto components = parseComponents(text);
    if (components.size() < 2 || components[0] > 2 || (components[0] < 2 && components[1] > 39)) {
        refuseText();
    }
    Bytes content;
    appendComponent(content, components[0] * 40 + components[1]);
    for (std::size_t index = 2; index < components.size(); ++index) {
        appendComponent(content, components[index]);
    }
    return fromContent(content);
}

ObjectIdentifier ObjectIdentifier::fromContent(BytesView content) {
    if (content.empty() || content.size() > longestContent || (content.back() & moreFollows) != 0) {
        throw MalformedData("An object identifier is empty, too long or cut off.");
    }
    std::size_t componentSize = 0;
    for (const std::uint8_t byte : content) {
        if (componentSize == 0 && byte == moreFollows) {
            throw MalformedData("A component of an object identifier starts with padding.");
        }
        componentSize = (byte & moreFollows) != 0 ? componentSize + 1 : 0;
        if (componentSize > 8) {
            throw MalformedData("A component of an object identifier is too large.");
        }
    }
    return ObjectIdentifier(toBytes(content));
}

std::string ObjectIdentifier::toText() const {
    std::string text;
    std::uint64_t component = 0;
    for (const std::uint8_t byte : content_) {
        component = component << 7U | (byte & 0x7FU);
        if ((byte & moreFollows) != 0) {
            continue;
        }
        if (text.empty()) {
            const std::uint64_t first = component < 80 ? component / 40 : 2;
            text = std::to_string(first);
            component -= first * 40;
        }
        text += '.' + std::to_string(component);
        component = 0;
    }
    return text;
}

Bytes ObjectIdentifier::encode() const {
    return concat(Bytes{0x06, static_cast<std::uint8_t>(content_.size())}, content_);
}

} // namespace cancuoc
