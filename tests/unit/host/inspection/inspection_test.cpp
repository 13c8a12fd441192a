// SPDX-License-Identifier: Apache-2.0
// Cards of this project's own chip, genuine and forged, under the inspection that a counter would run. Every
// forgery must be named by the check that is there for it.
#include "host/inspection/inspection.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/biometric/image.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/inspection_json.hpp"
#include "host/lds/common_data.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/lds/security_infos.hpp"
#include "host/lds/security_object_file.hpp"
#include "tests/unit/host/inspection/test_card.hpp"
#include "tests/unit/host/trust/test_deviation_list.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using cancuoc::test::issuer;
using cancuoc::test::strangersSigner;
using cancuoc::test::TestCard;
using lds::FileId;
using personalization::CardImage;
using personalization::ChipKeys;
using trust::CheckResult;

namespace {

Bytes& content(CardImage& image, FileId file) {
    return std::find_if(
               image.files.begin(), image.files.end(),
               [&](const auto& candidate) { return candidate.fileIdentifier == lds::fileIdentifier(file); })
        ->content;
}

void remove(CardImage& image, FileId file) {
    std::erase_if(image.files, [&](const auto& candidate) {
        return candidate.fileIdentifier == lds::fileIdentifier(file);
    });
}

void list(CardImage& image, const std::vector<int>& dataGroups) {
    content(image, FileId::Com) = lds::CommonData::forDataGroups(dataGroups).encode();
}

std::vector<std::string> failedChecks(const InspectionResult& result) {
    std::vector<std::string> names;
    for (const auto& check : result.checks) {
        if (check.result == CheckResult::Failed) {
            names.push_back(check.name);
        }
    }
    return names;
}

// The verdict is not-genuine because of exactly these checks, and says so.
void requireForged(const InspectionResult& result, const std::vector<std::string_view>& names) {
    CHECK(result.judgement.verdict == Verdict::NotGenuine);
    CHECK(failedChecks(result) == std::vector<std::string>(names.begin(), names.end()));
    CHECK(result.judgement.reasons.size() == names.size());
    CHECK(result.checks.size() == check_name::all.size());
}

CheckResult resultOf(const InspectionResult& result, std::string_view name) {
    return result.check(name).result;
}

const std::uint8_t refusal[] = {0x6A, 0x82};

// Every way to read EF.CardAccess in plain: READ BINARY with short identifier 1C, SELECT 011C.
Bytes refuseCardAccess(BytesView command) {
    const bool bySfi = command.size() > 3 && command[0] == 0x00 && command[1] == 0xB0 && command[2] == 0x9C;
    const bool bySelect = command.size() > 6 && command[0] == 0x00 && command[1] == 0xA4 &&
                          command[5] == 0x01 && command[6] == 0x1C;
    return bySfi || bySelect ? toBytes(refusal) : Bytes();
}

// MSE:Set AT for PACE.
Bytes refusePace(BytesView command) {
    const bool isSetAt = command.size() > 3 && command[1] == 0x22 && command[2] == 0xC1 && command[3] == 0xA4;
    return isSetAt ? toBytes(refusal) : Bytes();
}

} // namespace

