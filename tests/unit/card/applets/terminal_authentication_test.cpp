// SPDX-License-Identifier: Apache-2.0
// Terminal Authentication with whole chips; the certificates are the host's, which shares no code with the
// chip.
#include "card/applets/emrtd/terminal_authentication.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "card/storage/object_store.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/support/quick_guard.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"
#include "tests/unit/card/applets/passport_memory.hpp"
#include "tests/unit/card/applets/terminal.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace cancuoc::card;
using namespace std::chrono;
using cancuoc::HashAlgorithm;
using cancuoc::SignatureScheme;
using cancuoc::test::ChipDocument;
using cancuoc::test::CvKeyPair;
using cancuoc::test::DocumentProfile;
using cancuoc::test::makeDocument;
using cancuoc::trust::CvCertificate;
using crypto::StandardizedDomainParameters;
using emrtd::PaceVariant;
using emrtd::SymmetricCipher;
using test::Bytes;
using test::ChipFixture;
using test::hex;
using test::join;
using test::Terminal;
using test::tlv;

namespace {

constexpr std::uint8_t domesticVerifier = 0x83;
constexpr std::uint8_t foreignVerifier = 0x43;
constexpr std::uint8_t authority = 0xC3;

const emrtd::PaceConfiguration genericMapping{PaceVariant::EcdhGenericMapping, SymmetricCipher::Aes128,
                                              StandardizedDomainParameters::BrainpoolP256r1};
const emrtd::PaceConfiguration chipAuthenticationMapping{PaceVariant::EcdhChipAuthenticationMapping,
                                                         SymmetricCipher::Aes128,
                                                         StandardizedDomainParameters::BrainpoolP256r1};

const CvKeyPair& cvca() {
    return cancuoc::test::countryVerifyingAuthority();
}

CvKeyPair key(const std::string& reference) {
    return CvKeyPair::ecdsa(reference, HashAlgorithm::Sha256, "brainpoolP256r1");
}

CvCertificate issue(const CvKeyPair& issuer, const CvKeyPair& holder, std::uint8_t authorization,
                    year_month_day effective, year_month_day expiration) {
    auto body = issuer.bodyFor(holder, authorization, (authorization & 0xC0) == 0xC0);
    body.effectiveDate = effective;
    body.expirationDate = expiration;
    return issuer.issue(body);
}

/// A European passport before an inspection system.
struct Passport {
    Passport() : Passport(test::passportMemory()) {}
    explicit Passport(const host::FlashMemory& content) : memory(content), chip(memory), terminal(chip) {}

    /// Up to and with Chip Authentication.
    void inspect() {
        REQUIRE(terminal.pace(genericMapping, true));
        REQUIRE(terminal.selectApplication() == 0x9000);
        REQUIRE(terminal.chipAuthentication(chipKeys[1], SymmetricCipher::Aes128, false));
    }
    void inspectAgain() {
        chip.reset();
        inspect();
    }

    Bytes trustPointReferences() { return terminal.read(0x011C); }

    std::vector<cancuoc::test::ChipAuthenticationKeyPair> chipKeys =
        cancuoc::test::chipAuthenticationKeysOf(DocumentProfile::EuropeanPassport);
    ChipDocument document = makeDocument(DocumentProfile::EuropeanPassport);
    host::FlashMemory memory;
    ChipFixture chip;
    Terminal terminal;
};

Bytes referencesFile(const std::vector<std::string>& references) {
    Bytes file;
    for (const auto& reference : references) {
        file = join(file, tlv(0x42, test::ascii(reference)));
    }
    file.resize(36);
    return file;
}

Bytes currentDate(Flash& flash) {
    ObjectStore store(flash);
    REQUIRE(store.open());
    Bytes date(6);
    REQUIRE(store.read(0x8009, 0, date));
    return date;
}

} // namespace

