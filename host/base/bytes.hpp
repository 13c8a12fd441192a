// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

/// Upper-case hexadecimal, two digits a byte, nothing between them.
[[nodiscard]] std::string toHex(BytesView bytes);

/// The same in lower case, as sha256sum and scripts write it.
[[nodiscard]] std::string toLowerCaseHex(BytesView bytes);

/// The bytes that `hex` writes, in either case; white space between bytes is skipped.
/// Throws MalformedData for an odd number of digits or any other character.
[[nodiscard]] Bytes fromHex(std::string_view hex);

/// Views the characters of `text` as bytes. The view lives as long as the text.
[[nodiscard]] BytesView viewOf(std::string_view text);

/// The bytes as text, one character a byte.
[[nodiscard]] std::string toText(BytesView bytes);

[[nodiscard]] Bytes toBytes(BytesView bytes);

/// Appends `tail` to `bytes`; `tail` must not view `bytes` itself.
void append(Bytes& bytes, BytesView tail);

/// All parts one after another. Each part is anything that a BytesView can view.
template <class... Parts>
[[nodiscard]] Bytes concat(const Parts&... parts) {
    Bytes result;
    result.reserve((BytesView(parts).size() + ... + std::size_t{0}));
    (append(result, BytesView(parts)), ...);
    return result;
}

/// Appends `value` as toBigEndian writes it.
void appendBigEndian(Bytes& bytes, std::uint64_t value, std::size_t size);

/// Whether both hold the same bytes. For secrets and MACs use equalConstantTime.
[[nodiscard]] bool equal(BytesView left, BytesView right);

/// `value` as `size` bytes (1 to 8), most significant byte first; higher bytes are cut off.
[[nodiscard]] Bytes toBigEndian(std::uint64_t value, std::size_t size);

/// `value` in the fewest bytes, at least one.
[[nodiscard]] Bytes toShortestBigEndian(std::uint64_t value);

/// The unsigned number that `bytes` (0 to 8 of them) write, most significant byte first.
/// Throws MalformedData for more than 8 bytes.
[[nodiscard]] std::uint64_t fromBigEndian(BytesView bytes);

/// The same, least significant byte first.
[[nodiscard]] std::uint64_t fromLittleEndian(BytesView bytes);

} // namespace cancuoc
