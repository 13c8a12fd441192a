// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/renewal.hpp"

#include <doctest/doctest.h>
#include <openssl/x509.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/master_list.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "tests/unit/personalization/pki/openssl_program.hpp"
#include "tests/unit/personalization/pki/pki_fixture.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::noon;
using test::PkiFixture;

namespace {

constexpr std::size_t maximumSize = 65536;

Clock at(std::chrono::sys_seconds moment) {
    return [moment] { return moment; };
}

trust::Certificate certificateIn(const std::filesystem::path& file) {
    return trust::Certificate::decode(readFile(file, maximumSize));
}

bool isListed(const std::filesystem::path& crlFile, const std::filesystem::path& certificate) {
    X509_REVOKED* entry = nullptr;
    return X509_CRL_get0_by_cert(readCrl(crlFile).get(), &entry, readCertificate(certificate).get()) == 1;
}

lds::DocumentSecurityObject object() {
    lds::DocumentSecurityObject made;
    made.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    return made;
}

} // namespace

TEST_CASE("The next document signer signs, and the certificate of the former one stays") {
    for (const bool namedCurves : {false, true}) {
        const PkiFixture pki({.namedCurves = namedCurves});
        const auto former = certificateIn(pki.files().documentSignerCertificate);
        test::RepeatableRandom random;
        const auto later = at(noon(2027, 2, 1));
        CHECK(renewDocumentSigner(pki.path(), {}, later, random) == 2);
        CHECK(certificateIn(pki.path() / "document-signer-001.pem").der() == former.der());
        const auto next = certificateIn(pki.files().documentSignerCertificate);
        CHECK(next.subject().find("serialNumber=002") != std::string::npos);
        CHECK(next.kind() == trust::CertificateKind::DocumentSigner);
        CHECK(next.defects(later()).size() == (namedCurves ? 1U : 0U)); // that the curve is named
        const auto signer = DocumentSigner::load(pki.path(), later);
        CHECK(signer.certificate() == next.der());
        CHECK_FALSE(signer.sign(object()).empty());
        CHECK(renewDocumentSigner(pki.path(), {.documentType = "C"}, later, random) == 3);
        CHECK_FALSE(std::filesystem::exists(pki.path() / ".pki-work"));
    }
}

TEST_CASE("The CSCA certifies nobody when its key may not sign any more") {
    const PkiFixture pki;
    test::RepeatableRandom random;
    const auto certificate = readFile(pki.files().documentSignerCertificate, maximumSize);
    CHECK_THROWS_AS(renewDocumentSigner(pki.path(), {}, at(noon(2031, 11, 23)), random), BadConfiguration);
    CHECK_THROWS_AS(publishMasterList(pki.path(), {}, at(noon(2031, 11, 23)), random), BadConfiguration);
    CHECK(readFile(pki.files().documentSignerCertificate, maximumSize) == certificate);
    CHECK(renewDocumentSigner(pki.path(), {}, at(noon(2031, 11, 22)), random) == 2);
}

TEST_CASE("A CRL has one more number than the former one, and its entries") {
    const PkiFixture pki({.namedCurves = true});
    test::RepeatableRandom random;
    const auto former = pki.path() / "document-signer-001.pem";
    CHECK(renewDocumentSigner(pki.path(), {}, at(noon(2026, 12, 1)), random) == 2);

    auto renewed = renewCrl(pki.path(), {former, former}, at(noon(2026, 12, 2)));
    CHECK(renewed.number == 2);
    CHECK(renewed.entries == 1);
    renewed = renewCrl(pki.path(), {}, at(noon(2026, 12, 3)));
    CHECK(renewed.number == 3);
    CHECK(renewed.entries == 1);
    CHECK(isListed(pki.files().crl, former));
    CHECK_FALSE(isListed(pki.files().crl, pki.files().documentSignerCertificate));
    const auto crl = readCrl(pki.files().crl);
    CHECK(X509_CRL_verify(crl.get(), X509_get0_pubkey(readCertificate(pki.files().cscaCertificate).get())) ==
          1);

    CHECK_FALSE(DocumentSigner::load(pki.path(), at(noon(2026, 12, 3))).certificate().empty());
    renewCrl(pki.path(), {pki.files().documentSignerCertificate}, at(noon(2026, 12, 4)));
    CHECK_THROWS_AS(static_cast<void>(DocumentSigner::load(pki.path(), at(noon(2026, 12, 4)))),
                    BadConfiguration);
}

