// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <optional>

namespace cancuoc {

class TlvReader;

/// The first tag byte's bit 6: the value is itself a sequence of data objects.
[[nodiscard]] bool isConstructed(std::uint32_t tag);

/// A BER-TLV data object (ISO/IEC 8825-1 as restricted by ISO/IEC 7816-4, 5.2.2) inside someone else's bytes:
/// tags of at most 3 bytes, definite lengths of at most 4 bytes. Nothing is copied.
struct Tlv {
    /// All tag bytes as one number: 0x61, 0x5F1F, 0x7F4C.
    std::uint32_t tag = 0;
    BytesView value;
    /// Tag, length and value as they stood.
    BytesView encoded;
    /// How many data objects enclose this one.
    unsigned depth = 0;

    /// A reader of the data objects within. Throws MalformedData if this one is primitive or nested too deep.
    [[nodiscard]] TlvReader children() const;
};

/// Reads data objects one after another. The bytes must outlive the reader and everything it returns.
class TlvReader {
public:
    /// No format of ICAO 9303 nests deeper.
    static constexpr unsigned maximumDepth = 16;

    explicit TlvReader(BytesView bytes, unsigned depth = 0);

    [[nodiscard]] bool atEnd() const { return remaining_.empty(); }
    /// The bytes not yet read.
    [[nodiscard]] BytesView remaining() const { return remaining_; }

    /// Reads the next data object; nothing at the end. Throws MalformedData when it is cut off or malformed.
    [[nodiscard]] std::optional<Tlv> next();
    /// Reads the next data object, which must carry `tag`. Throws MalformedData otherwise; `what` names it
    /// there.
    [[nodiscard]] Tlv expect(std::uint32_t tag, std::string_view what);
    /// The first data object with `tag` from here on; the reader itself stays where it is.
    [[nodiscard]] std::optional<Tlv> find(std::uint32_t tag) const;
    /// The same; throws MalformedData when there is none.
    [[nodiscard]] Tlv require(std::uint32_t tag, std::string_view what) const;
    /// Throws MalformedData unless everything has been read.
    void expectEnd(std::string_view what) const;

private:
    BytesView remaining_;
    unsigned depth_;
};

/// The one data object that `bytes` consist of. Throws MalformedData unless it carries `tag` and nothing
/// follows.
[[nodiscard]] Tlv readTlv(BytesView bytes, std::uint32_t tag, std::string_view what);

/// Tag and length of a data object whose value may not be there yet.
struct TlvHeader {
    std::uint32_t tag = 0;
    /// Bytes of the tag and length fields.
    std::size_t headerSize = 0;
    /// Bytes of the value.
    std::size_t valueSize = 0;
};

/// The header at the start of `bytes`; nothing when `bytes` end within it. Throws MalformedData when
/// malformed.
[[nodiscard]] std::optional<TlvHeader> readTlvHeader(BytesView bytes);

/// Appends a data object with the shortest length field. `tag` is written with as many bytes as it has.
void appendTlv(Bytes& bytes, std::uint32_t tag, BytesView value);
/// The same for a value made of parts, one after another: `encodeTlv(0x30, first, second)`.
template <class... Parts>
[[nodiscard]] Bytes encodeTlv(std::uint32_t tag, const Parts&... parts) {
    Bytes encoded;
    appendTlv(encoded, tag, concat(parts...));
    return encoded;
}

} // namespace cancuoc
