// SPDX-License-Identifier: Apache-2.0
#include "host/trust/cv_certificate.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "tests/unit/host/trust/test_cv_pki.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;
using namespace std::chrono;
using test::CvKeyPair;
using Kind = SignatureScheme::Kind;

namespace {

CvCertificate published(const std::string& name) {
    return CvCertificate::decode(test::readTestData("eac-worked-example/" + name));
}

} // namespace

TEST_CASE("The published ECDSA certificates are read, written back and verified up to their CVCA") {
    const auto cvca = published("ecdh-cvca.cvcert");
    const auto documentVerifier = published("ecdh-document-verifier.cvcert");
    const auto terminal = published("ecdh-terminal.cvcert");

    CHECK(cvca.body().holderReference == "DECVCAAT00001");
    CHECK(cvca.body().authorization.role() == CertificateHolderRole::Cvca);
    CHECK(cvca.isSelfSigned());
    CHECK_FALSE(cvca.isLink());
    REQUIRE(cvca.body().publicKey.curve().has_value());
    CHECK(cvca.body().publicKey.curve()->name() == "brainpoolP512r1");
    CHECK(cvca.body().publicKey.scheme() == SignatureScheme{Kind::EcdsaPlain, HashAlgorithm::Sha512});

    CHECK(documentVerifier.body().authorityReference == "DECVCAAT00001");
    CHECK(documentVerifier.body().holderReference == "DETESTDVDE019");
    CHECK(documentVerifier.body().authorization.role() == CertificateHolderRole::DomesticDocumentVerifier);
    CHECK(documentVerifier.body().effectiveDate == 2010y / 9 / 30);
    CHECK_FALSE(documentVerifier.body().publicKey.curve().has_value());

    CHECK(terminal.body().authorityReference == "DETESTDVDE019");
    CHECK(terminal.body().authorization.role() == CertificateHolderRole::Terminal);
    // An authentication terminal, not an inspection system.
    CHECK(terminal.body().authorization.terminalType.toText() == "0.4.0.127.0.7.3.1.2.2");
    CHECK_FALSE(terminal.body().authorization.mayRead(3));

    const auto curve = cvca.body().publicKey.curve();
    CHECK(cvca.isSignedBy(cvca.body().publicKey, std::nullopt));
    CHECK(documentVerifier.isSignedBy(cvca.body().publicKey, std::nullopt));
    CHECK(terminal.isSignedBy(documentVerifier.body().publicKey, curve));
    CHECK_FALSE(terminal.isSignedBy(cvca.body().publicKey, curve));
    CHECK_FALSE(terminal.isSignedBy(documentVerifier.body().publicKey, std::nullopt));
    CHECK_FALSE(terminal.isSignedBy(documentVerifier.body().publicKey, EllipticCurve::standardized(13)));
}

TEST_CASE("The published RSA certificates are verified") {
    const auto cvca = published("dh-cvca.cvcert");
    const auto documentVerifier = published("dh-document-verifier.cvcert");
    const auto terminal = published("dh-terminal.cvcert");
    CHECK(cvca.body().publicKey.scheme() == SignatureScheme{Kind::RsaPkcs1, HashAlgorithm::Sha1});
    CHECK(cvca.isSignedBy(cvca.body().publicKey, std::nullopt));
    CHECK(documentVerifier.isSignedBy(cvca.body().publicKey, std::nullopt));
    CHECK(terminal.isSignedBy(documentVerifier.body().publicKey, std::nullopt));
    CHECK_FALSE(terminal.isSignedBy(cvca.body().publicKey, std::nullopt));
}

TEST_CASE("What was read is written again to the byte") {
    for (const std::string name :
         {"ecdh-cvca.cvcert", "ecdh-document-verifier.cvcert", "ecdh-terminal.cvcert", "dh-cvca.cvcert",
          "dh-document-verifier.cvcert", "dh-terminal.cvcert"}) {
        CAPTURE(name);
        const Bytes file = test::readTestData("eac-worked-example/" + name);
        const auto certificate = CvCertificate::decode(file);
        CHECK(certificate.encoded() == file);
        const Bytes body = certificate.body().encode();
        CHECK(toHex(certificate.bodyAndSignature().first(body.size())) == toHex(body));
    }
}

TEST_CASE("Every signature scheme of Terminal Authentication signs certificates") {
    for (const char* const curve : {"P-224", "P-256", "P-384", "P-521", "brainpoolP224r1", "brainpoolP256r1",
                                    "brainpoolP320r1", "brainpoolP384r1", "brainpoolP512r1"}) {
        for (const auto hash : {HashAlgorithm::Sha1, HashAlgorithm::Sha224, HashAlgorithm::Sha256,
                                HashAlgorithm::Sha384, HashAlgorithm::Sha512}) {
            CAPTURE(curve);
            const auto cvca = CvKeyPair::ecdsa("UTCVCA00001", hash, curve);
            const auto certificate = cvca.selfSigned();
            CHECK(certificate.isSignedBy(certificate.body().publicKey, std::nullopt));
            CHECK(certificate.body().publicKey.belongsTo(cvca.key()));
            CHECK(CvCertificateBody::decode(certificate.body().encode()) == certificate.body());
        }
    }
    for (const auto kind : {Kind::RsaPkcs1, Kind::RsaPss}) {
        for (const auto hash : {HashAlgorithm::Sha1, HashAlgorithm::Sha256, HashAlgorithm::Sha512}) {
            const auto cvca = CvKeyPair::rsa("UTCVCA00001", kind, hash, 1280);
            const auto certificate = cvca.selfSigned();
            CHECK(certificate.isSignedBy(certificate.body().publicKey, std::nullopt));
            CHECK(certificate.body().publicKey.belongsTo(cvca.key()));
            auto other = certificate.body().publicKey;
            other.algorithm = terminalAuthenticationIdentifier(
                {kind == Kind::RsaPss ? Kind::RsaPkcs1 : Kind::RsaPss, hash});
            CHECK_FALSE(certificate.isSignedBy(other, std::nullopt));
        }
        CHECK_THROWS_AS(static_cast<void>(terminalAuthenticationIdentifier({kind, HashAlgorithm::Sha384})),
                        BadConfiguration);
    }
}

