// SPDX-License-Identifier: Apache-2.0
// Every kind of document that the chip can be, signed by an issuer that the terminal knows, under the whole
// inspection: which protocols it takes, what it proves, and the verdict.
#include <algorithm>
#include <optional>

#include <doctest/doctest.h>

#include "card/ports/host/flash_memory.hpp"
#include "card/ports/host/system_entropy.hpp"
#include "card/ports/host/virtual_chip.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/given_access.hpp"
#include "host/lds/card_access.hpp"
#include "host/lds/data_group_14.hpp"
#include "tests/e2e/document_issuer.hpp"
#include "tests/unit/host/inspection/test_card.hpp"

using namespace cancuoc;
using inspection::InspectionRequest;
using inspection::InspectionResult;
using lds::FileId;
using test::DocumentProfile;
using trust::CheckResult;
namespace check_name = inspection::check_name;

namespace {

const test::DocumentIssuer& issuer() {
    static const test::DocumentIssuer made(test::noon(2026, 11, 1));
    return made;
}

/// The verdict on a chip that holds the document, but for a data group 2 that was changed after activation.
InspectionResult inspect(const test::ChipDocument& document,
                         const trust::TerminalKeys* terminalKeys = nullptr,
                         const std::optional<Bytes>& changedFace = {}) {
    card::host::FlashMemory memory;
    card::host::SystemEntropy entropy;
    card::host::VirtualChip chip(memory, entropy);
    chip.powerOn();
    InProcessConnection connection(
        "virtual", chip.atr(), [&chip](BytesView command) { return chip.transmit(command); },
        [&chip] { chip.powerOn(); });
    test::personalize(connection, document);
    if (changedFace) {
        test::forgeFile(memory, FileId::DataGroup2, *changedFace);
    }
    chip.powerOn();
    InspectionRequest request;
    inspection::GivenAccess given;
    given.mrz = test::machineReadableZone;
    given.applyTo(request);
    request.trustStore = &issuer().trustStore();
    request.terminalKeys = terminalKeys;
    SystemRandom random;
    return inspection::Inspection(connection, random, test::IssuingFixture::clock()).run(request);
}

struct Expectation {
    DocumentProfile profile;
    std::string_view protocol;
    std::string_view mapping;
    std::string_view curve;
    CheckResult chipAuthentication;
};

constexpr Expectation expectations[] = {
    {DocumentProfile::VietnameseCard2021, "PACE", "GM", "brainpoolP256r1", CheckResult::Passed},
    {DocumentProfile::VietnameseCard2024, "PACE", "GM", "brainpoolP256r1", CheckResult::Passed},
    // Of its variants the one with AES-256 is taken.
    {DocumentProfile::EuropeanPassport, "PACE", "IM", "brainpoolP256r1", CheckResult::Passed},
    {DocumentProfile::PaceOnly, "PACE", "GM", "brainpoolP384r1", CheckResult::Passed},
    {DocumentProfile::BasicAccessControlOnly, "BAC", "", "", CheckResult::NotSupported},
    {DocumentProfile::Plain, "none", "", "", CheckResult::NotSupported}};

bool isBehindTerminalAuthentication(FileId file) {
    return file == FileId::DataGroup3 || file == FileId::DataGroup4;
}

void checkFiles(const InspectionResult& result, const test::ChipDocument& document, bool terminalKnown) {
    std::vector<FileId> files{FileId::CardAccess, FileId::Com, FileId::Sod};
    for (int number = 1; number <= 16; ++number) {
        files.push_back(lds::dataGroupFile(number));
    }
    for (const auto file : files) {
        CAPTURE(lds::fileName(file));
        const auto loaded = document.files.find(lds::fileIdentifier(file));
        const bool isReadable =
            loaded != document.files.end() && (terminalKnown || !isBehindTerminalAuthentication(file));
        REQUIRE(result.files.count(file) == (isReadable ? 1 : 0));
        CHECK((!isReadable || result.files.at(file) == loaded->second));
    }
}

} // namespace