TEST_CASE("a terminal reads what every certificate of its chain allows") {
    struct Example {
        std::uint8_t verifier;
        std::uint8_t terminal;
        bool fingerprints;
        bool iris;
    };
    const Example examples[] = {
        {0x83, 0x03, true, true},   {0x83, 0x01, true, false}, {0x83, 0x02, false, true},
        {0x81, 0x03, true, false},  {0x42, 0x03, false, true}, {0x40, 0x03, false, false},
        {0x83, 0x00, false, false}, {0x83, 0x3F, true, true},
    };
    for (const auto& example : examples) {
        CAPTURE(static_cast<int>(example.verifier));
        CAPTURE(static_cast<int>(example.terminal));
        const auto verifier = key("UTDV00001");
        const auto terminal = key("UTIS00001");
        Passport passport;
        passport.inspect();
        CHECK(passport.terminal.select(0x0103) == 0x6982);
        REQUIRE(passport.terminal.present(cvca().issue(verifier, example.verifier)) == 0x9000);
        REQUIRE(passport.terminal.present(verifier.issue(terminal, example.terminal)) == 0x9000);
        CHECK(passport.terminal.select(0x0103) == 0x6982);
        REQUIRE(passport.terminal.authenticateAs(terminal) == 0x9000);
        CHECK(passport.terminal.select(0x0103) == (example.fingerprints ? 0x9000 : 0x6982));
        CHECK(passport.terminal.select(0x0104) == (example.iris ? 0x9000 : 0x6982));
        if (example.fingerprints) {
            CHECK(passport.terminal.read(0x0103) == passport.document.files.at(0x0103));
        }
        CHECK(passport.terminal.read(0x0101) == passport.document.files.at(0x0101));
    }
}

TEST_CASE(
    "Terminal Authentication follows Basic Access Control and PACE with Chip Authentication Mapping too") {
    const auto verifier = key("UTDV00001");
    const auto terminal = key("UTIS00001");
    for (const bool basic : {true, false}) {
        CAPTURE(basic);
        Passport passport;
        if (basic) {
            REQUIRE(passport.terminal.selectApplication() == 0x9000);
            REQUIRE(passport.terminal.basicAccessControl());
            CHECK(passport.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x6982);
            REQUIRE(
                passport.terminal.chipAuthentication(passport.chipKeys[0], SymmetricCipher::TripleDes, true));
        } else {
            REQUIRE(passport.terminal.pace(chipAuthenticationMapping, true));
            REQUIRE(passport.terminal.selectApplication() == 0x9000);
        }
        REQUIRE(passport.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x9000);
        REQUIRE(passport.terminal.present(verifier.issue(terminal, 0x03)) == 0x9000);
        REQUIRE(passport.terminal.authenticateAs(terminal) == 0x9000);
        CHECK(passport.terminal.read(0x0104) == passport.document.files.at(0x0104));
    }
}

TEST_CASE("every signature algorithm and key length verifies certificates and terminals") {
    using Kind = SignatureScheme::Kind;
    const auto ecdsa = [](HashAlgorithm hash, const char* curve) {
        return [=](const std::string& reference) { return CvKeyPair::ecdsa(reference, hash, curve); };
    };
    const auto rsa = [](Kind kind, HashAlgorithm hash, unsigned bits) {
        return [=](const std::string& reference) { return CvKeyPair::rsa(reference, kind, hash, bits); };
    };
    const std::function<CvKeyPair(const std::string&)> algorithms[] = {
        ecdsa(HashAlgorithm::Sha224, "P-224"),
        ecdsa(HashAlgorithm::Sha256, "P-256"),
        ecdsa(HashAlgorithm::Sha384, "P-384"),
        ecdsa(HashAlgorithm::Sha512, "P-521"),
        ecdsa(HashAlgorithm::Sha384, "brainpoolP384r1"),
        ecdsa(HashAlgorithm::Sha512, "brainpoolP512r1"),
        rsa(Kind::RsaPss, HashAlgorithm::Sha256, 2048),
        rsa(Kind::RsaPss, HashAlgorithm::Sha512, 3072),
        rsa(Kind::RsaPkcs1, HashAlgorithm::Sha256, 2048),
    };
    int index = 0;
    for (const auto& makeKey : algorithms) {
        CAPTURE(index++);
        const auto root = makeKey("UTCVCA00009");
        const auto verifier = makeKey("UTDV00001");
        const auto terminal = makeKey("UTIS00001");
        ChipDocument document = makeDocument(DocumentProfile::EuropeanPassport);
        cancuoc::test::setTrustPoint(document, root);
        host::FlashMemory memory;
        {
            ChipFixture chip(memory);
            REQUIRE(chip.personalize(document));
        }
        Passport passport(memory);
        passport.inspect();
        CHECK(passport.trustPointReferences() == referencesFile({"UTCVCA00009"}));
        REQUIRE(passport.terminal.present(root.issue(verifier, domesticVerifier)) == 0x9000);
        REQUIRE(passport.terminal.present(verifier.issue(terminal, 0x03)) == 0x9000);
        REQUIRE(passport.terminal.authenticateAs(terminal) == 0x9000);
        CHECK(passport.terminal.select(0x0103) == 0x9000);
    }
}