TEST_CASE("Rights, roles and days are those of the certificate") {
    const auto cvca = CvKeyPair::ecdsa("UTCVCA00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    const auto next = CvKeyPair::ecdsa("UTCVCA00002", HashAlgorithm::Sha256, "brainpoolP256r1");
    const auto role = [&](std::uint8_t authorization) {
        return cvca.issue(next, authorization).body().authorization.role();
    };
    CHECK(role(0xC3) == CertificateHolderRole::Cvca);
    CHECK(role(0x83) == CertificateHolderRole::DomesticDocumentVerifier);
    CHECK(role(0x43) == CertificateHolderRole::ForeignDocumentVerifier);
    CHECK(role(0x03) == CertificateHolderRole::Terminal);
    CHECK(cvca.issue(next, 0xC3).isLink());
    CHECK_FALSE(cvca.issue(next, 0x83).isLink());

    const auto fingers = cvca.issue(next, 0x01);
    CHECK(fingers.body().authorization.mayRead(3));
    CHECK_FALSE(fingers.body().authorization.mayRead(4));
    CHECK_FALSE(fingers.body().authorization.mayRead(2));
    CHECK(cvca.issue(next, 0x02).body().authorization.mayRead(4));

    CHECK(fingers.isValidOn(2026y / 1 / 1));
    CHECK(fingers.isValidOn(2026y / 12 / 31));
    CHECK_FALSE(fingers.isValidOn(2025y / 12 / 31));
    CHECK_FALSE(fingers.isValidOn(2027y / 1 / 1));
}

TEST_CASE("Malformed certificates are refused") {
    const auto cvca = CvKeyPair::ecdsa("UTCVCA00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    const auto body = cvca.bodyFor(cvca, 0xC3, true);
    const Bytes whole = cvca.issue(body).encoded();
    CHECK_NOTHROW(static_cast<void>(CvCertificate::decode(concat(whole, Bytes{0x00, 0x0D, 0x0A}))));
    const auto refuse = [](BytesView certificate) {
        CHECK_THROWS_AS(static_cast<void>(CvCertificate::decode(certificate)), MalformedData);
    };
    refuse({});
    refuse(concat(whole, Bytes{0x30}));
    refuse(Bytes(CvCertificate::maximumLength + 1));
    for (std::size_t length = 0; length < whole.size(); length += 7) {
        refuse(BytesView(whole).first(length));
    }
    const auto refuseBody = [](const CvCertificateBody& changed) {
        CHECK_THROWS_AS(static_cast<void>(CvCertificateBody::decode(changed.encode())), MalformedData);
    };
    for (const std::string reference : {"", "UTCVCA00000000001", "UT\nCA00001", "UT\x85 00001"}) {
        auto changed = body;
        changed.holderReference = reference;
        refuseBody(changed);
        changed = body;
        changed.authorityReference = reference;
        refuseBody(changed);
    }
    auto changed = body;
    changed.publicKey.algorithm = ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2");
    refuseBody(changed);
    changed = body;
    std::get<CvPublicKey::EllipticCurvePoint>(changed.publicKey.key).point.back() ^= 1U;
    refuseBody(changed);
    changed = body;
    changed.authorization.relativeAuthorization.clear();
    refuseBody(changed);
    changed = body;
    changed.effectiveDate = 2026y / 2 / 30;
    refuseBody(changed);
    changed = body;
    changed.extensions = encodeTlv(0x66, Bytes{});
    refuseBody(changed);
    changed.extensions = encodeTlv(0x65, encodeTlv(0x73, Bytes{}));
    CHECK(CvCertificateBody::decode(changed.encode()) == changed);
}

TEST_CASE("A changed byte of the body breaks the signature") {
    const auto cvca = CvKeyPair::ecdsa("UTCVCA00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    const auto holder = CvKeyPair::ecdsa("UTIS000000001", HashAlgorithm::Sha256, "brainpoolP256r1");
    const auto authority = cvca.selfSigned().body().publicKey;
    auto body = cvca.bodyFor(holder, 0x01, false);
    const Bytes signature = cvca.sign(body.encode());
    CHECK(CvCertificate::assemble(body, signature).isSignedBy(authority, std::nullopt));
    body.authorization.relativeAuthorization = {0x03};
    CHECK_FALSE(CvCertificate::assemble(body, signature).isSignedBy(authority, std::nullopt));
}