TEST_CASE("a genuine card proves everything that it promises") {
    TestCard card(TestCard::image());
    const auto result = card.inspect();
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK(result.judgement.reasons.empty());
    REQUIRE(result.access.has_value());
    CHECK(result.access->protocol == "PACE");
    CHECK(result.access->mapping == "GM");
    CHECK(result.access->oid == "0.4.0.127.0.7.2.2.4.2.2");
    CHECK(result.access->curve == "brainpoolP256r1");
    CHECK(result.access->password == "CAN");
    for (const auto& check : result.checks) {
        CAPTURE(check.name);
        CAPTURE(check.reason);
        const bool isLeftOut =
            check.name == check_name::revocation || check.name == check_name::terminalAuthentication;
        CHECK(check.result == (isLeftOut ? CheckResult::NotPerformed : CheckResult::Passed));
        CHECK((!isLeftOut || !check.reason.empty()));
    }
    SUBCASE("and its data are the record's") {
        const auto& record = TestCard::record();
        REQUIRE(result.dataGroup13.has_value());
        CHECK(result.dataGroup13->citizen.fullName == record.fullName);
        CHECK(result.dataGroup13->citizen.number == record.number);
        REQUIRE(result.face.has_value());
        CHECK(result.face->data == issuer().submissions().front().pictures.portrait);
    }
    SUBCASE("and all that the plan reads is there, with DG3 named as unread") {
        for (const auto file :
             {FileId::CardAccess, FileId::Com, FileId::Sod, FileId::DataGroup1, FileId::DataGroup2,
              FileId::DataGroup13, FileId::DataGroup14, FileId::DataGroup15}) {
            CHECK(result.files.count(file) == 1);
        }
        REQUIRE(result.notRead.size() == 1);
        CHECK(result.notRead[0].file == FileId::DataGroup3);
    }
    SUBCASE("and its dates, which are still to come, are remarked and fail nothing") {
        REQUIRE(result.remarks.size() == 1);
        CHECK(result.remarks.front().find(toIso(TestCard::record().issueDate)) != std::string::npos);
        CHECK(toJson(result)["remarks"] == result.remarks);
    }
    SUBCASE("and the steps add up to the whole") {
        std::size_t commands = 0;
        for (const auto& step : result.steps) {
            commands += step.commands;
        }
        CHECK(commands == result.total.commands);
        CHECK(std::any_of(result.steps.begin(), result.steps.end(),
                          [](const auto& step) { return step.name == "pace" && step.commands == 5; }));
    }
}

TEST_CASE("a document of which its issuer knows a deviation is named, and a compromised key proves nothing") {
    auto store = trust::TrustStore::inMemory();
    for (const auto& certificate : issuer().trustStore().certificates()) {
        store.addCertificate(certificate.der());
    }
    const test::DeviationPublisher publisher;
    store.addDeviationList(publisher.sign(test::deviationList(
        {test::deviation({}, "2.23.136.1.1.7.1.4", "first batch"),
         test::deviation({}, "2.23.136.1.1.7.2.3", ""), test::deviation({}, "2.23.136.1.1.7.4", "slow"),
         test::deviation(encodeTlv(0x80, viewOf("P<")), "2.23.136.1.1.7.3", "not for this type")})));
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    request.trustStore = &store;
    const auto result = card.inspect(request);
    const auto& key = result.check(check_name::activeAuthentication);
    CHECK(key.result == CheckResult::NotPerformed);
    CHECK(key.reason.find("compromised: first batch") != std::string::npos);
    const auto& signature = result.check(check_name::signature);
    CHECK(signature.result == CheckResult::Passed);
    CHECK(signature.reason == "a known deviation in the signature over EF.SOD");
    CHECK(result.check(check_name::mrz).reason.empty());
    CHECK(result.remarks.front() == "The issuer's deviation list names a known deviation in the chip: slow.");
    CHECK(result.judgement.verdict == Verdict::Incomplete);
}

TEST_CASE("the chip signs the caller's challenge, and both stay with the result") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    const auto first = card.inspect(request);
    const auto second = card.inspect(request);
    REQUIRE(first.activeAuthentication.has_value());
    REQUIRE(second.activeAuthentication.has_value());
    CHECK(first.activeAuthentication->challenge != second.activeAuthentication->challenge);

    request.activeAuthenticationChallenge = fromHex("0102030405060708");
    const auto result = card.inspect(request);
    REQUIRE(result.activeAuthentication.has_value());
    CHECK(result.activeAuthentication->challenge == *request.activeAuthenticationChallenge);
    const auto dataGroup15 = lds::DataGroup15::decode(result.files.at(FileId::DataGroup15));
    const auto publicKey = decodeSubjectPublicKeyInfo(dataGroup15.subjectPublicKeyInfo);
    constexpr HashAlgorithm hashes[] = {HashAlgorithm::Sha256};
    CHECK(verifyActiveAuthentication(*result.activeAuthentication, *publicKey, hashes));

    request.activeAuthenticationChallenge = Bytes(7);
    CHECK_THROWS_AS(static_cast<void>(card.inspect(request)), BadConfiguration);
}

TEST_CASE("strict wants a current CRL, and says so") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    request.policy = Policy::strict();
    const auto result = card.inspect(request);
    CHECK(result.judgement.verdict == Verdict::Incomplete);
    REQUIRE(result.judgement.reasons.size() == 1);
    CHECK(result.judgement.reasons[0].starts_with("passive-authentication.revocation not-performed"));
}