TEST_CASE("A CSCA revokes what it has issued, and neither itself nor others' certificates") {
    const PkiFixture pki;
    const test::TemporaryDirectory others; // with other keys
    SystemRandom random;
    createPki(others.path(), {}, at(noon(2026, 11, 22)), random);
    const auto crl = readFile(pki.files().crl, maximumSize);
    for (const auto& file : {pki.files().cscaCertificate, PkiFiles(others.path()).documentSignerCertificate,
                             pki.path() / "nothing.pem"}) {
        CHECK_THROWS_AS(renewCrl(pki.path(), {file}, at(noon(2026, 12, 2))), BadConfiguration);
    }
    CHECK(readFile(pki.files().crl, maximumSize) == crl);
}

TEST_CASE("A master list holds the CSCA and others, and its signer is made once") {
    const PkiFixture pki;
    const PkiFixture others({}, noon(2026, 11, 23));
    test::RepeatableRandom random;
    const auto now = noon(2026, 12, 1);
    CHECK(publishMasterList(pki.path(), {others.files().cscaCertificate}, at(now), random) == 2);
    const auto signer = readFile(pki.files().masterListSignerCertificate, maximumSize);
    CHECK(certificateIn(pki.files().masterListSignerCertificate).kind() ==
          trust::CertificateKind::MasterListSigner);
    CHECK(certificateIn(pki.files().masterListSignerCertificate).defects(now).empty());

    auto anchors = trust::TrustStore::inMemory();
    anchors.addCertificate(certificateIn(pki.files().cscaCertificate).der());
    const auto list = trust::MasterList::decode(readFile(pki.files().masterList, maximumSize), anchors, now);
    CHECK(list.certificates.size() == 2);
    for (const auto& file : {pki.files().cscaCertificate, others.files().cscaCertificate}) {
        CHECK(std::count(list.certificates.begin(), list.certificates.end(), certificateIn(file).der()) == 1);
    }

    CHECK(publishMasterList(pki.path(), {}, at(now), random) == 1);
    CHECK(readFile(pki.files().masterListSignerCertificate, maximumSize) == signer);
    CHECK_THROWS_AS(publishMasterList(pki.path(), {pki.files().documentSignerCertificate}, at(now), random),
                    BadConfiguration);
}

TEST_CASE("Without a PKI, and while somebody is at work in it, nothing is renewed") {
    const test::TemporaryDirectory empty;
    test::RepeatableRandom random;
    const auto now = at(noon(2026, 12, 1));
    CHECK_THROWS_AS(renewDocumentSigner(empty.path(), {}, now, random), BadConfiguration);
    CHECK_THROWS_AS(renewCrl(empty.path(), {}, now), BadConfiguration);
    CHECK_THROWS_AS(publishMasterList(empty.path(), {}, now, random), BadConfiguration);
    CHECK(std::filesystem::is_empty(empty.path()));
    const PkiFixture pki;
    {
        const PkiWorkshop somebody(pki.path());
        CHECK_THROWS_AS(renewCrl(pki.path(), {}, now), BadConfiguration);
    }
    CHECK(renewCrl(pki.path(), {}, now).number == 2);
    CHECK_THROWS_AS(renewDocumentSigner(pki.path(), {.documentType = "id"}, now, random), BadConfiguration);
}
