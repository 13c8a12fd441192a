// SPDX-License-Identifier: Apache-2.0
#include "host/access/terminal_authentication.hpp"

#include "host/access/chip_authentication.hpp"
#include "host/base/error.hpp"
#include "tests/unit/host/access/eac_chip.hpp"
#include "tests/unit/host/trust/test_cv_pki.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using test::CvKeyPair;
using test::EacChip;
using Kind = SignatureScheme::Kind;

namespace {

const Bytes sharedSecret(32, 0x42);
const Bytes documentNumber = toBytes(viewOf("T220001293"));
const Bytes fingers = fromHex("6303020101");

PresentedCertificate present(const trust::CvCertificate& certificate) {
    return {certificate.body().authorityReference, certificate.body().holderReference,
            toBytes(certificate.bodyAndSignature())};
}

// A CVCA, a document verifier and a terminal whose keys are made by `makeKey`.
struct Terminal {
    template <class MakeKey>
    explicit Terminal(MakeKey makeKey)
        : cvca(makeKey("UTCVCA00001")), documentVerifier(makeKey("UTDV00001")),
          terminal(makeKey("UTIS00001")) {}

    CvKeyPair cvca;
    CvKeyPair documentVerifier;
    CvKeyPair terminal;

    [[nodiscard]] TerminalCredentials credentials() const {
        return {
            {present(cvca.issue(documentVerifier, 0x83)), present(documentVerifier.issue(terminal, 0x03))},
            [key = terminal](BytesView toBeSigned) { return key.sign(toBeSigned); }};
    }
};

CvKeyPair brainpoolKey(const std::string& reference) {
    return CvKeyPair::ecdsa(reference, HashAlgorithm::Sha256, "brainpoolP256r1");
}

// A chip with a key for Chip Authentication, and a session with it that has gone through that.
struct Inspected {
    explicit Inspected(const CvKeyPair& cvca, bool extendedLength = false) {
        SystemRandom random;
        const auto curve = EllipticCurve::standardized(13);
        const auto chipKey =
            std::make_shared<EllipticCurveKeyPair>(EllipticCurveKeyPair::generate(curve, random));
        EacChip::Configuration configuration;
        configuration.chipKeys[""] = [chipKey](BytesView terminalKey) {
            return toBytes(chipKey->agree(terminalKey).view());
        };
        configuration.extendedLength = extendedLength;
        configuration.fingers = fingers;
        chip.emplace(std::move(configuration), BlockCipher::Aes128, sharedSecret);
        chip->terminalVerifier.identifier = documentNumber;
        chip->terminalVerifier.trustPoints.emplace(cvca.reference(), cvca.selfSigned().body().publicKey);
        session.emplace(*chip);
        session->startSecureMessaging(SecureMessaging::fromSharedSecret(BlockCipher::Aes128, sharedSecret));
        const auto protocol =
            ChipAuthenticationProtocol::from(ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.2.2"));
        const auto result =
            ChipAuthentication(*session, random)
                .perform(*protocol, EllipticCurvePublicKey{curve, toBytes(chipKey->publicKey())});
        REQUIRE(result.proven);
        compressedKey = toBytes(BytesView(result.terminalPublicKey).subspan(1, 32));
        chip->received.clear();
        chip->encoded.clear();
    }

    std::optional<EacChip> chip;
    std::optional<CardSession> session;
    Bytes compressedKey;
};

} // namespace

TEST_CASE("A terminal with every kind of key is let at the fingers") {
    struct Case {
        std::string name;
        Terminal terminal;
        bool extendedLength;
    };
    const auto rsa = [](Kind kind, HashAlgorithm hash) {
        return [kind, hash](const char* reference) { return CvKeyPair::rsa(reference, kind, hash, 2048); };
    };
    const auto ecdsa = [](const char* curve, HashAlgorithm hash) {
        return [curve, hash](const char* reference) { return CvKeyPair::ecdsa(reference, hash, curve); };
    };
    for (const Case& kind :
         {Case{"ECDSA-SHA-224", Terminal(ecdsa("P-224", HashAlgorithm::Sha224)), false},
          Case{"ECDSA-SHA-256", Terminal(ecdsa("brainpoolP256r1", HashAlgorithm::Sha256)), false},
          Case{"ECDSA-SHA-512", Terminal(ecdsa("brainpoolP512r1", HashAlgorithm::Sha512)), false},
          Case{"RSA-PSS-SHA-256, chained", Terminal(rsa(Kind::RsaPss, HashAlgorithm::Sha256)), false},
          Case{"RSA-v1-5-SHA-1, extended", Terminal(rsa(Kind::RsaPkcs1, HashAlgorithm::Sha1)), true}}) {
        CAPTURE(kind.name);
        Inspected inspected(kind.terminal.cvca, kind.extendedLength);
        CardSession& session = *inspected.session;
        CHECK(session.transmit({.ins = 0xB0, .p1 = 0x83, .le = 256}).sw ==
              status_word::securityStatusNotSatisfied);
        const auto result = TerminalAuthentication(session).perform(kind.terminal.credentials(),
                                                                    documentNumber, inspected.compressedKey);
        CHECK(result.accepted);
        CHECK(result.reason.empty());
        CHECK(inspected.chip->terminalVerifier.accepted());
        CHECK(session.transmit({.ins = 0xB0, .p1 = 0x83, .le = 256}).data == fingers);
    }
}

TEST_CASE("The commands are those of Doc 9303-11, 7.1.5") {
    const Terminal terminal(brainpoolKey);
    Inspected inspected(terminal.cvca);
    const auto credentials = terminal.credentials();
    REQUIRE(TerminalAuthentication(*inspected.session)
                .perform(credentials, documentNumber, inspected.compressedKey)
                .accepted);
    const auto& received = inspected.chip->received;
    REQUIRE(received.size() == 7);
    const auto check = [&](std::size_t index, std::uint8_t ins, std::uint16_t p1p2, const Bytes& data) {
        CAPTURE(index);
        CHECK(received[index].ins == ins);
        CHECK(received[index].p1p2() == p1p2);
        CHECK(toHex(received[index].data) == toHex(data));
    };
    check(0, 0x22, 0x81B6, fromHex("830B5554435643413030303031"));
    check(1, 0x2A, 0x00BE, credentials.certificates[0].bodyAndSignature);
    check(2, 0x22, 0x81B6, fromHex("8309555444563030303031"));
    check(3, 0x2A, 0x00BE, credentials.certificates[1].bodyAndSignature);
    check(4, 0x22, 0x81A4, fromHex("8309555449533030303031"));
    check(5, 0x84, 0x0000, {});
    CHECK(received[5].le == 8U);
    CHECK(received[6].ins == 0x82);
    CHECK(received[6].data.size() == 64);
    CHECK(!received[6].le.has_value());
}

TEST_CASE("Long certificates are chained on a short channel and extended on a long one") {
    const auto makeKey = [](const char* reference) {
        return CvKeyPair::rsa(reference, Kind::RsaPss, HashAlgorithm::Sha256, 2048);
    };
    const Terminal terminal(makeKey);
    for (const bool extendedLength : {false, true}) {
        Inspected inspected(terminal.cvca, extendedLength);
        REQUIRE(TerminalAuthentication(*inspected.session)
                    .perform(terminal.credentials(), documentNumber, inspected.compressedKey)
                    .accepted);
        std::size_t chained = 0;
        std::size_t extended = 0;
        for (const Bytes& command : inspected.chip->encoded) {
            chained += (command[0] & 0x10U) != 0 ? 1 : 0;
            extended += command.size() > 261 ? 1 : 0;
            CHECK((extendedLength || command.size() <= 261));
        }
        // Two certificates of 600 bytes in three parts each, and a signature of 256 in two.
        CHECK(chained == (extendedLength ? 0 : 5));
        CHECK(extended == (extendedLength ? 3 : 0));
    }
}

TEST_CASE("A refusal says at which step it came, and secure messaging goes on") {
    const Terminal terminal(brainpoolKey);
    const Terminal stranger(brainpoolKey);
    struct Case {
        std::string name;
        TerminalCredentials credentials;
        Bytes identifier;
        std::string reason;
    };
    auto otherTrustPoint = terminal.credentials();
    otherTrustPoint.certificates[0].authorityReference = "UTCVCA00009";
    auto otherSignature = terminal.credentials();
    otherSignature.sign = stranger.credentials().sign;
    for (const Case& expected :
         {Case{"a trust point that the chip does not have", otherTrustPoint, documentNumber,
               "The card refuses the key UTCVCA00009 with 6A88"},
          Case{"certificates of another CVCA", stranger.credentials(), documentNumber,
               "The card refuses the certificate of UTDV00001 with 6300"},
          Case{"another key's signature", otherSignature, documentNumber,
               "The card refuses the terminal's signature with 6300"},
          Case{"a signature for another chip", terminal.credentials(), toBytes(viewOf("T220001294")),
               "The card refuses the terminal's signature with 6300"}}) {
        CAPTURE(expected.name);
        Inspected inspected(terminal.cvca);
        const auto result = TerminalAuthentication(*inspected.session)
                                .perform(expected.credentials, expected.identifier, inspected.compressedKey);
        CHECK_FALSE(result.accepted);
        CHECK(result.reason.substr(0, expected.reason.size()) == expected.reason);
        CHECK_FALSE(inspected.chip->terminalVerifier.accepted());
        CHECK(inspected.session->secureMessagingActive());
        CHECK(inspected.session->transmit({.ins = 0xB0, .p1 = 0x83, .le = 256}).sw ==
              status_word::securityStatusNotSatisfied);
    }
}

TEST_CASE("A signature over another ephemeral key does not open the session") {
    const Terminal terminal(brainpoolKey);
    Inspected inspected(terminal.cvca);
    inspected.compressedKey[0] ^= 1U;
    CHECK_FALSE(TerminalAuthentication(*inspected.session)
                    .perform(terminal.credentials(), documentNumber, inspected.compressedKey)
                    .accepted);
}

TEST_CASE("What the signer cannot do reaches the caller, and empty credentials do not start") {
    const Terminal terminal(brainpoolKey);
    Inspected inspected(terminal.cvca);
    auto credentials = terminal.credentials();
    credentials.sign = [](BytesView) -> Bytes { throw ReaderUnavailable("The token is not there."); };
    CHECK_THROWS_AS(static_cast<void>(TerminalAuthentication(*inspected.session)
                                          .perform(credentials, documentNumber, inspected.compressedKey)),
                    ReaderUnavailable);
    CHECK(inspected.session->secureMessagingActive());
    CHECK_THROWS_AS(
        static_cast<void>(
            TerminalAuthentication(*inspected.session).perform({}, documentNumber, inspected.compressedKey)),
        BadConfiguration);
}
