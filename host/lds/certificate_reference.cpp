// SPDX-License-Identifier: Apache-2.0
#include "host/lds/certificate_reference.hpp"

#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc::lds {

namespace {

constexpr std::size_t longestReference = 16;

bool isUnassigned(std::uint8_t character) {
    return character < 0x20 || (character >= 0x7F && character <= 0x9F);
}

} // namespace

std::string readCertificateReference(TlvReader& reader, std::uint32_t tag, std::string_view what) {
    const BytesView reference = reader.expect(tag, what).value;
    if (reference.empty() || reference.size() > longestReference ||
        std::any_of(reference.begin(), reference.end(), isUnassigned)) {
        throw MalformedData(std::string(what) + " is no text of 1 to 16 characters.");
    }
    return toText(reference);
}

} // namespace cancuoc::lds
