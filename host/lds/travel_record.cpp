// SPDX-License-Identifier: Apache-2.0
#include "host/lds/travel_record.hpp"

#include "host/lds/asn1.hpp"
#include "host/lds/detail_field.hpp"

namespace cancuoc::lds {

namespace {

constexpr SignedRecord::Tags tags{0x5F44, 0x73};

// Doc 9303-10, table 86
using Field = DetailField<TravelDetails>;
constexpr Field fields[] = {
    {0x5F44, &TravelDetails::state},
    {0x5F4C, &TravelDetails::visaStatus},
    {0x5F45, &TravelDetails::date},
    {0x5F4B, &TravelDetails::inspectionAuthority},
    {0x5F46, &TravelDetails::inspectionLocation},
    {0x5F4A, &TravelDetails::inspectorReference},
    {0x5F4D, &TravelDetails::inspectionResult},
    {0x5F49, &TravelDetails::modeOfTravel},
    {0x5F48, &TravelDetails::durationOfStay},
    {0x5F4E, &TravelDetails::conditions},
};

} // namespace

TravelDetails TravelDetails::decode(BytesView signedInfo) {
    return decodeFile("The travel record", signedInfo, SignedRecord::maximumLength, [signedInfo] {
        TravelDetails details;
        readDetails<TravelDetails>(
            details, readDetailTemplate(readTlv(signedInfo, tags.signedInfo, "The signed information")),
            fields);
        return details;
    });
}

Bytes TravelDetails::encode() const {
    return encodeTlv(tags.signedInfo, encodeDetails(writeDetails<TravelDetails>(*this, fields)));
}

std::optional<int> TravelDetails::daysOfStay() const {
    if (durationOfStay.empty() || durationOfStay.size() > 2) {
        return std::nullopt;
    }
    return static_cast<int>(fromBigEndian(durationOfStay));
}

TravelRecord TravelRecord::decode(BytesView record) {
    return {SignedRecord::decode(record, tags)};
}

Bytes TravelRecord::encode() const {
    return SignedRecord::encode(tags);
}

TravelDetails TravelRecord::details() const {
    return TravelDetails::decode(signedInfo);
}

} // namespace cancuoc::lds
