// SPDX-License-Identifier: Apache-2.0
// Travel records, visas and additional biometrics of a card that has them beside its eMRTD application.
#include "host/inspection/lds2_reader.hpp"

#include <doctest/doctest.h>

#include "host/inspection/check_name.hpp"
#include "host/inspection/inspection.hpp"
#include "host/inspection/inspection_json.hpp"
#include "tests/support/lds2_applications.hpp"
#include "tests/unit/host/inspection/fingerprint_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using test::FingerprintCard;
using test::FingerprintPki;
using test::Lds2Applications;
using test::TestCard;

namespace {

lds::TravelRecord travelRecord(const std::string& state, const std::string& date, std::uint8_t reference) {
    lds::TravelDetails details;
    details.state = state;
    details.date = date;
    details.inspectionAuthority = "UTBORDER";
    details.inspectionLocation = "UTO";
    details.inspectorReference = "UTO00000001";
    lds::TravelRecord record;
    record.state = state;
    record.signedInfo = details.encode();
    record.signature = Bytes(64, 0x5A);
    record.certificateReference = reference;
    return record;
}

lds::VisaRecord visaRecord() {
    lds::VisaDetails details;
    details.issuingState = "UTO";
    details.documentType = "VS";
    details.effectiveDate = "21130201";
    details.expirationDate = "21140201";
    details.documentNumber = "V00000001";
    lds::VisaRecord record;
    record.state = "UTO";
    record.signedInfo = details.encode();
    record.signature = Bytes(64, 0x5A);
    record.certificateReference = 1;
    return record;
}

Bytes certificate(std::uint8_t serialNumber) {
    return lds::CertificateRecord{"UT", Bytes{serialNumber}, fromHex("3003020100")}.encode();
}

Bytes biometrics() {
    return lds::AdditionalBiometrics{encodeTlv(0x5F2E, Bytes(300, 0x33)), Bytes(64, 0x5A), 1}.encode();
}

// A card of the issuer's with two entries, an exit, a visa and one file of biometrics.
class Lds2Card {
public:
    Lds2Card() : card_(TestCard::image(), pki_) {
        applications.applications[toHex(lds::application::travelRecords)] = {
            {{0x0101,
              {travelRecord("UTO", "21130301", 1).encode(), travelRecord("UTO", "21130501", 3).encode()}},
             {0x0102, {travelRecord("VNM", "21130201", 1).encode()}},
             {0x011A, {certificate(1), certificate(2), certificate(3)}}},
            {}};
        applications.applications[toHex(lds::application::visaRecords)] = {
            {{0x0103, {visaRecord().encode()}}, {0x011A, {certificate(4)}}}, {}};
        applications.applications[toHex(lds::application::additionalBiometrics)] = {
            {{0x011A, {certificate(5)}}}, {{0x0201, biometrics()}}};
        applications.isAuthorized = [this] { return card_.terminalVerifier.accepted(); };
        card_.chip().intercept = [this, chip = card_.chip().intercept](const test::ReceivedCommand& command) {
            auto answer = applications.process(command);
            return answer ? answer : chip(command);
        };
    }

    Lds2Applications applications;
    std::vector<std::string> read; // what was told of files of records

    InspectionResult inspect(bool withTerminal = true, bool withLds2 = true) {
        const auto keys = pki_.terminalKeys();
        auto request = TestCard::request();
        request.terminalKeys = withTerminal ? &keys : nullptr;
        request.lds2 = withLds2;
        SystemRandom random;
        Inspection inspection(card_.chip(), random, test::IssuingFixture::clock());
        inspection.onEvent([this](const InspectionEvent& event) {
            if (const auto* records = std::get_if<event::RecordsRead>(&event)) {
                read.push_back(std::string(records->file) + " " + std::to_string(records->records));
            }
        });
        return inspection.run(request);
    }

private:
    FingerprintPki pki_;
    FingerprintCard card_;
};

std::size_t commandsOf(const InspectionResult& result, std::string_view step) {
    for (const auto& candidate : result.steps) {
        if (candidate.name == step) {
            return candidate.commands;
        }
    }
    return 0;
}

} // namespace