TEST_CASE("a link certificate becomes a trust point for good, and of three the oldest goes") {
    const auto second = key("UTCVCA00002");
    const auto third = key("UTCVCA00003");
    const auto verifier = key("UTDV00001");
    Passport passport;
    passport.inspect();
    CHECK(passport.trustPointReferences() == referencesFile({"UTCVCA00001"}));
    REQUIRE(passport.terminal.present(issue(cvca(), second, authority, 2026y / 3 / 1, 2028y / 3 / 1)) ==
            0x9000);
    CHECK(passport.trustPointReferences() == referencesFile({"UTCVCA00002", "UTCVCA00001"}));
    CHECK(currentDate(passport.memory) == hex("020600030001"));

    passport.inspectAgain();
    CHECK(passport.trustPointReferences() == referencesFile({"UTCVCA00002", "UTCVCA00001"}));
    // Both verify document verifiers.
    CHECK(passport.terminal.present(second.issue(verifier, domesticVerifier)) == 0x9000);
    CHECK(passport.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x9000);
    // Only the most recent one verifies link certificates, and a known holder is not imported again.
    CHECK(passport.terminal.present(issue(cvca(), third, authority, 2026y / 4 / 1, 2028y / 4 / 1)) == 0x6985);
    CHECK(passport.terminal.present(issue(second, cvca(), authority, 2026y / 4 / 1, 2028y / 4 / 1)) ==
          0x6A80);
    REQUIRE(passport.terminal.present(issue(second, third, authority, 2026y / 5 / 1, 2028y / 5 / 1)) ==
            0x9000);
    passport.inspectAgain();
    CHECK(passport.trustPointReferences() == referencesFile({"UTCVCA00003", "UTCVCA00002"}));
    CHECK(passport.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x6A88);
    CHECK(passport.terminal.present(third.issue(verifier, domesticVerifier)) == 0x9000);
}

TEST_CASE("an expired link certificate is accepted, an expired trust point verifies links alone") {
    const auto verifier = key("UTDV00001");
    const auto second = key("UTCVCA00002");
    Passport passport;
    passport.inspect();
    // A domestic verifier's certificate moves the date to where the trust point has expired.
    REQUIRE(passport.terminal.present(
                issue(cvca(), verifier, domesticVerifier, 2027y / 2 / 1, 2027y / 6 / 1)) == 0x9000);
    CHECK(currentDate(passport.memory) == hex("020700020001"));
    CHECK(passport.terminal.present(
              issue(cvca(), verifier, domesticVerifier, 2027y / 2 / 1, 2027y / 6 / 1)) == 0x6985);
    CHECK(passport.terminal.present(issue(cvca(), second, authority, 2026y / 3 / 1, 2026y / 9 / 1)) ==
          0x9000);
    // Time does not go back.
    CHECK(currentDate(passport.memory) == hex("020700020001"));
}

TEST_CASE("the date comes from accurate certificates, and the expired are refused") {
    const auto verifier = key("UTDV00001");
    const auto terminal = key("UTIS00001");
    Passport passport;
    passport.inspect();
    const auto present = [&](const CvKeyPair& issuer, const CvKeyPair& holder, std::uint8_t authorization,
                             year_month_day effective, year_month_day expiration) {
        return passport.terminal.present(issue(issuer, holder, authorization, effective, expiration));
    };
    // Of a foreign verifier the verifier's certificate counts, the terminal's does not.
    REQUIRE(present(cvca(), verifier, foreignVerifier, 2026y / 1 / 10, 2026y / 12 / 1) == 0x9000);
    CHECK(currentDate(passport.memory) == hex("020600010100"));
    REQUIRE(present(verifier, terminal, 0x03, 2026y / 3 / 1, 2026y / 4 / 1) == 0x9000);
    CHECK(currentDate(passport.memory) == hex("020600010100"));
    // Of a domestic one both do.
    REQUIRE(present(cvca(), verifier, domesticVerifier, 2026y / 2 / 1, 2026y / 12 / 1) == 0x9000);
    REQUIRE(present(verifier, terminal, 0x03, 2026y / 3 / 1, 2026y / 4 / 1) == 0x9000);
    CHECK(currentDate(passport.memory) == hex("020600030001"));
    // A certificate that expires before it takes effect is none.
    CHECK(present(cvca(), verifier, domesticVerifier, 2026y / 12 / 2, 2026y / 12 / 1) == 0x6A80);
    // The last day is the day of expiry.
    CHECK(present(cvca(), verifier, domesticVerifier, 2026y / 1 / 1, 2026y / 3 / 1) == 0x9000);
    CHECK(present(cvca(), verifier, domesticVerifier, 2026y / 3 / 1, 2026y / 3 / 1) == 0x9000);
    CHECK(present(verifier, terminal, 0x03, 2026y / 1 / 1, 2026y / 2 / 28) == 0x6985);
    CHECK(present(cvca(), verifier, domesticVerifier, 2026y / 1 / 1, 2026y / 2 / 28) == 0x6985);
    passport.inspectAgain();
    CHECK(present(cvca(), verifier, domesticVerifier, 2026y / 1 / 1, 2026y / 2 / 28) == 0x6985);
}