TEST_CASE("every kind of document of the chip is read whole and found genuine") {
    for (const auto& expected : expectations) {
        CAPTURE(std::string(test::nameOf(expected.profile)));
        const auto document = issuer().issue(expected.profile);
        const auto result = inspect(document);
        CHECK(result.judgement.verdict == inspection::Verdict::Genuine);
        CHECK(result.judgement.reasons.empty());
        REQUIRE(result.access.has_value());
        CHECK(result.access->protocol == expected.protocol);
        CHECK(result.access->mapping == expected.mapping);
        CHECK(result.access->curve == expected.curve);
        CHECK(result.check(check_name::chipAuthentication).result == expected.chipAuthentication);
        CHECK(result.check(check_name::activeAuthentication).result == CheckResult::Passed);
        CHECK(result.face.has_value());
        checkFiles(result, document, false);
    }
}

TEST_CASE("a changed file makes every kind of document of the chip a forgery") {
    for (const auto profile : test::allDocumentProfiles) {
        CAPTURE(std::string(test::nameOf(profile)));
        const auto document = issuer().issue(profile);
        Bytes face = document.files.at(lds::fileIdentifier(FileId::DataGroup2));
        face.back() ^= 0x01;
        const auto result = inspect(document, nullptr, face);
        CHECK(result.judgement.verdict == inspection::Verdict::NotGenuine);
        CHECK(result.check(check_name::hashes).result == CheckResult::Failed);
    }
}

TEST_CASE("a terminal of the issuer reads the fingers and irises of the kinds that have a trust point") {
    const auto keys = test::terminalOf(test::countryVerifyingAuthority(), 0x03);
    for (const auto profile : {DocumentProfile::VietnameseCard2024, DocumentProfile::EuropeanPassport}) {
        CAPTURE(std::string(test::nameOf(profile)));
        const auto document = issuer().issue(profile);
        const auto result = inspect(document, &keys);
        CHECK(result.judgement.verdict == inspection::Verdict::Genuine);
        CHECK(result.check(check_name::terminalAuthentication).result == CheckResult::Passed);
        checkFiles(result, document, true);
    }
}

// Doc 9303-11, 4.4.3.5 and 7.1.2: PACE proves the chip, and its ephemeral keys are those that the terminal is
// authenticated with.
TEST_CASE("a document whose PACE proves the chip takes a terminal without Chip Authentication") {
    auto document = test::makeDocument(DocumentProfile::EuropeanPassport);
    auto& file = document.files.at(lds::fileIdentifier(FileId::DataGroup14));
    auto dataGroup14 = lds::DataGroup14::decode(file);
    auto& infos = dataGroup14.securityInfos.infos;
    std::erase_if(infos, [](const lds::SecurityInfo& info) {
        const auto* const pace = std::get_if<lds::PaceInfo>(&info);
        return pace != nullptr && pace->protocol != ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.6.2");
    });
    lds::CardAccess cardAccess;
    std::copy_if(infos.begin(), infos.end(), std::back_inserter(cardAccess.securityInfos.infos),
                 [](const auto& info) { return std::holds_alternative<lds::PaceInfo>(info); });
    document.files[lds::fileIdentifier(FileId::CardAccess)] = cardAccess.encode();
    file = dataGroup14.encode();
    issuer().finish(document);
    // EF.CardSecurity has the key that PACE proves; DG14 has none, so that nothing else can, and the chip no
    // key beside that one.
    const auto signedCardSecurity = document.files.at(test::cardSecurityIdentifier);
    std::erase_if(infos, [](const lds::SecurityInfo& info) {
        return std::holds_alternative<lds::ChipAuthenticationInfo>(info) ||
               std::holds_alternative<lds::ChipAuthenticationPublicKeyInfo>(info);
    });
    file = dataGroup14.encode();
    issuer().finish(document);
    document.files[test::cardSecurityIdentifier] = signedCardSecurity;
    document.secrets.erase(0x8301);

    const auto keys = test::terminalOf(test::countryVerifyingAuthority(), 0x03);
    const auto result = inspect(document, &keys);
    CHECK(result.access->mapping == "CAM");
    CHECK(result.check(check_name::chipAuthentication).result == CheckResult::Passed);
    CHECK(result.check(check_name::terminalAuthentication).result == CheckResult::Passed);
    CHECK(result.judgement.verdict == inspection::Verdict::Genuine);
    checkFiles(result, document, true);
}
