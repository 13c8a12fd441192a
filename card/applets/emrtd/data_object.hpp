// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/response.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// A BER-TLV data object (ISO/IEC 7816-4, 6.3) inside a command's data field.
struct DataObject {
    /// One or two tag bytes.
    std::uint16_t tag = 0;
    std::span<const std::uint8_t> value;
};

/// Walks the data objects of one level. Tags have one or two bytes, lengths up to 65535 in at most three
/// bytes.
class DataObjectReader {
public:
    explicit DataObjectReader(std::span<const std::uint8_t> data) : rest_(data) {}

    /// Whether all of the data was consumed.
    [[nodiscard]] bool atEnd() const { return rest_.empty(); }

    /// The next data object; nothing at the end and when the encoding is malformed or runs past the end.
    [[nodiscard]] std::optional<DataObject> next();

private:
    std::span<const std::uint8_t> rest_;
};

/// Sizes of a data object whose header was read.
struct DataObjectSize {
    /// Bytes of tag and length.
    std::size_t header = 0;
    std::size_t content = 0;
};

/// The sizes of the data object with the one-byte tag `tag` whose first bytes are `beginning`, at least its
/// whole header; nothing when it has another tag or a malformed length.
[[nodiscard]] std::optional<DataObjectSize> readHeader(std::span<const std::uint8_t> beginning,
                                                       std::uint8_t tag);

/// Size of a length field in bytes: 1 to 3. `length` is at most 65535.
[[nodiscard]] constexpr std::size_t sizeOfLength(std::size_t length) {
    return length < 0x80 ? 1 : length <= 0xFF ? 2 : 3;
}

/// Writes the shortest length field of `length` (at most 65535) to the beginning of `output`, which has room
/// for it; returns its size.
std::size_t writeLength(std::size_t length, std::span<std::uint8_t> output);

/// The value of the one data object `tag` that a Dynamic Authentication Data template DO'7C' must hold and
/// nothing else (Doc 9303-11, 4.4.4.2); nothing when `data` is anything else.
[[nodiscard]] std::optional<std::span<const std::uint8_t>>
readDynamicAuthenticationData(std::span<const std::uint8_t> data, std::uint8_t tag);

/// Whether `data` is an empty Dynamic Authentication Data template.
[[nodiscard]] bool isEmptyDynamicAuthenticationData(std::span<const std::uint8_t> data);

/// Appends DO'7C' with `objects` of one-byte tags in it; false when the response has no room.
[[nodiscard]] bool appendDynamicAuthenticationData(std::span<const DataObject> objects, Response& response);

/// Appends DO'7C' { `tag` `value` }; false when the response has no room.
[[nodiscard]] bool appendDynamicAuthenticationData(std::uint8_t tag, std::span<const std::uint8_t> value,
                                                   Response& response);

/// Appends an empty Dynamic Authentication Data template; false when the response has no room.
[[nodiscard]] bool appendEmptyDynamicAuthenticationData(Response& response);

} // namespace cancuoc::card::emrtd
