// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace cancuoc::biometric::wsq {

/// The entropy-coded bytes of a block (IAFIS-IC-0110, part 1, annex C): bits from the most significant on, a
/// 00 behind each FF. A marker ends them; restart markers are stepped over, at a byte's boundary.
class BitReader {
public:
    /// `bytes` must outlive the reader.
    explicit BitReader(BytesView bytes) : remaining_(bytes) {}

    /// The next bit; nothing where a marker stands. Throws MalformedData at the end of the bytes.
    std::optional<unsigned> nextBit();
    /// The next `count` bits (1 to 16) as a number. Throws MalformedData when there are not that many.
    unsigned takeBits(unsigned count);
    /// The bytes from the marker on, once nextBit() has found one.
    [[nodiscard]] BytesView remaining() const { return remaining_; }

private:
    bool fill();

    BytesView remaining_;
    unsigned current_ = 0;
    unsigned available_ = 0; ///< bits of current_ not yet taken
};

/// A Huffman table: how many codes of each length there are, and the symbols in the order of the codes.
class HuffmanTable {
public:
    static constexpr std::size_t longestCode = 16;

    /// Throws MalformedData when there are more codes than a length can have, or symbols are missing.
    HuffmanTable(const std::array<std::uint8_t, longestCode>& counts, BytesView symbols);

    /// The next symbol; nothing where a marker stands, also within a code: blocks are filled up with bits 1.
    /// Throws MalformedData when no code matches.
    [[nodiscard]] std::optional<std::uint8_t> decode(BitReader& bits) const;

private:
    struct Length {
        std::uint32_t firstCode = 0;
        std::uint32_t count = 0;
        std::size_t firstSymbol = 0;
    };

    std::array<Length, longestCode> lengths_{};
    Bytes symbols_;
};

} // namespace cancuoc::biometric::wsq
