// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/base/object_identifier.hpp"

#include <string>
#include <string_view>

namespace cancuoc::lds {

/// Universal tags of ASN.1 that the files of the LDS use (X.680, 8.4).
namespace asn1 {
inline constexpr std::uint32_t integer = 0x02;
inline constexpr std::uint32_t bitString = 0x03;
inline constexpr std::uint32_t octetString = 0x04;
inline constexpr std::uint32_t null = 0x05;
inline constexpr std::uint32_t objectIdentifier = 0x06;
inline constexpr std::uint32_t utf8String = 0x0C;
inline constexpr std::uint32_t numericString = 0x12;
inline constexpr std::uint32_t printableString = 0x13;
inline constexpr std::uint32_t ia5String = 0x16;
inline constexpr std::uint32_t sequence = 0x30;
inline constexpr std::uint32_t set = 0x31;
} // namespace asn1

/// Reads a non-negative INTEGER of at most four bytes; `what` names it in the error. Throws MalformedData.
[[nodiscard]] int readInteger(TlvReader& reader, std::string_view what);

/// Reads an OBJECT IDENTIFIER. Throws MalformedData.
[[nodiscard]] ObjectIdentifier readObjectIdentifier(TlvReader& reader, std::string_view what);

/// INTEGER with the fewest bytes; `value` is not negative.
[[nodiscard]] Bytes encodeInteger(int value);

/// Runs `decode`, which reads `file`, and puts the name of the file in front of what it complains about.
/// Files longer than `maximumLength` are refused before anything is read.
template <class Decode>
auto decodeFile(std::string_view fileName, BytesView file, std::size_t maximumLength, Decode decode) {
    if (file.size() > maximumLength) {
        throw MalformedData(std::string(fileName) + " has " + std::to_string(file.size()) +
                            " bytes, more than the " + std::to_string(maximumLength) +
                            " this file may have.");
    }
    try {
        return decode();
    } catch (const MalformedData& error) {
        throw MalformedData(std::string(fileName) + " is malformed: " + error.what());
    }
}

} // namespace cancuoc::lds
