// SPDX-License-Identifier: Apache-2.0
#include "host/lds/object_identifier.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <algorithm>
#include <charconv>

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t objectIdentifierTag = 0x06;
constexpr std::uint8_t moreFollows = 0x80;
constexpr std::size_t longestArc = 5; // bytes: arcs below 2^35

std::uint64_t readArc(std::string_view& dotted) {
    std::uint64_t arc = 0;
    const auto [end, error] = std::from_chars(dotted.data(), dotted.data() + dotted.size(), arc);
    if (error != std::errc() || arc >> (7 * longestArc) != 0) {
        throw MalformedData("An object identifier is not written as numbers with dots between them.");
    }
    dotted.remove_prefix(static_cast<std::size_t>(end - dotted.data()));
    if (!dotted.empty()) {
        if (dotted.front() != '.' || dotted.size() == 1) {
            throw MalformedData("An object identifier is not written as numbers with dots between them.");
        }
        dotted.remove_prefix(1);
    }
    return arc;
}

// X.690, 8.19.2: base 128, most significant first, all bytes but the last with bit 8.
void appendArc(Bytes& content, std::uint64_t arc) {
    Bytes reversed{static_cast<std::uint8_t>(arc & 0x7F)};
    for (arc >>= 7; arc != 0; arc >>= 7) {
        reversed.push_back(static_cast<std::uint8_t>((arc & 0x7F) | moreFollows));
    }
    content.insert(content.end(), reversed.rbegin(), reversed.rend());
}

} // namespace

ObjectIdentifier::ObjectIdentifier(std::string_view dotted) {
    const std::uint64_t first = readArc(dotted);
    if (dotted.empty() || first > 2) {
        throw MalformedData("An object identifier starts with 0, 1 or 2 and has at least two numbers.");
    }
    const std::uint64_t second = readArc(dotted);
    if (first < 2 && second > 39) {
        throw MalformedData("The second number of an object identifier under 0 or 1 is at most 39.");
    }
    appendArc(content_, first * 40 + second);
    while (!dotted.empty()) {
        appendArc(content_, readArc(dotted));
    }
    if (content_.size() > maximumLength) {
        throw MalformedData("An object identifier is longer than any in use.");
    }
}

ObjectIdentifier ObjectIdentifier::fromContent(BytesView content) {
    if (content.empty() || content.size() > maximumLength || (content.back() & moreFollows) != 0) {
        throw MalformedData("An object identifier is empty, too long or cut off.");
    }
    std::size_t arcLength = 0;
    for (const std::uint8_t byte : content) {
        if (arcLength == 0 && byte == moreFollows) {
            throw MalformedData("An object identifier has a number with leading zeros.");
        }
        if (++arcLength > longestArc) {
            throw MalformedData("An object identifier has a number that is too large.");
        }
        if ((byte & moreFollows) == 0) {
            arcLength = 0;
        }
    }
    ObjectIdentifier identifier;
    identifier.content_ = toBytes(content);
    return identifier;
}

Bytes ObjectIdentifier::encode() const {
    return encodeTlv(objectIdentifierTag, content_);
}

std::string ObjectIdentifier::dotted() const {
    std::string text;
    std::uint64_t arc = 0;
    for (const std::uint8_t byte : content_) {
        arc = (arc << 7) | (byte & 0x7FU);
        if ((byte & moreFollows) != 0) {
            continue;
        }
        if (text.empty()) {
            const std::uint64_t first = std::min<std::uint64_t>(arc / 40, 2);
            text.append(std::to_string(first)).append(1, '.').append(std::to_string(arc - first * 40));
        } else {
            text.append(1, '.').append(std::to_string(arc));
        }
        arc = 0;
    }
    return text;
}

bool ObjectIdentifier::startsWith(const ObjectIdentifier& parent) const {
    return content_.size() >= parent.content_.size() &&
           std::equal(parent.content_.begin(), parent.content_.end(), content_.begin());
}

} // namespace cancuoc::lds
