// SPDX-License-Identifier: Apache-2.0
// What a reading leaves behind is judged again without the card: the same where nothing was touched, and by
// the name of the check that is there for it where something was.
#include "host/inspection/evidence.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "host/base/error.hpp"
#include "host/base/moment.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/evidence_verification.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"
#include "tests/unit/host/inspection/test_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using cancuoc::test::issuer;
using cancuoc::test::SimulatedCard;
using cancuoc::test::strangersSigner;
using cancuoc::test::TestCard;
using lds::FileId;
using trust::CheckResult;
using Json = nlohmann::ordered_json;

namespace {

InspectionRequest wholeRequest() {
    auto request = TestCard::request();
    request.expectedNumber = TestCard::record().number;
    request.expectedZone.birthDate = TestCard::record().birthDate;
    return request;
}

Evidence evidenceOf(const personalization::CardImage& image, const InspectionRequest& request) {
    TestCard card(image);
    return Evidence::of(request, card.inspect(request));
}

// One reading of a genuine card, for the whole program.
const Evidence& genuine() {
    static const Evidence evidence = evidenceOf(TestCard::image(), wholeRequest());
    return evidence;
}

InspectionResult verify(const Evidence& evidence, const Policy& policy = Policy::standard()) {
    return verifyEvidence(Evidence::decode(evidence.encode()), policy, &issuer().trustStore());
}

void changeLastByte(Bytes& bytes) {
    bytes.back() = static_cast<std::uint8_t>(bytes.back() ^ 0x01U);
}

void requireFailed(const Evidence& evidence, std::string_view name) {
    CAPTURE(name);
    const auto result = verify(evidence);
    CHECK(result.judgement.verdict == Verdict::NotGenuine);
    CHECK(result.check(name).result == CheckResult::Failed);
}

trust::Check& recorded(Evidence& evidence, std::string_view name) {
    return *std::find_if(evidence.checks.begin(), evidence.checks.end(),
                         [&](const trust::Check& check) { return check.name == name; });
}

// The evidence with one member of its JSON changed.
Bytes changed(const char* pointer, const Json& value) {
    const auto bytes = genuine().encode();
    auto json = Json::parse(bytes.begin(), bytes.end());
    json[Json::json_pointer(pointer)] = value;
    return toBytes(viewOf(json.dump()));
}

} // namespace

TEST_CASE("the evidence of a genuine card is genuine without the card, and says what it cannot prove") {
    const auto result = verify(genuine());
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK(result.judgement.reasons.empty());
    CHECK(result.checks.size() == check_name::all.size());
    for (const auto name :
         {check_name::hashes, check_name::signature, check_name::chain, check_name::activeAuthentication,
          check_name::comSod, check_name::mrz, check_name::number, check_name::cardAccess}) {
        CAPTURE(name);
        CHECK(result.check(name).result == CheckResult::Passed);
    }
    for (const auto name : {check_name::accessControl, check_name::chipAuthentication}) {
        CAPTURE(name);
        CHECK(result.check(name).result == CheckResult::NotPerformed);
        CHECK(result.check(name).reason == "passed in the reading; only the card can prove it again");
        CHECK(result.remarks.at(result.remarks.size() - 2).find(name) != std::string::npos);
    }
    CHECK(result.remarks.back().find(toIso(genuine().time)) != std::string::npos);
    CHECK(result.face.has_value());
    CHECK(result.dataGroup13->citizen.fullName == TestCard::record().fullName);
    CHECK(result.time == genuine().time);
    CHECK(result.total.commands == 0);
}

TEST_CASE("evidence is read as it was written") {
    const auto bytes = genuine().encode();
    const auto evidence = Evidence::decode(bytes);
    CHECK(evidence.encode() == bytes);
    CHECK(evidence.files == genuine().files);
    CHECK(evidence.activeAuthentication == genuine().activeAuthentication);
    CHECK(evidence.checks == genuine().checks);
    CHECK(evidence.verdict == Verdict::Genuine);
    CHECK(evidence.policy == "standard");
    CHECK(evidence.expectedNumber == TestCard::record().number);
    CHECK(evidence.expectedZone.birthDate == TestCard::record().birthDate);
}

