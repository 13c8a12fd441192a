// SPDX-License-Identifier: Apache-2.0
#include "host/lds/asn1.hpp"

namespace cancuoc::lds {

int readInteger(TlvReader& reader, std::string_view what) {
    const Tlv integer = reader.expect(asn1::integer, what);
    constexpr std::size_t longest = 4;
    if (integer.value.empty() || integer.value.size() > longest || (integer.value[0] & 0x80) != 0) {
        throw MalformedData(std::string(what) + " is no number from 0 to 2147483647.");
    }
    return static_cast<int>(fromBigEndian(integer.value));
}

ObjectIdentifier readObjectIdentifier(TlvReader& reader, std::string_view what) {
    return ObjectIdentifier::fromContent(reader.expect(asn1::objectIdentifier, what).value);
}

Bytes encodeInteger(int value) {
    std::size_t size = 1;
    while (size < 4 && value >> (8 * size - 1) != 0) {
        ++size;
    }
    return encodeTlv(asn1::integer, toBigEndian(static_cast<std::uint64_t>(value), size));
}

} // namespace cancuoc::lds