TEST_CASE("the applications of LDS2 are read after Terminal Authentication, with few commands") {
    Lds2Card card;
    const auto result = card.inspect();
    CHECK(result.judgement.verdict == Verdict::Genuine);
    REQUIRE(result.lds2.has_value());
    REQUIRE(result.lds2->applications.size() == 3);
    for (const auto& application : result.lds2->applications) {
        CAPTURE(application.name);
        CHECK(application.reason == "");
    }
    CHECK(result.lds2->entries == std::vector<lds::TravelRecord>{travelRecord("UTO", "21130301", 1),
                                                                 travelRecord("UTO", "21130501", 3)});
    CHECK(result.lds2->exits == std::vector<lds::TravelRecord>{travelRecord("VNM", "21130201", 1)});
    CHECK(result.lds2->visas == std::vector<lds::VisaRecord>{visaRecord()});
    REQUIRE(result.lds2->biometrics.size() == 1);
    CHECK(result.lds2->biometrics.at(1).encode() == biometrics());
    REQUIRE(result.lds2->travelCertificates.size() == 2); // the second has signed nothing
    CHECK(result.lds2->travelCertificates.at(3).serialNumber == Bytes{3});
    CHECK(result.lds2->visaCertificates.at(1).serialNumber == Bytes{4});
    CHECK(result.lds2->biometricsCertificates.at(1).serialNumber == Bytes{5});
    CHECK(card.read == std::vector<std::string>{"EF.EntryRecords 2", "EF.ExitRecords 1", "EF.Certificates 2",
                                                "EF.VisaRecords 1", "EF.Certificates 1", "EF.Biometrics 1",
                                                "EF.Certificates 1"});
    CHECK(commandsOf(result, "EF.DIR") == 1);
    // SELECT, and for each file its number and its records, or each certificate.
    CHECK(commandsOf(result, "travel-records") == 1 + 3 + 2 + 2); // two entries outgrow a short answer
    CHECK(commandsOf(result, "visa-records") == 1 + 2 + 1);
    // Two files are looked for, the first in two parts.
    CHECK(commandsOf(result, "additional-biometrics") == 1 + 3 + 1 + 1);

    const auto json = toJson(result)["lds2"];
    CHECK(json["applications"][0]["name"] == "travel-records");
    CHECK(json["entries"][1]["date"] == "21130501");
    CHECK(json["entries"][1]["signer"] == "UT 03");
    CHECK(json["exits"][0]["state"] == "VNM");
    CHECK(json["visas"][0]["documentNumber"] == "V00000001");
    CHECK(json["biometrics"][0]["file"] == "EF.Biometrics1");
    CHECK(json["biometrics"][0]["bytes"] == 300);
}

TEST_CASE("without a terminal that may read them the applications are listed and the card stays genuine") {
    Lds2Card card;
    const auto result = card.inspect(/*withTerminal*/ false);
    CHECK(result.judgement.verdict == Verdict::Genuine);
    REQUIRE(result.lds2->applications.size() == 3);
    for (const auto& application : result.lds2->applications) {
        CHECK(application.reason.find("refuses the application with 6982") != std::string::npos);
    }
    CHECK(result.lds2->entries.empty());
    CHECK(card.read.empty());
}

TEST_CASE("records that cannot be decoded are named, and the other files are read") {
    Lds2Card card;
    auto& records = card.applications.applications[toHex(lds::application::travelRecords)].recordFiles;
    records[0x0101][1] = fromHex("5F4403555455"
                                 "5F380101");
    const auto result = card.inspect();
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK_FALSE(result.lds2->applications[0].reason.empty());
    CHECK(result.lds2->entries.size() == 1);
    CHECK(result.lds2->exits.size() == 1);
    CHECK(result.lds2->applications[1].reason.empty());
}

TEST_CASE("nothing of LDS2 is asked of a card where nobody asked for it") {
    Lds2Card card;
    const auto result = card.inspect(/*withTerminal*/ true, /*withLds2*/ false);
    CHECK_FALSE(result.lds2.has_value());
    CHECK(commandsOf(result, "EF.DIR") == 0);
    CHECK_FALSE(toJson(result).contains("lds2"));
}

TEST_CASE("a card without applications of LDS2 says so with one command") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    request.lds2 = true;
    const auto result = card.inspect(request);
    REQUIRE(result.lds2.has_value());
    CHECK(result.lds2->applications.empty());
    CHECK(result.judgement.verdict == Verdict::Genuine);
}
