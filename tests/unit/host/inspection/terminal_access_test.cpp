// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/terminal_access.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/inspection.hpp"
#include "host/lds/data_group_3.hpp"
#include "tests/unit/host/inspection/fingerprint_card.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using lds::FileId;
using test::FingerprintCard;
using test::FingerprintPki;
using test::TestCard;
using trust::CheckResult;

namespace {

InspectionResult inspect(FingerprintCard& card, const trust::TerminalKeys* keys,
                         std::optional<std::set<int>> dataGroups = {}) {
    auto request = TestCard::request();
    request.terminalKeys = keys;
    request.dataGroups = std::move(dataGroups);
    SystemRandom random;
    Inspection inspection(card.chip(), random, test::IssuingFixture::clock());
    return inspection.run(request);
}

std::string reasonFor(const InspectionResult& result, FileId file) {
    for (const auto& entry : result.notRead) {
        if (entry.file == file) {
            return entry.reason;
        }
    }
    return "";
}

void requireUnread(const InspectionResult& result, const std::string& reason) {
    const auto& check = result.check(check_name::terminalAuthentication);
    CHECK(check.result == CheckResult::NotPerformed);
    CHECK(check.reason.substr(0, reason.size()) == reason);
    CHECK(result.files.count(FileId::DataGroup3) == 0);
    CHECK(reasonFor(result, FileId::DataGroup3) == "needs Terminal Authentication: " + check.reason);
    // A card that does not let us at the fingers is no forgery.
    CHECK(result.judgement.verdict == Verdict::Genuine);
}

} // namespace

TEST_CASE("with terminal keys the fingers are read and checked like every other data group") {
    const FingerprintPki pki;
    FingerprintCard card(TestCard::image(), pki);
    const auto keys = pki.terminalKeys();
    const auto result = inspect(card, &keys);
    CHECK(result.check(check_name::terminalAuthentication).result == CheckResult::Passed);
    REQUIRE(result.files.count(FileId::DataGroup3) == 1);
    CHECK_FALSE(lds::DataGroup3::decode(result.files.at(FileId::DataGroup3)).records().empty());
    CHECK(result.check(check_name::hashes).result == CheckResult::Passed);
    CHECK(result.judgement.verdict == Verdict::Genuine);

    SUBCASE("and a finger that was exchanged is found") {
        FingerprintCard forged(TestCard::image(), pki);
        forged.chip().files[0x0103] = lds::DataGroup3{{{}, Bytes(8, 0x55)}}.encode();
        const auto forgery = inspect(forged, &keys);
        CHECK(forgery.check(check_name::terminalAuthentication).result == CheckResult::Passed);
        CHECK(forgery.check(check_name::hashes).result == CheckResult::Failed);
        CHECK(forgery.judgement.verdict == Verdict::NotGenuine);
    }
}

TEST_CASE("what keeps the terminal from the fingers is named, and the verdict stands") {
    const FingerprintPki pki;
    FingerprintCard card(TestCard::image(), pki);
    const auto keys = pki.terminalKeys();
    SUBCASE("no keys") {
        requireUnread(inspect(card, nullptr), "no terminal keys were given");
    }
    SUBCASE("a trust point that no certificate leads from") {
        card.cvca.authorityReferences = {"XXCVCA00002", "XXCVCA00001"};
        requireUnread(inspect(card, &keys), "no certificates lead from what the card trusts, XXCVCA00002, "
                                            "XXCVCA00001, to a terminal key that was given");
    }
    SUBCASE("a CVCA of the same name and another key") {
        const FingerprintPki stranger;
        const auto strangersKeys = stranger.terminalKeys();
        requireUnread(inspect(card, &strangersKeys),
                      "The card refuses the certificate of UTDV00001 with 6300");
    }
    SUBCASE("a key that cannot sign") {
        trust::TerminalKeys absent;
        absent.addCertificate(pki.cvca.issue(pki.documentVerifier, 0x83));
        absent.addTerminal(pki.documentVerifier.issue(pki.inspectionSystem, 0x03),
                           [](BytesView) -> Bytes { throw ReaderUnavailable("The token is not there."); });
        requireUnread(inspect(card, &absent), "the terminal's key cannot sign: The token is not there.");
    }
    SUBCASE("an EF.CVCA that cannot be read") {
        card.cvca.authorityReferences.clear();
        requireUnread(inspect(card, &keys), "EF.CVCA is malformed");
    }
}

TEST_CASE("without the right to the fingers they stay unread after Terminal Authentication") {
    const FingerprintPki pki;
    FingerprintCard card(TestCard::image(), pki);
    const auto keys = pki.terminalKeys(0x02);
    const auto result = inspect(card, &keys);
    CHECK(result.check(check_name::terminalAuthentication).result == CheckResult::Passed);
    CHECK(result.files.count(FileId::DataGroup3) == 0);
    CHECK(reasonFor(result, FileId::DataGroup3) ==
          "needs Terminal Authentication: the terminal's certificates do not grant it");
}

TEST_CASE("Terminal Authentication is left out where nothing behind it is asked for") {
    const FingerprintPki pki;
    FingerprintCard card(TestCard::image(), pki);
    const auto keys = pki.terminalKeys();
    const auto result = inspect(card, &keys, std::set<int>{1, 2, 14});
    const auto& check = result.check(check_name::terminalAuthentication);
    CHECK(check.result == CheckResult::NotPerformed);
    CHECK(check.reason == "neither DG3 nor DG4 is on the card and asked for");
    CHECK_FALSE(card.terminalVerifier.accepted());
}

// Doc 9303-11, 7.1: Chip Authentication or PACE with its mapping comes before Terminal Authentication.
TEST_CASE(
    "after PACE with the chip authentication mapping the fingers are read without Chip Authentication") {
    const FingerprintPki pki;
    test::SimulatedCardProfile profile;
    profile.chipAuthenticationMapping = true;
    profile.change = [](std::map<FileId, Bytes>& files) {
        files[FileId::DataGroup3] = lds::DataGroup3{{{}, Bytes(8, 0x55)}}.encode();
        lds::DataGroup14 dataGroup14;
        dataGroup14.securityInfos = lds::CardAccess::decode(files.at(FileId::CardAccess)).securityInfos;
        dataGroup14.securityInfos.infos.emplace_back(
            lds::TerminalAuthenticationInfo{ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.2"), 1, {}});
        files[FileId::DataGroup14] = dataGroup14.encode();
    };
    test::SimulatedCard card(profile);
    test::FingerprintGuard guard(pki);
    card.chip().intercept = [&](const test::ReceivedCommand& command) {
        return guard.answer(command, card.chip());
    };
    auto request = test::SimulatedCard::request();
    const auto keys = pki.terminalKeys();
    request.terminalKeys = &keys;
    SystemRandom random;
    const auto result = Inspection(card.chip(), random, test::SimulatedCard::clock()).run(request);
    CHECK(result.access->mapping == "CAM");
    CHECK(result.check(check_name::chipAuthentication).result == CheckResult::Passed);
    CHECK(result.check(check_name::terminalAuthentication).reason == "");
    CHECK(result.check(check_name::terminalAuthentication).result == CheckResult::Passed);
    CHECK(result.files.count(FileId::DataGroup3) == 1);
}