TEST_CASE("what was changed in evidence fails by its name") {
    auto evidence = genuine();
    SUBCASE("a data group") {
        for (const auto file : {FileId::DataGroup1, FileId::DataGroup2, FileId::DataGroup13,
                                FileId::DataGroup14, FileId::DataGroup15}) {
            auto copy = genuine();
            changeLastByte(copy.files.at(file));
            requireFailed(copy, check_name::hashes);
        }
    }
    SUBCASE("EF.SOD") {
        changeLastByte(evidence.files.at(FileId::Sod));
        requireFailed(evidence, check_name::signature);
    }
    SUBCASE("EF.SOD of another signer") {
        evidence = evidenceOf(TestCard::image(strangersSigner()), wholeRequest());
        requireFailed(evidence, check_name::chain);
    }
    SUBCASE("EF.COM") {
        evidence.files.at(FileId::Com).back() = 0x61; // DG15 is listed no more
        requireFailed(evidence, check_name::comSod);
    }
    SUBCASE("EF.CardAccess taken away") {
        evidence.files.erase(FileId::CardAccess);
        requireFailed(evidence, check_name::cardAccess);
    }
    SUBCASE("a data group taken away") {
        evidence.files.erase(FileId::DataGroup13);
        requireFailed(evidence, check_name::hashes);
    }
    SUBCASE("a data group that nobody signed") {
        evidence.files[FileId::DataGroup16] = fromHex("7000");
        requireFailed(evidence, check_name::hashes);
    }
    SUBCASE("the chip's signature") {
        changeLastByte(evidence.activeAuthentication->signature);
        requireFailed(evidence, check_name::activeAuthentication);
    }
    SUBCASE("the challenge") {
        changeLastByte(evidence.activeAuthentication->challenge);
        requireFailed(evidence, check_name::activeAuthentication);
    }
    SUBCASE("the chip's signature taken away") {
        evidence.activeAuthentication.reset();
        requireFailed(evidence, check_name::activeAuthentication);
    }
    SUBCASE("the number that was asked for") {
        evidence.expectedNumber = "001299999999";
        requireFailed(evidence, check_name::number);
    }
    SUBCASE("the birth date that was given") {
        evidence.expectedZone.birthDate = dateFromIso("2098-07-07");
        requireFailed(evidence, check_name::mrz);
    }
    SUBCASE("a time at which the signer's certificate is not valid") {
        evidence.time += std::chrono::years(90);
        requireFailed(evidence, check_name::chain);
    }
}

TEST_CASE("what failed in the reading fails in its evidence") {
    auto image = TestCard::image();
    SystemRandom random;
    SUBCASE("Chip Authentication, which cannot be made again") {
        image.keys.chipAuthentication = personalization::ChipKeys::generate(random).chipAuthentication;
        auto evidence = evidenceOf(image, wholeRequest());
        CHECK(evidence.verdict == Verdict::NotGenuine);
        requireFailed(evidence, check_name::chipAuthentication);
        SUBCASE("and a reading that is said to have done without it is not believed") {
            recorded(evidence, check_name::chipAuthentication).result = CheckResult::NotSupported;
            CHECK(verify(evidence).judgement.verdict == Verdict::Genuine); // the chip's signature holds
            evidence.dataGroups.erase(15);
            CHECK(verify(evidence).judgement.verdict == Verdict::Incomplete);
        }
    }
    SUBCASE("Active Authentication, which is made again") {
        image.keys.activeAuthentication = personalization::ChipKeys::generate(random).activeAuthentication;
        auto evidence = evidenceOf(image, wholeRequest());
        requireFailed(evidence, check_name::activeAuthentication);
        recorded(evidence, check_name::activeAuthentication).result = CheckResult::Passed;
        requireFailed(evidence, check_name::activeAuthentication);
    }
}

