// SPDX-License-Identifier: Apache-2.0
// Our inspection before our chip, from the password to the fingers: Chip Authentication with the key that
// DG14 says is the strongest, EF.CVCA, Terminal Authentication, DG3 and DG4.
#include "card/ports/host/flash_memory.hpp"
#include "host/access/basic_access_control.hpp"
#include "host/access/file_reader.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "host/crypto/public_key_compression.hpp"
#include "host/inspection/clone_proof.hpp"
#include "host/inspection/terminal_access.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::inspection;
using namespace std::chrono;
using test::CvKeyPair;
using test::DocumentProfile;
using trust::CheckResult;

namespace {

constexpr Date today = 2026y / 6 / 1;

// A European passport in a reader, and what an inspection has read of it so far.
class Passport {
public:
    explicit Passport(const test::ChipDocument& content)
        : document_(content), chip_(memory_), session_(chip_.connection()) {
        REQUIRE(chip_.personalize(content));
        chip_.reset();
    }

    void openWithPace() {
        const auto protocol =
            PaceProtocol::from({ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2"), 13U});
        auto chosen = protocol.value();
        chosen.ambiguousParameters = true;
        const auto result =
            Pace(session_, random_).perform(chosen, AccessKey::fromCan(test::cardAccessNumber));
        chipIdentifier_ = compressPoint(result.chipPublicKey);
        selectApplication();
    }
    void openWithBac() {
        selectApplication();
        BasicAccessControl(session_, random_).perform(AccessKey::fromMrz(test::machineReadableZone));
    }

    ChipAuthenticationProof proveChip() {
        read_.dataGroup1 = lds::DataGroup1::decode(readFile(lds::FileId::DataGroup1));
        read_.dataGroup14 = lds::DataGroup14::decode(readFile(lds::FileId::DataGroup14));
        auto proof = proveByChipAuthentication(session_, random_, *read_.dataGroup14, {});
        compressedTerminalKey_ = proof.compressedTerminalKey;
        return proof;
    }
    TerminalAccess authenticate(const trust::TerminalKeys& keys) {
        return authenticateTerminal(session_, read_, keys, {chipIdentifier_, compressedTerminalKey_}, today);
    }

    Bytes readFile(lds::FileId file) {
        return FileReader(session_).read(
            {lds::fileIdentifier(file), lds::shortFileId(file), lds::fileName(file)});
    }
    [[nodiscard]] const Bytes& loaded(lds::FileId file) const {
        return document_.files.at(lds::fileIdentifier(file));
    }
    [[nodiscard]] CardSession& session() { return session_; }

private:
    void selectApplication() {
        session_.transmitExpectingSuccess(cancuoc::selectApplication(fromHex("A0000002471001")),
                                          "Selecting the application");
    }

    test::ChipDocument document_;
    card::host::FlashMemory memory_;
    card::test::ChipFixture chip_;
    CardSession session_;
    SystemRandom random_;
    Document read_;
    Bytes chipIdentifier_;
    Bytes compressedTerminalKey_;
};

trust::TerminalKeys terminalKeys(const CvKeyPair& cvca, const CvKeyPair& documentVerifier,
                                 const CvKeyPair& terminal, std::uint8_t rights) {
    trust::TerminalKeys keys;
    keys.addCertificate(cvca.issue(documentVerifier, 0x83));
    keys.addTerminal(documentVerifier.issue(terminal, rights),
                     [terminal](BytesView toBeSigned) { return terminal.sign(toBeSigned); });
    return keys;
}

CvKeyPair ecdsaKey(const std::string& reference) {
    return CvKeyPair::ecdsa(reference, HashAlgorithm::Sha256, "brainpoolP256r1");
}

void requireFingers(Passport& passport, const trust::TerminalKeys& keys) {
    CHECK_THROWS_AS(static_cast<void>(passport.readFile(lds::FileId::DataGroup3)), CardError);
    const auto access = passport.authenticate(keys);
    CHECK(access.check.reason == "");
    REQUIRE(access.check.result == CheckResult::Passed);
    CHECK(access.dataGroups == std::set<int>{3, 4});
    CHECK(passport.readFile(lds::FileId::DataGroup3) == passport.loaded(lds::FileId::DataGroup3));
    CHECK(passport.readFile(lds::FileId::DataGroup4) == passport.loaded(lds::FileId::DataGroup4));
}

} // namespace

TEST_CASE("fingers and irises of our chip are read after PACE and after BAC") {
    const auto& cvca = test::countryVerifyingAuthority();
    const auto keys = terminalKeys(cvca, ecdsaKey("UTDV00001"), ecdsaKey("UTIS00001"), 0x03);
    for (const bool withPace : {true, false}) {
        CAPTURE(withPace);
        Passport passport(test::makeDocument(DocumentProfile::EuropeanPassport));
        withPace ? passport.openWithPace() : passport.openWithBac();
        // Of 3DES, AES-128 and AES-256 over two keys, the strongest.
        CHECK(passport.proveChip().check.result == CheckResult::Passed);
        CHECK(passport.session().secureMessagingCipher() == BlockCipher::Aes256);
        requireFingers(passport, keys);
    }
}

TEST_CASE("a chip behind its CVCA is led to the new key by a link certificate, and keeps it") {
    const auto& former = test::countryVerifyingAuthority();
    const auto newer = ecdsaKey("UTCVCA00002");
    auto keys = terminalKeys(newer, ecdsaKey("UTDV00002"), ecdsaKey("UTIS00002"), 0x03);
    keys.addCertificate(former.issue(former.bodyFor(newer, 0xC3, true)));
    Passport passport(test::makeDocument(DocumentProfile::EuropeanPassport));
    passport.openWithPace();
    REQUIRE(passport.proveChip().check.result == CheckResult::Passed);
    requireFingers(passport, keys);
}

TEST_CASE("terminals with RSA keys are taken as well") {
    using Kind = SignatureScheme::Kind;
    for (const auto kind : {Kind::RsaPkcs1, Kind::RsaPss}) {
        const auto key = [kind](const std::string& reference) {
            return CvKeyPair::rsa(reference, kind, HashAlgorithm::Sha256, 2048);
        };
        const auto cvca = key("UTCVCA00005");
        auto document = test::makeDocument(DocumentProfile::EuropeanPassport);
        test::setTrustPoint(document, cvca);
        Passport passport(document);
        passport.openWithPace();
        REQUIRE(passport.proveChip().check.result == CheckResult::Passed);
        requireFingers(passport, terminalKeys(cvca, key("UTDV00005"), key("UTIS00005"), 0x03));
    }
}

TEST_CASE("a terminal of another country stays outside, and one without rights reads nothing") {
    const auto stranger = ecdsaKey("UTCVCA00001");
    Passport passport(test::makeDocument(DocumentProfile::EuropeanPassport));
    passport.openWithPace();
    REQUIRE(passport.proveChip().check.result == CheckResult::Passed);
    const auto refused =
        passport.authenticate(terminalKeys(stranger, ecdsaKey("UTDV00001"), ecdsaKey("UTIS00001"), 0x03));
    CHECK(refused.check.result == CheckResult::NotPerformed);
    CHECK(refused.check.reason.find("UTDV00001") != std::string::npos);
    CHECK(refused.dataGroups.empty());

    const auto granted = passport.authenticate(
        terminalKeys(test::countryVerifyingAuthority(), ecdsaKey("UTDV00001"), ecdsaKey("UTIS00001"), 0x01));
    CHECK(granted.check.result == CheckResult::Passed);
    CHECK(granted.dataGroups == std::set<int>{3});
    CHECK(passport.readFile(lds::FileId::DataGroup3) == passport.loaded(lds::FileId::DataGroup3));
    CHECK_THROWS_AS(static_cast<void>(passport.readFile(lds::FileId::DataGroup4)), CardError);
}
