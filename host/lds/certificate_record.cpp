// SPDX-License-Identifier: Apache-2.0
#include "host/lds/certificate_record.hpp"

#include "host/lds/asn1.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t serialNumberTag = 0x5F3A;
constexpr std::uint32_t certificateTag = 0x72;
constexpr std::size_t countryLength = 2;

} // namespace

CertificateRecord CertificateRecord::decode(BytesView record) {
    return decodeFile("The certificate record", record, maximumLength, [record] {
        TlvReader reader(record);
        const BytesView name =
            reader.expect(serialNumberTag, "The country and serial number of the certificate").value;
        if (name.size() <= countryLength) {
            throw MalformedData("The country and serial number of the certificate are too short.");
        }
        const BytesView encoded = reader.expect(certificateTag, "The certificate").value;
        reader.expectEnd("The certificate record");
        return CertificateRecord{toText(name.first(countryLength)), toBytes(name.subspan(countryLength)),
                                 toBytes(encoded)};
    });
}

Bytes CertificateRecord::encode() const {
    return concat(encodeTlv(serialNumberTag, viewOf(country), serialNumber),
                  encodeTlv(certificateTag, certificate));
}

} // namespace cancuoc::lds
