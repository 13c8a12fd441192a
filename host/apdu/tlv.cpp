// SPDX-License-Identifier: Apache-2.0
#include "host/apdu/tlv.hpp"

#include "host/base/error.hpp"

namespace cancuoc {

namespace {

constexpr std::uint8_t constructedBit = 0x20;
constexpr std::uint8_t highTagNumber = 0x1F;
constexpr std::uint8_t moreFollows = 0x80;
constexpr std::size_t longestTag = 3;
constexpr std::size_t longestLength = 4;

std::string tagText(std::uint32_t tag) {
    const std::size_t size = tag > 0xFFFF ? 3 : tag > 0xFF ? 2 : 1;
    return toHex(toBigEndian(tag, size));
}

// ISO/IEC 7816-4, 5.2.2.1. Nothing when the bytes end within the tag.
std::optional<std::size_t> tagSize(BytesView bytes) {
    if (bytes.empty()) {
        return std::nullopt;
    }
    if ((bytes[0] & highTagNumber) != highTagNumber) {
        return 1;
    }
    for (std::size_t size = 2; size <= longestTag; ++size) {
        if (bytes.size() < size) {
            return std::nullopt;
        }
        if ((bytes[size - 1] & moreFollows) == 0) {
            return size;
        }
    }
    throw MalformedData("A data object's tag is longer than 3 bytes.");
}

// ISO/IEC 7816-4, 5.2.2.2. Nothing when the bytes end within the length.
std::optional<std::size_t> lengthSize(BytesView bytes) {
    if (bytes.empty()) {
        return std::nullopt;
    }
    if ((bytes[0] & moreFollows) == 0) {
        return 1;
    }
    const std::size_t following = bytes[0] & 0x7FU;
    if (following == 0 || following > longestLength) {
        throw MalformedData("A data object's length is indefinite or has more than 4 bytes.");
    }
    if (bytes.size() < 1 + following) {
        return std::nullopt;
    }
    return 1 + following;
}

std::size_t readLength(BytesView field) {
    return static_cast<std::size_t>(field.size() == 1 ? field[0] : fromBigEndian(field.subspan(1)));
}

void appendTag(Bytes& bytes, std::uint32_t tag) {
    for (unsigned shift = 24; shift > 0; shift -= 8) {
        if (tag >> shift != 0) {
            bytes.push_back(static_cast<std::uint8_t>(tag >> shift & 0xFFU));
        }
    }
    bytes.push_back(static_cast<std::uint8_t>(tag & 0xFFU));
}

void appendLength(Bytes& bytes, std::size_t length) {
    if (length < moreFollows) {
        bytes.push_back(static_cast<std::uint8_t>(length));
        return;
    }
    std::size_t size = 1;
    while (size < longestLength && length >> (8 * size) != 0) {
        ++size;
    }
    bytes.push_back(static_cast<std::uint8_t>(moreFollows | size));
    append(bytes, toBigEndian(length, size));
}

} // namespace

bool isConstructed(std::uint32_t tag) {
    std::uint32_t first = tag;
    while (first > 0xFF) {
        first >>= 8U;
    }
    return (first & constructedBit) != 0;
}

std::optional<TlvHeader> readTlvHeader(BytesView bytes) {
    const auto tag = tagSize(bytes);
    if (!tag) {
        return std::nullopt;
    }
    const auto length = lengthSize(bytes.subspan(*tag));
    if (!length) {
        return std::nullopt;
    }
    return TlvHeader{static_cast<std::uint32_t>(fromBigEndian(bytes.first(*tag))), *tag + *length,
                     readLength(bytes.subspan(*tag, *length))};
}

TlvReader Tlv::children() const {
    if (!isConstructed(tag)) {
        throw MalformedData("Data object " + tagText(tag) + " holds no further data objects.");
    }
    return TlvReader(value, depth + 1);
}

TlvReader::TlvReader(BytesView bytes, unsigned depth) : remaining_(bytes), depth_(depth) {
    if (depth > maximumDepth) {
        throw MalformedData("Data objects are nested too deep.");
    }
}

std::optional<Tlv> TlvReader::next() {
    if (remaining_.empty()) {
        return std::nullopt;
    }
    const auto header = readTlvHeader(remaining_);
    if (!header || header->valueSize > remaining_.size() - header->headerSize) {
        throw MalformedData("A data object is cut off.");
    }
    const Tlv tlv{header->tag, remaining_.subspan(header->headerSize, header->valueSize),
                  remaining_.first(header->headerSize + header->valueSize), depth_};
    remaining_ = remaining_.subspan(tlv.encoded.size());
    return tlv;
}

Tlv TlvReader::expect(std::uint32_t tag, std::string_view what) {
    const auto tlv = next();
    if (!tlv || tlv->tag != tag) {
        throw MalformedData(std::string(what) + " (data object " + tagText(tag) + ") is missing.");
    }
    return *tlv;
}

std::optional<Tlv> TlvReader::find(std::uint32_t tag) const {
    TlvReader reader = *this;
    while (const auto tlv = reader.next()) {
        if (tlv->tag == tag) {
            return tlv;
        }
    }
    return std::nullopt;
}

Tlv TlvReader::require(std::uint32_t tag, std::string_view what) const {
    const auto tlv = find(tag);
    if (!tlv) {
        throw MalformedData(std::string(what) + " (data object " + tagText(tag) + ") is missing.");
    }
    return *tlv;
}

void TlvReader::expectEnd(std::string_view what) const {
    if (!atEnd()) {
        throw MalformedData(std::string(what) + " is followed by more bytes than it should be.");
    }
}

Tlv readTlv(BytesView bytes, std::uint32_t tag, std::string_view what) {
    TlvReader reader(bytes);
    const Tlv tlv = reader.expect(tag, what);
    reader.expectEnd(what);
    return tlv;
}

void appendTlv(Bytes& bytes, std::uint32_t tag, BytesView value) {
    appendTag(bytes, tag);
    appendLength(bytes, value.size());
    append(bytes, value);
}

} // namespace cancuoc
