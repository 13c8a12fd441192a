// SPDX-License-Identifier: Apache-2.0
#include "host/lds/additional_biometrics.hpp"
#include "host/lds/certificate_record.hpp"
#include "host/lds/travel_record.hpp"
#include "host/lds/visa_record.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::lds;

namespace {

Bytes text(std::uint32_t tag, std::string_view characters) {
    return encodeTlv(tag, viewOf(characters));
}

// The examples of Doc 9303-10, table 86.
TravelDetails travel() {
    TravelDetails details;
    details.state = "USA";
    details.visaStatus = "VISA APPROVED";
    details.date = "20120814";
    details.inspectionAuthority = "CBP";
    details.inspectionLocation = "SFO";
    details.inspectorReference = "SFO00001234";
    details.inspectionResult = "ADMITTED";
    details.modeOfTravel = "A";
    details.durationOfStay = fromHex("00FF");
    details.conditions = "NO WORK";
    return details;
}

// The examples of Doc 9303-10, table 90.
VisaDetails visa() {
    VisaDetails details;
    details.issuingState = "NLD";
    details.documentType = "VS";
    details.machineReadableVisaB = "VCD<<DENT<<ARTHUR<PHILIP<<<<<<<<<<<<";
    details.numberOfEntries = fromHex("FF");
    details.durationOfStay = fromHex("010000");
    details.passportNumber = "XI85935F8";
    details.visaType = fromHex("43");
    details.territory = fromHex("55544F");
    details.placeOfIssuance = "NEW YORK";
    details.effectiveDate = "20120826";
    details.expirationDate = "20130826";
    details.documentNumber = "XI85935F8";
    details.additionalInformation = "NONE";
    details.fullName = "VAN DER STEEN MARIANNE LOUISE";
    details.primaryIdentifier = "VAN DER STEEN";
    details.secondaryIdentifier = "MARIANNE LOUISE";
    details.sex = "F";
    details.birthDate = "19870814";
    details.nationality = "NLD";
    details.machineReadableZone = "VAN<DER<STEEN<<MARIANNE<LOUISE";
    details.additionalBiometricsIdentifier = fromHex("0201");
    return details;
}

template <class Record>
void refusesEveryPart(const Bytes& record) {
    for (std::size_t size = 0; size < record.size(); ++size) {
        CHECK_THROWS_AS(static_cast<void>(Record::decode(BytesView(record).first(size))), MalformedData);
    }
    CHECK_THROWS_AS(static_cast<void>(Record::decode(concat(record, Bytes{0x00}))), MalformedData);
}

} // namespace

TEST_CASE("an entry or exit record of Doc 9303-10, table 86") {
    const Bytes signedInfo = encodeTlv(0x73, text(0x5F44, "USA"), text(0x5F4C, "VISA APPROVED"),
                                       text(0x5F45, "20120814"), text(0x5F4B, "CBP"), text(0x5F46, "SFO"),
                                       text(0x5F4A, "SFO00001234"), text(0x5F4D, "ADMITTED"),
                                       text(0x5F49, "A"), fromHex("5F480200FF"), text(0x5F4E, "NO WORK"));
    CHECK(travel().encode() == signedInfo);
    const Bytes record = concat(text(0x5F44, "USA"), signedInfo, fromHex("5F3704 01020304 5F3801FE"));
    const auto decoded = TravelRecord::decode(record);
    CHECK(decoded.state == "USA");
    CHECK(decoded.signedInfo == signedInfo);
    CHECK(decoded.signature == fromHex("01020304"));
    CHECK(decoded.certificateReference == 0xFE);
    CHECK(decoded.details() == travel());
    CHECK(decoded.details().daysOfStay() == 255);
    CHECK(decoded.encode() == record);
    refusesEveryPart<TravelRecord>(record);
}

TEST_CASE("a travel record keeps what it does not know, and what is missing is missing") {
    const Bytes signedInfo = encodeTlv(0x73, text(0x5F44, "UTO"), fromHex("5F480101 5F60020102"));
    const auto details = TravelDetails::decode(signedInfo);
    CHECK(details.daysOfStay() == 1);
    CHECK(details.others == std::vector<Detail>{{0x5F60, fromHex("0102")}});
    CHECK(details.encode() == signedInfo);
    CHECK_FALSE(TravelDetails{}.daysOfStay());
    CHECK_THROWS_AS(static_cast<void>(TravelDetails::decode(fromHex("7100"))), MalformedData);
    // The signed information is read later, so that its signature can be checked whatever it holds.
    const auto unreadable = TravelRecord::decode(fromHex("5F4403555344 7301FF 5F370101 5F380101"));
    CHECK_THROWS_AS(static_cast<void>(unreadable.details()), MalformedData);
}

TEST_CASE("a visa record of Doc 9303-10, table 90") {
    const VisaRecord record{{"NLD", visa().encode(), fromHex("0102"), 1}};
    const Bytes encoded = record.encode();
    CHECK(equal(BytesView(encoded).first(6), fromHex("5F28034E4C44")));
    CHECK(encoded[6] == 0x71);
    const auto decoded = VisaRecord::decode(encoded);
    CHECK(decoded == record);
    CHECK(decoded.details() == visa());
    CHECK(decoded.details().entries() == 255);
    CHECK_FALSE(VisaDetails{}.entries());
    CHECK(decoded.encode() == encoded);
    refusesEveryPart<VisaRecord>(encoded);
}

TEST_CASE("the data objects of a visa record stand in the order of the table") {
    const Bytes encoded = visa().encode();
    TlvReader reader = readTlv(encoded, 0x71, "the visa").children();
    for (const std::uint32_t tag :
         {0x5F28U, 0x43U,   0x5F72U, 0x5F73U, 0x5F74U, 0x5F75U, 0x5F76U, 0x5F77U, 0x49U,   0x5F25U, 0x5F24U,
          0x5AU,   0x5F32U, 0x5BU,   0x5F33U, 0x5F34U, 0x5F35U, 0x5F2BU, 0x5F2CU, 0x5F1FU, 0x5F40U}) {
        CHECK(reader.next()->tag == tag);
    }
    CHECK(reader.atEnd());
}

TEST_CASE("a certificate record of Doc 9303-10, table 83") {
    const Bytes record = fromHex("5F3A055553010203 7204 30020500");
    const auto decoded = CertificateRecord::decode(record);
    CHECK(decoded == CertificateRecord{"US", fromHex("010203"), fromHex("30020500")});
    CHECK(decoded.encode() == record);
    refusesEveryPart<CertificateRecord>(record);
    CHECK_THROWS_AS(static_cast<void>(CertificateRecord::decode(fromHex("5F3A025553 7200"))), MalformedData);
}

TEST_CASE("an EF.Biometrics of Doc 9303-10, table 93") {
    const Bytes file = fromHex("7F2E0F 5F2E03010203 5F3702AABB 5F380140");
    const auto decoded = AdditionalBiometrics::decode(file);
    CHECK(decoded.biometricData() == fromHex("010203"));
    CHECK(decoded.signedInfo == fromHex("5F2E03010203"));
    CHECK(decoded.signature == fromHex("AABB"));
    CHECK(decoded.certificateReference == 0x40);
    CHECK(decoded.encode() == file);
    refusesEveryPart<AdditionalBiometrics>(file);
    CHECK_THROWS_AS(
        static_cast<void>(AdditionalBiometrics::decode(fromHex("7F2E0A 5F2E00 5F3700 5F38020101"))),
        MalformedData);
}