TEST_CASE("nobody certifies whom it may not") {
    const auto verifier = key("UTDV00001");
    const auto terminal = key("UTIS00001");
    const auto other = key("UTDV00002");
    Passport passport;
    passport.inspect();
    CHECK(passport.terminal.present(cvca().issue(terminal, 0x03)) == 0x6985);
    REQUIRE(passport.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x9000);
    CHECK(passport.terminal.present(verifier.issue(other, domesticVerifier)) == 0x6985);
    CHECK(passport.terminal.present(issue(verifier, other, authority, 2026y / 3 / 1, 2027y / 3 / 1)) ==
          0x6985);
    REQUIRE(passport.terminal.present(verifier.issue(terminal, 0x03)) == 0x9000);
    CHECK(passport.terminal.present(terminal.issue(other, 0x03)) == 0x6985);
    // A document verifier is no terminal.
    Passport again;
    again.inspect();
    REQUIRE(again.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x9000);
    CHECK(again.terminal.authenticateAs(verifier) == 0x6A88);
}

TEST_CASE("no flipped bit of a certificate is accepted") {
    const auto verifier = key("UTDV00001");
    const auto certificate = cvca().issue(verifier, domesticVerifier);
    const auto original = test::toBytes(certificate.bodyAndSignature());
    const auto select = tlv(0x83, test::ascii("UTCVCA00001"));
    Passport passport;
    passport.inspect();
    for (std::size_t position = 0; position < original.size(); ++position) {
        CAPTURE(position);
        auto changed = original;
        changed[position] = static_cast<std::uint8_t>(changed[position] ^ (1U << position % 8));
        REQUIRE(passport.terminal.transmit(hex("002281B6"), select).status == 0x9000);
        const auto status = passport.terminal.transmit(hex("002A00BE"), changed).status;
        CHECK((status == 0x6A80 || status == 0x6300));
        // The choice of the issuer served once.
        CHECK(passport.terminal.transmit(hex("002A00BE"), original).status == 0x6985);
    }
    CHECK(passport.terminal.present(certificate) == 0x9000);
}

// Doc 9303-12, 7.2.2: what a certificate must say is asked for before its signature is looked at.
TEST_CASE("a certificate of another profile, or for another kind of terminal, is none") {
    const auto verifier = key("UTDV00001");
    const auto original = test::toBytes(cvca().issue(verifier, domesticVerifier).bodyAndSignature());
    Passport passport;
    passport.inspect();
    const Bytes profileIdentifier = hex("5F290100");
    const Bytes inspectionSystem = hex("060904007F000703010201");
    for (const Bytes& part : {profileIdentifier, inspectionSystem}) {
        auto changed = original;
        const auto place = std::search(changed.begin(), changed.end(), part.begin(), part.end());
        REQUIRE(place != changed.end());
        auto& ending = place[static_cast<std::ptrdiff_t>(part.size()) - 1];
        ending = static_cast<std::uint8_t>(ending ^ 0x03);
        REQUIRE(passport.terminal.transmit(hex("002281B6"), tlv(0x83, test::ascii("UTCVCA00001"))).status ==
                0x9000);
        CHECK(passport.terminal.transmit(hex("002A00BE"), changed).status == 0x6A80);
    }
}

TEST_CASE("a link certificate with a key of RSA verifies after a reset too") {
    const auto rsa = [](const char* reference) {
        return CvKeyPair::rsa(reference, SignatureScheme::Kind::RsaPss, HashAlgorithm::Sha256, 2048);
    };
    const auto next = rsa("UTCVCA00002");
    Passport passport;
    passport.inspect();
    REQUIRE(passport.terminal.present(issue(cvca(), next, authority, 2026y / 3 / 1, 2028y / 3 / 1)) ==
            0x9000);
    passport.inspectAgain();
    CHECK(passport.terminal.present(next.issue(rsa("UTDV00001"), domesticVerifier)) == 0x9000);
}