TEST_CASE("fast leaves the proofs against cloning out, and says so") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    request.policy = Policy::fast();
    const auto result = card.inspect(request);
    CHECK(result.judgement.verdict == Verdict::Genuine);
    for (const auto name : {check_name::chipAuthentication, check_name::activeAuthentication}) {
        CHECK(resultOf(result, name) == CheckResult::NotPerformed);
        CHECK(result.check(name).reason.find("fast") != std::string::npos);
    }
    CHECK(result.files.count(FileId::DataGroup14) == 0);
}

TEST_CASE("without a trust store nothing is genuine") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    request.trustStore = nullptr;
    const auto result = card.inspect(request);
    CHECK(result.judgement.verdict == Verdict::Incomplete);
    CHECK(resultOf(result, check_name::chain) == CheckResult::NotPerformed);
    CHECK(resultOf(result, check_name::signature) == CheckResult::Passed);
}

// gmrtd#349: a forger signs with a key of his own.
TEST_CASE("a proof with a key that no issuer vouches for counts as not performed") {
    const auto requireNotCounted = [](const InspectionResult& result, const std::string& why) {
        for (const auto name : {check_name::chipAuthentication, check_name::activeAuthentication}) {
            CHECK(resultOf(result, name) == CheckResult::NotPerformed);
            CHECK(result.check(name).reason ==
                  "the chip knows its private key, but nothing shows that the key is the issuer's: " + why);
        }
    };
    auto request = TestCard::request();
    request.trustStore = nullptr;
    requireNotCounted(TestCard(TestCard::image()).inspect(request),
                      "passive-authentication.chain not-performed");
    requireNotCounted(TestCard(TestCard::image(strangersSigner())).inspect(),
                      "passive-authentication.chain failed");
    auto image = TestCard::image();
    content(image, FileId::Sod).back() ^= 0x01U; // the signature's last byte
    requireNotCounted(TestCard(image).inspect(), "passive-authentication.signature failed");
}

// smartscanner-core#70
TEST_CASE("the photo is left out where nobody wants it, and its absence is no defect then") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    request.dataGroups = std::set<int>{1, 13, 14, 15};
    request.policy.demandFace = false;
    const auto result = card.inspect(request);
    CHECK(result.judgement.verdict == Verdict::Genuine);
    CHECK(result.files.count(FileId::DataGroup2) == 0);
    CHECK_FALSE(result.face.has_value());
    CHECK(result.total.bytesReceived < 8000);
    request.policy.demandFace = true;
    CHECK(card.inspect(request).judgement.reasons ==
          std::vector<std::string>{"no face image was read from DG2"});
}

TEST_CASE("data groups that were not asked for are not read, and what needed them was not performed") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    request.dataGroups = std::set<int>{1, 2, 13};
    const auto result = card.inspect(request);
    CHECK(result.judgement.verdict == Verdict::Incomplete);
    CHECK(failedChecks(result).empty());
    for (const auto name :
         {check_name::chipAuthentication, check_name::activeAuthentication, check_name::cardAccess}) {
        CHECK(resultOf(result, name) == CheckResult::NotPerformed);
    }
    CHECK(result.files.count(FileId::Com) == 1);
    CHECK(result.files.count(FileId::Sod) == 1);
    CHECK(result.files.count(FileId::DataGroup14) == 0);
}

TEST_CASE("a card opens with its MRZ, by PACE and by BAC") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    request.keys.can.reset();
    request.keys.mrz = TestCard::mrzKey();
    auto result = card.inspect(request);
    CHECK(result.access->protocol == "PACE");
    CHECK(result.access->password == "MRZ");
    CHECK(result.judgement.verdict == Verdict::Genuine);
}

TEST_CASE("a wrong key is a wrong key and no verdict") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    SUBCASE("CAN") {
        request.keys.can = AccessKey::fromCan("999999");
    }
    SUBCASE("MRZ") {
        request.keys.can.reset();
        request.keys.mrz =
            AccessKey::fromNumber("001299999999", dateFromIso("2099-01-01"), dateFromIso("2124-01-01"));
    }
    CHECK_THROWS_AS(card.inspect(request), WrongAccessKey);
}

TEST_CASE("the card must be the one that was asked for") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    request.expectedNumber = "999" + TestCard::record().number.substr(3);
    requireForged(card.inspect(request), {check_name::number});
}

