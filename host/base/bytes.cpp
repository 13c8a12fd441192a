// SPDX-License-Identifier: Apache-2.0
#include "host/base/bytes.hpp"

#include "host/base/error.hpp"

#include <algorithm>
#include <optional>

namespace cancuoc {

namespace {

std::optional<unsigned> hexDigit(char character) {
    if (character >= '0' && character <= '9') {
        return static_cast<unsigned>(character - '0');
    }
    if (character >= 'A' && character <= 'F') {
        return static_cast<unsigned>(character - 'A') + 10U;
    }
    if (character >= 'a' && character <= 'f') {
        return static_cast<unsigned>(character - 'a') + 10U;
    }
    return std::nullopt;
}

bool isWhiteSpace(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

std::string writeHex(BytesView bytes, std::string_view digits) {
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        hex.push_back(digits[byte >> 4U]);
        hex.push_back(digits[byte & 0x0FU]);
    }
    return hex;
}

} // namespace

std::string toHex(BytesView bytes) {
    return writeHex(bytes, "0123456789ABCDEF");
}

std::string toLowerCaseHex(BytesView bytes) {
    return writeHex(bytes, "0123456789abcdef");
}

Bytes fromHex(std::string_view hex) {
    Bytes bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t position = 0; position < hex.size(); ++position) {
        if (isWhiteSpace(hex[position])) {
            continue;
        }
        const auto high = hexDigit(hex[position]);
        const auto low = position + 1 < hex.size() ? hexDigit(hex[position + 1]) : std::nullopt;
        if (!high || !low) {
            throw MalformedData("Character " + std::to_string(position + 1) +
                                " is not part of a pair of hexadecimal digits.");
        }
        bytes.push_back(static_cast<std::uint8_t>(*high << 4U | *low));
        ++position;
    }
    return bytes;
}

BytesView viewOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string toText(BytesView bytes) {
    return {bytes.begin(), bytes.end()};
}

Bytes toBytes(BytesView bytes) {
    return {bytes.begin(), bytes.end()};
}

void append(Bytes& bytes, BytesView tail) {
    bytes.insert(bytes.end(), tail.begin(), tail.end());
}

bool equal(BytesView left, BytesView right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end());
}

void appendBigEndian(Bytes& bytes, std::uint64_t value, std::size_t size) {
    for (std::size_t index = size; index > 0; --index) {
        bytes.push_back(static_cast<std::uint8_t>(value >> 8U * (index - 1)));
    }
}

Bytes toBigEndian(std::uint64_t value, std::size_t size) {
    Bytes bytes;
    bytes.reserve(size);
    appendBigEndian(bytes, value, size);
    return bytes;
}

Bytes toShortestBigEndian(std::uint64_t value) {
    std::size_t size = 1;
    while (size < sizeof value && value >> (8 * size) != 0) {
        ++size;
    }
    return toBigEndian(value, size);
}

std::uint64_t fromBigEndian(BytesView bytes) {
    if (bytes.size() > sizeof(std::uint64_t)) {
        throw MalformedData("A number of " + std::to_string(bytes.size()) +
                            " bytes stands where at most 8 bytes are allowed.");
    }
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes) {
        value = value << 8U | byte;
    }
    return value;
}

std::uint64_t fromLittleEndian(BytesView bytes) {
    return fromBigEndian(Bytes(bytes.rbegin(), bytes.rend()));
}

} // namespace cancuoc
