// SPDX-License-Identifier: Apache-2.0
// CSCA and document signers with every kind of key, each judged by the trust code and the openssl program.
#include "personalization/pki/key_kind.hpp"

#include <doctest/doctest.h>

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/certificate_chain.hpp"
#include "host/trust/signature.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/published_lists.hpp"
#include "personalization/pki/renewal.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"
#include "tests/unit/personalization/pki/openssl_program.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::at;
using test::certificateIn;
using test::noon;
using test::PkiFixture;

namespace {

const auto now = noon(2026, 12, 1);

Bytes sign(const PkiFixture& pki) {
    lds::DocumentSecurityObject object;
    object.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    return DocumentSigner::load(pki.path(), at(now)).sign(object);
}

// Both certificates without defects, the signature valid, and the chain up to the anchor.
void checkTrust(const PkiFixture& pki) {
    const auto csca = certificateIn(pki.files().cscaCertificate);
    CHECK(csca.defects(now).empty());
    CHECK(certificateIn(pki.files().documentSignerCertificate).defects(now).empty());
    const auto file = lds::SecurityObjectFile::decode(sign(pki));
    const auto signature = trust::verifySignature(file.signedData(), trust::documentSignerRole);
    CHECK_MESSAGE(signature.failure.empty(), signature.failure);
    auto store = trust::TrustStore::inMemory();
    store.addCertificate(csca.der());
    const auto chain = trust::verifyChain(*signature.signer, trust::documentSignerRole, store, now);
    CHECK_MESSAGE(chain.result == trust::CheckResult::Passed, chain.reason);
    const auto crl = readCrl(pki.files().crl);
    CHECK(X509_CRL_verify(crl.get(), X509_get0_pubkey(csca.x509())) == 1);
}

} // namespace

TEST_CASE("Every kind of key certifies, is certified and signs") {
    for (const char* kind : {"P-256", "P-384", "P-521", "brainpoolP224r1", "brainpoolP256r1",
                             "brainpoolP320r1", "brainpoolP384r1", "brainpoolP512r1"}) {
        CAPTURE(std::string(kind));
        checkTrust(PkiFixture({.cscaKey = kind, .documentSignerKey = kind}));
    }
    checkTrust(PkiFixture({.cscaKey = "RSA-4096", .documentSignerKey = "brainpoolP256r1"}));
}

TEST_CASE("openssl verifies certificates and EF.SOD of RSASSA-PSS, and finds its parameters") {
    const PkiFixture pki({.cscaKey = "RSA-3072", .documentSignerKey = "RSA-3072"});
    checkTrust(pki);
    const auto csca = pki.files().cscaCertificate.string();
    const auto contentInfo = pki.path() / "sod.der";
    const Bytes securityObject = sign(pki);
    writeFile(contentInfo, readTlv(securityObject, 0x77, "EF.SOD").value);
    const auto attime = " -attime " + std::to_string(now.time_since_epoch().count());
    CHECK(test::openssl("verify" + attime + " -CAfile " + csca + " " +
                        pki.files().documentSignerCertificate.string()));
    CHECK(test::openssl("cms -verify -binary -inform DER -purpose any" + attime + " -in " +
                        contentInfo.string() + " -CAfile " + csca));
    CHECK(test::openssl("crl -inform DER -in " + pki.files().crl.string() + " -CAfile " + csca));
    const auto algorithmOf = [](const X509& certificate) {
        const X509_ALGOR* algorithm = nullptr;
        X509_get0_signature(nullptr, &algorithm, &certificate);
        const ASN1_OBJECT* identifier = nullptr;
        X509_ALGOR_get0(&identifier, nullptr, nullptr, algorithm);
        return OBJ_obj2nid(identifier);
    };
    CHECK(algorithmOf(*certificateIn(csca).x509()) == NID_rsassaPss);
}

TEST_CASE("The next keys are of the kind of the former ones, or of the kind that is asked for") {
    const PkiFixture pki({.cscaKey = "brainpoolP384r1", .documentSignerKey = "brainpoolP256r1"});
    const auto kindIn = [](const std::filesystem::path& file) {
        return KeyKind::nameOf(*X509_get0_pubkey(readCertificate(file).get()));
    };
    SystemRandom random;
    renewDocumentSigner(pki.path(), {}, at(now), random);
    CHECK(kindIn(pki.files().documentSignerCertificate) == "brainpoolP256r1");
    renewDocumentSigner(pki.path(), {.documentSignerKey = "RSA-3072"}, at(now), random);
    CHECK(kindIn(pki.files().documentSignerCertificate) == "RSA-3072");
    renewCountrySigningAuthority(pki.path(), {}, std::nullopt, at(now), random);
    CHECK(kindIn(pki.files().cscaCertificate) == "brainpoolP384r1");
    CHECK(kindIn(pki.files().documentSignerCertificate) == "RSA-3072");
    renewCountrySigningAuthority(pki.path(), {.cscaKey = "P-521"}, std::nullopt, at(now), random);
    CHECK(KeyKind::named(kindIn(pki.files().cscaCertificate)).curve == EllipticCurve::named("P-521"));
    CHECK(publishMasterList(pki.path(), {}, at(now), random) == 5);
    checkTrust(pki);
}

TEST_CASE("A key that is too weak, or of no kind, is refused before anything is made") {
    for (const char* kind : {"RSA-2048", "P-192", "brainpoolP192r1", "RSA-1024", "curve25519", "RSA"}) {
        CAPTURE(std::string(kind));
        const test::TemporaryDirectory directory;
        SystemRandom random;
        CHECK_THROWS_AS(createPki(directory.path(), {.cscaKey = kind}, at(now), random), BadConfiguration);
        CHECK_THROWS_AS(createPki(directory.path(), {.documentSignerKey = kind}, at(now), random),
                        BadConfiguration);
        CHECK(std::filesystem::is_empty(directory.path()));
    }
}