TEST_CASE("one changed bit in any data group is found") {
    for (const auto file : {FileId::DataGroup1, FileId::DataGroup2, FileId::DataGroup13, FileId::DataGroup14,
                            FileId::DataGroup15}) {
        CAPTURE(lds::fileName(file));
        auto image = TestCard::image();
        auto& bytes = content(image, file);
        // The last byte stands in a name, a picture, a text, or a key: the file still decodes or nearly so.
        bytes.back() = static_cast<std::uint8_t>(bytes.back() ^ 0x01U);
        TestCard card(image);
        const auto result = card.inspect();
        CHECK(result.judgement.verdict == Verdict::NotGenuine);
        CHECK(resultOf(result, check_name::hashes) == CheckResult::Failed);
        CHECK(result.check(check_name::hashes).reason.find(lds::fileName(file)) != std::string::npos);
        CHECK(result.checks.size() == check_name::all.size());
    }
}

TEST_CASE("one changed bit in what EF.SOD protects is found") {
    auto image = TestCard::image();
    const auto original = content(image, FileId::Sod);
    // CMS leaves two algorithm identifiers outside of every signature: digestAlgorithms, and the
    // signatureAlgorithm of the signer (RFC 5652, 5.1 and 5.3). Everything else is version numbers, hashes,
    // certificate, signed attributes and signature.
    const auto digestAlgorithms = fromHex("310D300B0609608648016503040201");
    const auto signatureAlgorithm = fromHex("300A06082A8648CE3D040302");
    const auto first =
        std::search(original.begin(), original.end(), digestAlgorithms.begin(), digestAlgorithms.end());
    const auto last =
        std::find_end(original.begin(), original.end(), signatureAlgorithm.begin(), signatureAlgorithm.end());
    REQUIRE(first != original.end());
    REQUIRE(last != original.end());
    // The signer's identifier stands between version and digest algorithm; a State has been seen to name its
    // Document Signer otherwise than the certificate does, which is told and no forgery.
    const auto digestAlgorithm = BytesView(digestAlgorithms).subspan(2);
    const auto versionAndSequence = fromHex("02010130");
    const auto identifierEnd =
        std::find_end(original.begin(), last, digestAlgorithm.begin(), digestAlgorithm.end());
    const auto identifier =
        std::find_end(original.begin(), identifierEnd, versionAndSequence.begin(), versionAndSequence.end());
    REQUIRE(identifier != identifierEnd);
    const auto isUnsigned = [&](std::size_t position) {
        const auto at = original.begin() + static_cast<std::ptrdiff_t>(position);
        return (at > identifier + 2 && at < identifierEnd) ||
               (at >= first && at < first + static_cast<std::ptrdiff_t>(digestAlgorithms.size())) ||
               (at >= last && at < last + static_cast<std::ptrdiff_t>(signatureAlgorithm.size()));
    };
    for (std::size_t position = 6; position < original.size(); position += 41) {
        if (isUnsigned(position)) {
            continue;
        }
        CAPTURE(position);
        content(image, FileId::Sod) = original;
        auto& byte = content(image, FileId::Sod)[position];
        byte = static_cast<std::uint8_t>(byte ^ 0x01U);
        TestCard card(image);
        CHECK(card.inspect().judgement.verdict == Verdict::NotGenuine);
    }
}

TEST_CASE("a card signed by a stranger is found") {
    TestCard card(TestCard::image(strangersSigner()));
    const auto result = card.inspect();
    CHECK(resultOf(result, check_name::signature) == CheckResult::Passed);
    requireForged(result, {check_name::chain});
}

TEST_CASE("a copy without the private keys is found") {
    SystemRandom random;
    SUBCASE("Chip Authentication") {
        auto image = TestCard::image();
        image.keys.chipAuthentication = ChipKeys::generate(random).chipAuthentication;
        TestCard card(image);
        const auto result = card.inspect();
        requireForged(result, {check_name::chipAuthentication});
        // Access was opened anew, so the rest was still read and checked.
        CHECK(resultOf(result, check_name::activeAuthentication) == CheckResult::Passed);
        CHECK(result.face.has_value());
    }
    SUBCASE("Active Authentication") {
        auto image = TestCard::image();
        image.keys.activeAuthentication = ChipKeys::generate(random).activeAuthentication;
        TestCard card(image);
        requireForged(card.inspect(), {check_name::activeAuthentication});
    }
}

