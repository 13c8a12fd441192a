// SPDX-License-Identifier: Apache-2.0
#include "host/lds/visa_record.hpp"

#include "host/lds/asn1.hpp"
#include "host/lds/detail_field.hpp"

namespace cancuoc::lds {

namespace {

constexpr SignedRecord::Tags tags{0x5F28, 0x71};

// Doc 9303-10, table 90
using Field = DetailField<VisaDetails>;
constexpr Field fields[] = {
    {0x5F28, &VisaDetails::issuingState},
    {0x43, &VisaDetails::documentType},
    {0x5F71, &VisaDetails::machineReadableVisaA},
    {0x5F72, &VisaDetails::machineReadableVisaB},
    {0x5F73, &VisaDetails::numberOfEntries},
    {0x5F74, &VisaDetails::durationOfStay},
    {0x5F75, &VisaDetails::passportNumber},
    {0x5F76, &VisaDetails::visaType},
    {0x5F77, &VisaDetails::territory},
    {0x49, &VisaDetails::placeOfIssuance},
    {0x5F25, &VisaDetails::effectiveDate},
    {0x5F24, &VisaDetails::expirationDate},
    {0x5A, &VisaDetails::documentNumber},
    {0x5F32, &VisaDetails::additionalInformation},
    {0x5B, &VisaDetails::fullName},
    {0x5F33, &VisaDetails::primaryIdentifier},
    {0x5F34, &VisaDetails::secondaryIdentifier},
    {0x5F35, &VisaDetails::sex},
    {0x5F2B, &VisaDetails::birthDate},
    {0x5F2C, &VisaDetails::nationality},
    {0x5F1F, &VisaDetails::machineReadableZone},
    {0x5F40, &VisaDetails::additionalBiometricsIdentifier},
};

} // namespace

VisaDetails VisaDetails::decode(BytesView signedInfo) {
    return decodeFile("The visa record", signedInfo, SignedRecord::maximumLength, [signedInfo] {
        VisaDetails details;
        readDetails<VisaDetails>(
            details, readDetailTemplate(readTlv(signedInfo, tags.signedInfo, "The signed information")),
            fields);
        return details;
    });
}

Bytes VisaDetails::encode() const {
    return encodeTlv(tags.signedInfo, encodeDetails(writeDetails<VisaDetails>(*this, fields)));
}

std::optional<int> VisaDetails::entries() const {
    return numberOfEntries.size() == 1 ? std::optional<int>(numberOfEntries[0]) : std::nullopt;
}

VisaRecord VisaRecord::decode(BytesView record) {
    return {SignedRecord::decode(record, tags)};
}

Bytes VisaRecord::encode() const {
    return SignedRecord::encode(tags);
}

VisaDetails VisaRecord::details() const {
    return VisaDetails::decode(signedInfo);
}

} // namespace cancuoc::lds
