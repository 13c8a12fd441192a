// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/wsq_entropy.hpp"

#include "host/base/error.hpp"

namespace cancuoc::biometric::wsq {

namespace {

constexpr std::uint8_t markerStart = 0xFF;
constexpr std::uint8_t firstRestartMarker = 0xB0;
constexpr std::uint8_t lastRestartMarker = 0xB7;

[[noreturn]] void throwCutOff() {
    throw MalformedData("The WSQ image is cut off.");
}

} // namespace

// False where a marker stands that ends the block.
bool BitReader::fill() {
    while (remaining_.size() >= 2 && remaining_[0] == markerStart) {
        if (remaining_[1] == 0) {
            current_ = markerStart;
            remaining_ = remaining_.subspan(2);
            available_ = 8;
            return true;
        }
        if (remaining_[1] < firstRestartMarker || remaining_[1] > lastRestartMarker) {
            return false;
        }
        remaining_ = remaining_.subspan(2);
    }
    if (remaining_.empty() || remaining_[0] == markerStart) {
        throwCutOff();
    }
    current_ = remaining_[0];
    remaining_ = remaining_.subspan(1);
    available_ = 8;
    return true;
}

std::optional<unsigned> BitReader::nextBit() {
    if (available_ == 0 && !fill()) {
        return std::nullopt;
    }
    --available_;
    return current_ >> available_ & 1U;
}

unsigned BitReader::takeBits(unsigned count) {
    unsigned bits = 0;
    for (unsigned index = 0; index < count; ++index) {
        const auto bit = nextBit();
        if (!bit) {
            throwCutOff();
        }
        bits = bits << 1U | *bit;
    }
    return bits;
}

HuffmanTable::HuffmanTable(const std::array<std::uint8_t, longestCode>& counts, BytesView symbols)
    : symbols_(toBytes(symbols)) {
    std::uint32_t code = 0;
    std::size_t symbol = 0;
    for (std::size_t index = 0; index < longestCode; ++index) {
        lengths_[index] = {code, counts[index], symbol};
        code += counts[index];
        symbol += counts[index];
        if (code > std::uint32_t{1} << (index + 1)) {
            throw MalformedData("The WSQ image has a malformed Huffman table.");
        }
        code <<= 1U;
    }
    if (symbol != symbols.size()) {
        throw MalformedData("The WSQ image has a malformed Huffman table.");
    }
}

std::optional<std::uint8_t> HuffmanTable::decode(BitReader& bits) const {
    std::uint32_t code = 0;
    for (const Length& length : lengths_) {
        const auto bit = bits.nextBit();
        if (!bit) {
            return std::nullopt;
        }
        code = code << 1U | *bit;
        if (code >= length.firstCode && code - length.firstCode < length.count) {
            return symbols_[length.firstSymbol + (code - length.firstCode)];
        }
    }
    throw MalformedData("The WSQ image has a code that its Huffman table does not know.");
}

} // namespace cancuoc::biometric::wsq
