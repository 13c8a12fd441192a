// SPDX-License-Identifier: Apache-2.0
// What DG11, DG12 and DG16 say of the holder and the document, in the result of an inspection.
#include <doctest/doctest.h>

#include "host/inspection/inspection_json.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using lds::FileId;
using test::SimulatedCard;
using test::SimulatedCardProfile;

namespace {

lds::DataGroup1 holder(const std::string& birthDate) {
    lds::MachineReadableZone zone;
    zone.documentCode = "I";
    zone.issuingState = "UTO";
    zone.documentNumber = "D99000001";
    zone.birthDate = birthDate;
    zone.expiryDate = "350101";
    zone.nationality = "UTO";
    zone.primaryIdentifier = "MAU";
    zone.secondaryIdentifier = "AN";
    return lds::DataGroup1::of(zone);
}

lds::DataGroup11 personalDetails() {
    lds::DataGroup11 details;
    details.birthDate = "19070301";
    details.placeOfBirth = "NEUSTADT<UTO";
    details.profession = "MILLER";
    return details;
}

lds::DataGroup12 documentDetails() {
    lds::DataGroup12 details;
    details.issuingAuthority = "TOWN OF NEUSTADT";
    details.issueDate = "20250102";
    return details;
}

lds::DataGroup16 personsToNotify() {
    lds::DataGroup16::Person person;
    person.dateRecorded = "20250102";
    person.name = "MAU<<BINH";
    return {{person}};
}

// A person born in 1907, whom the MRZ alone would take for one of 2007.
SimulatedCard cardWithDetails(const std::string& birthDateInMrz) {
    SimulatedCardProfile profile;
    profile.change = [birthDateInMrz](std::map<FileId, Bytes>& files) {
        files[FileId::DataGroup1] = holder(birthDateInMrz).encode();
        files[FileId::DataGroup11] = personalDetails().encode();
        files[FileId::DataGroup12] = documentDetails().encode();
        files[FileId::DataGroup16] = personsToNotify().encode();
    };
    return SimulatedCard(profile);
}

} // namespace

TEST_CASE("further details are decoded, and their dates give the MRZ its century") {
    auto card = cardWithDetails("070301");
    const auto result = card.inspect();
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK(result.birthDate == dateFromIso("1907-03-01"));
    CHECK(result.issueDate == dateFromIso("2025-01-02"));
    const auto json = toJson(result);
    CHECK(json["document"]["birthDate"] == "1907-03-01");
    CHECK(json["personalDetails"]["birthDate"] == "1907-03-01");
    CHECK(json["personalDetails"]["profession"] == "MILLER");
    CHECK_FALSE(json["personalDetails"].contains("address"));
    CHECK(json["documentDetails"]["issuingAuthority"] == "TOWN OF NEUSTADT");
    CHECK(json["documentDetails"]["issueDate"] == "2025-01-02");
    REQUIRE(json["personsToNotify"].size() == 1);
    CHECK(json["personsToNotify"][0]["name"] == "MAU<<BINH");
    CHECK(result.remarks.empty());
}

TEST_CASE("the face is told before files that can wait are read") {
    auto card = cardWithDetails("070301");
    SystemRandom random;
    Inspection inspection(card.chip(), random, SimulatedCard::clock());
    bool faceTold = false;
    bool detailsBegun = false;
    inspection.onEvent([&](const InspectionEvent& event) {
        faceTold = faceTold || std::holds_alternative<event::FaceRead>(event);
        const auto* begun = std::get_if<event::FileBegun>(&event);
        if (begun != nullptr && begun->file == FileId::DataGroup11) {
            detailsBegun = true;
            CHECK(faceTold);
        }
    });
    static_cast<void>(inspection.run(SimulatedCard::request()));
    CHECK(detailsBegun);
}

TEST_CASE("a full birth date that is not the MRZ's is remarked") {
    auto card = cardWithDetails("080301");
    const auto result = card.inspect();
    REQUIRE(result.remarks.size() == 1);
    CHECK(result.remarks.front().find("birth date") != std::string::npos);
    CHECK(toJson(result)["document"]["birthDate"] == "2008-03-01");
}

TEST_CASE("a date of a detail is a whole day or none") {
    CHECK(lds::dateFromDetail("20250102") == dateFromIso("2025-01-02"));
    for (const auto* text : {"", "20250000", "00000000", "2025010", "20250230", "2025-1-2", "202501021"}) {
        CAPTURE(text);
        CHECK_FALSE(lds::dateFromDetail(text));
    }
}