TEST_CASE("a certificate of another CVCA, cut off, or with foreign domain parameters is refused") {
    const auto verifier = key("UTDV00001");
    const auto stranger = key("UTCVCA00001");
    Passport passport;
    passport.inspect();
    CHECK(passport.terminal.present(stranger.issue(verifier, domesticVerifier)) == 0x6300);
    CHECK(passport.terminal.present(key("UTCVCA00008").issue(verifier, domesticVerifier)) == 0x6A88);
    const auto select = tlv(0x83, test::ascii("UTCVCA00001"));
    const auto whole = test::toBytes(cvca().issue(verifier, domesticVerifier).bodyAndSignature());
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        REQUIRE(passport.terminal.transmit(hex("002281B6"), select).status == 0x9000);
        CHECK(passport.terminal
                  .transmit(hex("002A00BE"),
                            Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)))
                  .status == 0x6A80);
    }
    REQUIRE(passport.terminal.transmit(hex("002281B6"), select).status == 0x9000);
    CHECK(passport.terminal.transmit(hex("002A00BE"), join(whole, hex("00"))).status == 0x6A80);
    for (const char* otherParameters : {"002A00AE", "002A01BE"}) {
        REQUIRE(passport.terminal.transmit(hex("002281B6"), select).status == 0x9000);
        CHECK(passport.terminal.transmit(hex(otherParameters), whole).status == 0x6A86);
    }
    CHECK(passport.terminal.transmit(hex("002281B6"), hex("8300")).status == 0x6A80);
    CHECK(passport.terminal.transmit(hex("002281B6"), tlv(0x83, Bytes(17, 'A'))).status == 0x6A80);
    // A key of RSA has no domain parameters for the certificates below it.
    const auto rsaVerifier =
        CvKeyPair::rsa("UTDV00002", SignatureScheme::Kind::RsaPss, HashAlgorithm::Sha256, 2048);
    REQUIRE(passport.terminal.present(cvca().issue(rsaVerifier, domesticVerifier)) == 0x9000);
    CHECK(passport.terminal.present(rsaVerifier.issue(key("UTIS00001"), 0x03)) == 0x6A80);
}

TEST_CASE("the terminal's signature is bound to the challenge, the chip and the key of Chip Authentication") {
    const auto verifier = key("UTDV00001");
    const auto terminal = key("UTIS00001");
    Passport passport;
    passport.inspect();
    REQUIRE(passport.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x9000);
    REQUIRE(passport.terminal.present(verifier.issue(terminal, 0x03)) == 0x9000);
    CHECK(passport.terminal.authenticateAs(key("UTIS00002")) == 0x6A88);
    // Without a challenge, with another key's signature, with a challenge used twice, and with one that
    // another command followed.
    REQUIRE(passport.terminal.transmit(hex("002281A4"), tlv(0x83, test::ascii("UTIS00001"))).status ==
            0x9000);
    CHECK(passport.terminal.transmit(hex("00820000"), Bytes(64, 0x11)).status == 0x6985);
    REQUIRE(passport.terminal.transmit(hex("00840000"), {}, 8).data.size() == 8);
    CHECK(passport.terminal.transmit(hex("00820000"), Bytes(64, 0x11)).status == 0x6300);
    CHECK(passport.terminal.transmit(hex("00820000"), Bytes(64, 0x11)).status == 0x6985);
    REQUIRE(passport.terminal.transmit(hex("00840000"), {}, 8).data.size() == 8);
    CHECK(passport.terminal.select(0x0103) == 0x6982);
    CHECK(passport.terminal.transmit(hex("00820000"), Bytes(64, 0x11)).status == 0x6985);
    CHECK(passport.terminal.transmit(hex("00840000"), {}, 7).status == 0x6700);
    CHECK(passport.terminal.transmit(hex("00840100"), {}, 8).status == 0x6A86);
    CHECK(passport.terminal.transmit(hex("00840001"), {}, 8).status == 0x6A86);
    for (const char* otherParameters : {"00820100", "00820001"}) {
        REQUIRE(passport.terminal.transmit(hex("00840000"), {}, 8).data.size() == 8);
        CHECK(passport.terminal.transmit(hex(otherParameters), Bytes(64, 0x11)).status == 0x6A86);
    }
    // The session went on through all of it.
    CHECK(passport.terminal.authenticateAs(terminal) == 0x9000);
    CHECK(passport.terminal.select(0x0103) == 0x9000);
}

