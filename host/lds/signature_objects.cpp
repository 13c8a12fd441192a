// SPDX-License-Identifier: Apache-2.0
#include "host/lds/signature_objects.hpp"

#include "host/base/error.hpp"

namespace cancuoc::lds {

namespace {
constexpr std::uint32_t signatureTag = 0x5F37;
constexpr std::uint32_t certificateReferenceTag = 0x5F38;
} // namespace

SignatureObjects SignatureObjects::read(TlvReader& reader) {
    SignatureObjects objects;
    objects.signature = toBytes(reader.expect(signatureTag, "The signature").value);
    const BytesView reference =
        reader.expect(certificateReferenceTag, "The reference to the signer's certificate").value;
    if (reference.size() != 1) {
        throw MalformedData("The reference to the signer's certificate is no record number.");
    }
    objects.certificateReference = reference[0];
    return objects;
}

Bytes SignatureObjects::encode() const {
    return concat(encodeTlv(signatureTag, signature),
                  encodeTlv(certificateReferenceTag, toBigEndian(certificateReference, 1)));
}

} // namespace cancuoc::lds
