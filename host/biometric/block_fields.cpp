// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/block_fields.hpp"

#include "host/base/error.hpp"

namespace cancuoc::biometric {

namespace {

constexpr std::uint8_t contextClass = 0x80;
constexpr std::uint8_t classBits = 0xC0;
constexpr std::uint8_t numberBits = 0x1F;
constexpr std::uint8_t derTrue = 0xFF;

void requireRange(std::int64_t value, Range range) {
    if (value < range.lowest || value > range.highest) {
        throw MalformedData("A number in the biometric data block is outside its range.");
    }
}

} // namespace

std::int64_t BlockReader::readInteger(const Tlv& element, Range range) {
    if (element.value.empty() || element.value.size() > sizeof(std::int64_t)) {
        throw MalformedData("A number in the biometric data block has a wrong length.");
    }
    std::uint64_t value = fromBigEndian(element.value);
    const bool negative = (element.value.front() & 0x80U) != 0;
    if (negative && element.value.size() < sizeof(value)) {
        value |= ~std::uint64_t{0} << (8 * element.value.size());
    }
    requireRange(static_cast<std::int64_t>(value), range);
    return static_cast<std::int64_t>(value);
}

void BlockReader::requireRepresentations(std::size_t count) {
    if (count == 0) {
        throw MalformedData("The biometric data block holds no representation.");
    }
}

void BlockReader::boolean(unsigned tag, std::optional<bool>& value) {
    if (const auto element = take(primitiveTag(tag))) {
        if (element->value.size() != 1) {
            throw MalformedData("A truth value in the biometric data block has a wrong length.");
        }
        value = element->value.front() != 0;
    }
}

void BlockReader::octets(unsigned tag, std::optional<Bytes>& value) {
    if (const auto element = take(primitiveTag(tag))) {
        value = toBytes(element->value);
    }
}

void BlockReader::strings(unsigned tag, std::uint32_t itemTag, std::vector<Bytes>& values) {
    if (const auto element = take(constructedTag(tag))) {
        TlvReader reader = element->children();
        while (!reader.atEnd()) {
            values.push_back(toBytes(reader.expect(itemTag, "A string").value));
        }
    }
}

void BlockReader::later(Bytes& elements) {
    TlvReader reader = elements_;
    while (const auto element = reader.next()) {
        const std::uint8_t tag = element->encoded.front();
        if ((tag & classBits) != contextClass || (tag & numberBits) <= highestNumber_) {
            throw MalformedData("The elements of the biometric data block are out of order.");
        }
        append(elements, element->encoded);
    }
    elements_ = reader;
}

std::optional<Tlv> BlockReader::take(std::uint32_t tag) {
    highestNumber_ = tag & numberBits;
    TlvReader ahead = elements_;
    const auto element = ahead.next();
    if (!element || element->tag != tag) {
        return std::nullopt;
    }
    elements_ = ahead;
    ++taken_;
    return element;
}

Tlv BlockReader::require(std::uint32_t tag) {
    const auto element = take(tag);
    if (!element) {
        throw MalformedData("The biometric data block lacks a mandatory element.");
    }
    return *element;
}

Tlv BlockReader::follow(std::initializer_list<unsigned> path) {
    Tlv element = require(constructedTag(*path.begin()));
    for (auto tag = path.begin() + 1; tag != path.end(); ++tag) {
        TlvReader alternative = element.children();
        element = alternative.expect(constructedTag(*tag), "The image of the biometric data block");
        alternative.expectEnd("The image of the biometric data block");
    }
    return element;
}

void BlockReader::finish() const {
    elements_.expectEnd("A block of the biometric data block");
}

void BlockReader::requireOneElement() const {
    if (taken_ != 1) {
        throw MalformedData("The biometric data block chooses none of its alternatives, or several.");
    }
}

void BlockWriter::boolean(unsigned tag, const std::optional<bool>& value) {
    if (value) {
        appendTlv(content_, primitiveTag(tag), Bytes{*value ? derTrue : std::uint8_t{0}});
    }
}

void BlockWriter::octets(unsigned tag, const std::optional<Bytes>& value) {
    if (value) {
        octets(tag, *value);
    }
}

void BlockWriter::strings(unsigned tag, std::uint32_t itemTag, const std::vector<Bytes>& values) {
    Bytes items;
    for (const Bytes& value : values) {
        append(items, encodeTlv(itemTag, value));
    }
    if (!items.empty()) {
        appendTlv(content_, constructedTag(tag), items);
    }
}

void BlockWriter::appendInteger(unsigned tag, std::int64_t value, Range range) {
    requireRange(value, range);
    // X.690, 8.3.2: as few bytes as keep the sign
    std::size_t size = 1;
    while (size < sizeof(value) && (value >> (8 * size - 1) != 0) && (value >> (8 * size - 1) != -1)) {
        ++size;
    }
    appendTlv(content_, primitiveTag(tag), toBigEndian(static_cast<std::uint64_t>(value), size));
}

} // namespace cancuoc::biometric