TEST_CASE("a card that hides its proofs is found") {
    auto image = TestCard::image();
    SUBCASE("DG14 and DG15 taken away and out of EF.COM") {
        list(image, {1, 2, 3, 13});
        remove(image, FileId::DataGroup14);
        remove(image, FileId::DataGroup15);
        TestCard card(image);
        const auto result = card.inspect();
        requireForged(result, {check_name::hashes, check_name::chipAuthentication,
                               check_name::activeAuthentication, check_name::comSod});
        SUBCASE("but for fast, which names it") {
            auto request = TestCard::request();
            request.policy = Policy::fast();
            const auto fast = card.inspect(request);
            CHECK(fast.judgement.verdict == Verdict::Genuine);
            CHECK(fast.check(check_name::comSod).reason.find("DG14, DG15") != std::string::npos);
        }
    }
    SUBCASE("only EF.COM shortened") {
        list(image, {1, 2, 3, 13, 14});
        TestCard card(image);
        requireForged(card.inspect(), {check_name::comSod});
    }
    SUBCASE("EF.COM lists what is not signed") {
        auto& bytes = content(image, FileId::Sod);
        auto object = lds::SecurityObjectFile::decode(bytes).documentSecurityObject();
        object.dataGroupHashes.erase(13);
        bytes = issuer().signer().sign(object);
        TestCard card(image);
        requireForged(card.inspect(), {check_name::hashes, check_name::comSod});
    }
}

TEST_CASE("a card that promises no proof can be genuine, but not for strict") {
    auto image = TestCard::image();
    list(image, {1, 2, 3, 13});
    remove(image, FileId::DataGroup14);
    remove(image, FileId::DataGroup15);
    auto& bytes = content(image, FileId::Sod);
    auto object = lds::SecurityObjectFile::decode(bytes).documentSecurityObject();
    object.dataGroupHashes.erase(14);
    object.dataGroupHashes.erase(15);
    bytes = issuer().signer().sign(object);
    TestCard card(image);
    card.forge(refuseCardAccess); // a card of the years before PACE
    auto request = TestCard::request();
    request.keys.mrz = TestCard::mrzKey();
    auto result = card.inspect(request);
    CHECK(result.access->protocol == "BAC");
    CHECK(result.judgement.verdict == Verdict::Genuine);
    for (const auto name :
         {check_name::chipAuthentication, check_name::activeAuthentication, check_name::cardAccess}) {
        CHECK(resultOf(result, name) == CheckResult::NotSupported);
        CHECK_FALSE(result.check(name).reason.empty());
    }
    request.policy = Policy::strict();
    result = card.inspect(request);
    CHECK(result.judgement.verdict == Verdict::Incomplete);
    CHECK(result.judgement.reasons.size() == 3); // no PACE, no CRL, no proof against cloning
}

TEST_CASE("a downgrade from PACE to BAC is found") {
    TestCard card(TestCard::image());
    auto request = TestCard::request();
    request.keys.mrz = TestCard::mrzKey();
    SUBCASE("PACE refused") {
        card.forge(refusePace);
        requireForged(card.inspect(request), {check_name::accessControl});
        SUBCASE("but for fast, which names it") {
            request.policy = Policy::fast();
            const auto result = card.inspect(request);
            CHECK(result.judgement.verdict == Verdict::Genuine);
            CHECK(result.access->protocol == "BAC");
            CHECK(result.check(check_name::accessControl).reason.find("PACE failed") != std::string::npos);
        }
        SUBCASE("with the CAN alone there is no way in, and no verdict") {
            CHECK_THROWS_AS(card.inspect(TestCard::request()), CardError);
        }
    }
    SUBCASE("EF.CardAccess hidden") {
        card.forge(refuseCardAccess);
        const auto result = card.inspect(request);
        CHECK(result.access->protocol == "BAC");
        requireForged(result, {check_name::cardAccess});
        SUBCASE("with the CAN alone the message says what is needed") {
            CHECK_THROWS_WITH_AS(card.inspect(TestCard::request()), doctest::Contains("MRZ"),
                                 BadConfiguration);
        }
    }
}