TEST_CASE("a reading under a weaker policy does not pass for one under a stronger") {
    auto request = wholeRequest();
    request.policy = Policy::fast();
    const auto evidence = evidenceOf(TestCard::image(), request);
    CHECK(evidence.policy == "fast");
    CHECK(verify(evidence, Policy::fast()).judgement.verdict == Verdict::Genuine);
    const auto result = verify(evidence);
    CHECK(result.judgement.verdict == Verdict::Incomplete);
    CHECK(result.check(check_name::activeAuthentication).result == CheckResult::NotPerformed);
    const auto strict = verify(genuine(), Policy::strict());
    CHECK(strict.judgement.verdict == Verdict::Incomplete);
    REQUIRE(strict.judgement.reasons.size() == 1); // PACE and the chip's signature are there, a CRL is not
    CHECK(strict.judgement.reasons[0].starts_with("passive-authentication.revocation"));
    auto withBac = genuine();
    withBac.access->protocol = "BAC";
    CHECK(verify(withBac, Policy::strict()).judgement.reasons.size() == 2);
}

TEST_CASE("without a trust store nothing is proven") {
    const auto result = verifyEvidence(genuine(), Policy::standard(), nullptr);
    CHECK(result.judgement.verdict == Verdict::Incomplete);
    CHECK(result.check(check_name::chain).result == CheckResult::NotPerformed);
}

TEST_CASE("what PACE with the chip authentication mapping left is checked and proves nothing") {
    SimulatedCard card({.chipAuthenticationMapping = true});
    const auto request = SimulatedCard::request();
    const auto read = card.inspect();
    CHECK(read.check(check_name::chipAuthentication).result == CheckResult::Passed);
    auto evidence = Evidence::decode(Evidence::of(request, read).encode());
    REQUIRE(evidence.chipAuthenticationMapping.has_value());
    auto result = verifyEvidence(evidence, Policy::standard(), request.trustStore);
    CHECK(result.check(check_name::chipAuthentication).result == CheckResult::NotPerformed);
    CHECK(result.check(check_name::chipAuthentication).reason.find("fits the chip's key") !=
          std::string::npos);
    CHECK(result.judgement.verdict == Verdict::Incomplete); // there is no signature of the chip

    changeLastByte(evidence.chipAuthenticationMapping->chipAuthenticationData);
    result = verifyEvidence(evidence, Policy::standard(), request.trustStore);
    CHECK(result.check(check_name::chipAuthentication).result == CheckResult::Failed);
    CHECK(result.judgement.verdict == Verdict::NotGenuine);
}

TEST_CASE("what is no evidence is refused with what is wrong") {
    const auto refused = [](const Bytes& bytes, const char* why) {
        CHECK_THROWS_WITH_AS(static_cast<void>(Evidence::decode(bytes)), doctest::Contains(why),
                             MalformedData);
    };
    refused({}, "no evidence");
    refused(toBytes(viewOf("[1, 2]")), "no evidence");
    refused(toBytes(viewOf("{\"format\": \"other\"}")), "no evidence");
    auto bytes = genuine().encode();
    bytes.resize(bytes.size() / 2);
    refused(bytes, "no evidence");
    refused(changed("/version", 2), "version");
    refused(changed("/readAt", "yesterday"), "readAt");
    refused(changed("/readAt", 7), "readAt");
    refused(changed("/verdict", "fine"), "verdict");
    refused(changed("/access", "PACE"), "access");
    refused(changed("/access/protocol", nullptr), "protocol");
    refused(changed("/access/byReader", 1), "byReader");
    refused(changed("/checks", Json::object()), "checks");
    refused(changed("/checks/0", 1), "checks");
    refused(changed("/checks/0/name", "chip-authentication"), "checks"); // now twice
    refused(changed("/checks/0/result", "maybe"), "result");
    refused(changed("/dataGroups/0", 0), "dataGroups");
    refused(changed("/dataGroups/0", 17), "dataGroups");
    refused(changed("/dataGroups/0", -1), "dataGroups");
    refused(changed("/expected/birthDate", "2099-02-30"), "birthDate");
    refused(changed("/files/DG17", ""), "file");
    refused(changed("/files/DG1", "?"), "DG1");
    refused(changed("/notRead/DG3", 3), "DG3");
    refused(changed("/activeAuthentication/challenge", "AAAA"), "challenge");
    refused(changed("/chipAuthenticationMapping", {{"parameterId", 7}}), "parameterId");
    refused(changed("/chipAuthenticationMapping",
                    {{"parameterId", 13}, {"mappingKey", "AAAA"}, {"chipAuthenticationData", "AAAA"}}),
            "chipAuthenticationData");
}