TEST_CASE("Terminal Authentication runs once a session, and new keys take its rights away") {
    const auto verifier = key("UTDV00001");
    const auto terminal = key("UTIS00001");
    Passport passport;
    passport.inspect();
    REQUIRE(passport.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x9000);
    REQUIRE(passport.terminal.present(verifier.issue(terminal, 0x03)) == 0x9000);
    REQUIRE(passport.terminal.authenticateAs(terminal) == 0x9000);
    CHECK(passport.terminal.authenticateAs(terminal) == 0x6982);
    CHECK(passport.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x6982);
    CHECK(passport.terminal.transmit(hex("00820000"), Bytes(64, 0x11)).status == 0x6982);
    CHECK(passport.terminal.select(0x0104) == 0x9000);
    REQUIRE(passport.terminal.chipAuthentication(passport.chipKeys[1], SymmetricCipher::Aes128, false));
    CHECK(passport.terminal.select(0x0104) == 0x6982);
    CHECK(passport.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x6982);
    CHECK(passport.terminal.read(0x0101) == passport.document.files.at(0x0101));
    // A key imported before is gone with the keys of the session, and in the next one.
    Passport other;
    other.inspect();
    REQUIRE(other.terminal.present(cvca().issue(verifier, domesticVerifier)) == 0x9000);
    REQUIRE(other.terminal.present(verifier.issue(terminal, 0x03)) == 0x9000);
    REQUIRE(other.terminal.chipAuthentication(other.chipKeys[1], SymmetricCipher::Aes128, false));
    CHECK(other.terminal.authenticateAs(terminal) == 0x6A88);
    passport.inspectAgain();
    CHECK(passport.terminal.authenticateAs(terminal) == 0x6A88);
}

TEST_CASE("Terminal Authentication needs Chip Authentication and a trust point") {
    const auto verifier = key("UTDV00001");
    const auto certificate = cvca().issue(verifier, domesticVerifier);
    Passport passport;
    CHECK(passport.chip.status("002281B60D830B5554435643413030303031") == 0x6982);
    REQUIRE(passport.terminal.pace(genericMapping, true));
    CHECK(passport.terminal.present(certificate) == 0x6982);
    CHECK(passport.terminal.transmit(hex("002A00BE"), hex("7F4E00")).status == 0x6982);
    CHECK(passport.terminal.transmit(hex("002281A4"), tlv(0x83, test::ascii("UTIS00001"))).status == 0x6982);

    host::FlashMemory memory;
    ChipFixture chip(memory);
    REQUIRE(chip.personalize(makeDocument(DocumentProfile::VietnameseCard2021)));
    chip.reset();
    Terminal terminal(chip);
    REQUIRE(terminal.pace(genericMapping, true));
    REQUIRE(terminal.selectApplication() == 0x9000);
    const auto keys = cancuoc::test::chipAuthenticationKeysOf(DocumentProfile::VietnameseCard2021);
    REQUIRE(terminal.chipAuthentication(keys[0], SymmetricCipher::Aes128, false));
    CHECK(terminal.present(certificate) == 0x6982);
    CHECK(terminal.select(0x011C) == 0x6A82);
}

TEST_CASE("PACE names the trust points to a terminal that asks for them") {
    const auto second = key("UTCVCA00002");
    Passport passport;
    passport.inspect();
    REQUIRE(passport.terminal.present(issue(cvca(), second, authority, 2026y / 3 / 1, 2028y / 3 / 1)) ==
            0x9000);
    passport.chip.reset();
    passport.terminal.asksForAuthorityReferences = true;
    REQUIRE(passport.terminal.pace(genericMapping, true));
    CHECK(passport.terminal.paceAdditions() ==
          join(tlv(0x87, test::ascii("UTCVCA00002")), tlv(0x88, test::ascii("UTCVCA00001"))));
}

TEST_CASE("without randomness there is no challenge for a terminal") {
    host::FlashMemory memory;
    ObjectStore store(memory);
    REQUIRE(store.open());
    emrtd::TerminalAuthentication authentication(store, test::quickGuard());
    test::FailingRandom dry;
    Command command{0x00, 0x84, 0x00, 0x00, {}, 8};
    Response response;
    CHECK(authentication.getChallenge(command, dry, response) == StatusWord::InternalError);
    CHECK(response.size() == 0);
}