TEST_CASE("a changed EF.CardAccess is found") {
    auto image = TestCard::image();
    auto cardAccess = lds::CardAccess::decode(image.cardAccess);
    SUBCASE("an info of another version") {
        for (auto& info : cardAccess.securityInfos.infos) {
            if (auto* chipAuthentication = std::get_if<lds::ChipAuthenticationInfo>(&info)) {
                chipAuthentication->version = 2;
            }
        }
    }
    SUBCASE("an info that nobody signed") {
        cardAccess.securityInfos.infos.emplace_back(lds::ActiveAuthenticationInfo{
            ObjectIdentifier::fromText("2.23.136.1.1.5"), 1, ObjectIdentifier::fromText("1.2.3")});
    }
    image.cardAccess = cardAccess.encode();
    TestCard card(image);
    requireForged(card.inspect(), {check_name::cardAccess});
}

TEST_CASE("a card that is gone ends the inspection") {
    TestCard card(TestCard::image());
    int commands = 0;
    card.forge([&](BytesView) -> Bytes {
        if (++commands > 12) {
            throw CardRemoved("The card was taken away.");
        }
        return {};
    });
    CHECK_THROWS_AS(card.inspect(), CardRemoved);
}

TEST_CASE("a trace holds command headers and lengths, and none of the card's data") {
    TestCard card(TestCard::image());
    std::size_t events = 0;
    const auto result = card.inspect(TestCard::request(), [&](const ApduEvent& event) {
        ++events;
        CHECK(event.commandHeader.size() == 4);
        CHECK_FALSE(event.step.empty());
    });
    CHECK(events == result.total.commands);
}

TEST_CASE("the JSON has every member that scripts depend on") {
    TestCard card(TestCard::image());
    const auto result = card.inspect();
    const auto json = toJson(result, {{"face.jpg", "", ""}, {}});
    CHECK(json["reader"] == "virtual");
    CHECK(json["verdict"] == "genuine");
    CHECK(json["access"]["protocol"] == "PACE");
    CHECK(json["checks"].size() == check_name::all.size());
    CHECK(json["checks"][0]["name"] == "access-control");
    CHECK(json["checks"][0]["result"] == "passed");
    const auto& record = TestCard::record();
    CHECK(json["document"]["type"] == "TD1");
    CHECK(json["document"]["issuer"] == "VNM");
    CHECK(json["document"]["documentNumber"] == record.number.substr(3));
    CHECK(json["document"]["personalNumber"] == record.number);
    CHECK(json["document"]["birthDate"] == toIso(record.birthDate));
    CHECK(json["document"]["mrz"].size() == 3);
    CHECK(json["citizen"]["number"] == record.number);
    CHECK(json["citizen"]["fullName"] == record.fullName);
    CHECK(json["citizen"]["birthDate"] == toIso(record.birthDate));
    CHECK(json["citizen"]["issueDate"] == toIso(record.issueDate));
    CHECK(json["citizen"].contains("other"));
    CHECK(json["files"]["DG1"]["bytes"] == result.files.at(FileId::DataGroup1).size());
    CHECK(json["files"]["DG1"]["sha256"].get<std::string>().size() == 64);
    CHECK(json["notRead"].contains("DG3"));
    CHECK(json["face"]["format"] == "jpeg");
    CHECK(json["face"]["width"] == 300);
    CHECK(json["face"]["height"] == 400);
    CHECK(json["face"]["file"] == "face.jpg");
    CHECK(json["apdu"]["count"] == result.total.commands);
    CHECK(json["apdu"]["steps"].size() == result.steps.size());
}

TEST_CASE("a blank or another kind of card is named as such, whatever key was given") {
    const auto inspectWith = [](const std::function<Bytes(BytesView)>& card) {
        InProcessConnection connection("virtual", {}, card);
        SystemRandom random;
        return Inspection(connection, random, test::IssuingFixture::clock()).run(TestCard::request());
    };
    const auto requireNamed = [&](const std::function<Bytes(BytesView)>& card) {
        try {
            static_cast<void>(inspectWith(card));
            FAIL("no exception");
        } catch (const CardError& error) {
            CHECK(std::string(error.what()).find("a blank, or another kind of card") != std::string::npos);
        }
    };
    card::host::VirtualChip blank;
    blank.powerOn();
    requireNamed([&](BytesView command) { return blank.transmit(command); });
    requireNamed([](BytesView) { return fromHex("6D00"); });
}
