// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/published_lists.hpp"

#include <doctest/doctest.h>
#include <openssl/x509.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/master_list.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/renewal.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::at;
using test::certificateIn;
using test::isListed;
using test::maximumSize;
using test::noon;
using test::PkiFixture;

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

TEST_CASE("After a new CSCA key the lists are signed with it, and know what the former one did") {
    const PkiFixture pki;
    SystemRandom random; // another key than the fixture's
    const auto first = certificateIn(pki.files().cscaCertificate);
    const auto before = noon(2026, 12, 1);
    CHECK(publishMasterList(pki.path(), {}, at(before), random) == 1);
    renewCountrySigningAuthority(pki.path(), {}, std::nullopt, at(noon(2029, 2, 1)), random);
    renewCountrySigningAuthority(pki.path(), {}, "CSCA of Viet Nam", at(noon(2030, 2, 1)), random);

    const auto now = noon(2030, 3, 1);
    const auto renewed = renewCrl(pki.path(), {pki.files().formerDocumentSigner(1)}, at(now));
    CHECK(renewed.number == 4);
    CHECK(renewed.entries == 1);
    CHECK(publishMasterList(pki.path(), {}, at(now), random) == 5); // three CSCAs and two links
    CHECK(certificateIn(pki.files().masterListSignerCertificate).subject().find("serialNumber=002") !=
          std::string::npos);
    auto anchors = trust::TrustStore::inMemory();
    anchors.addCertificate(first.der());
    for (const int number : {2, 3}) {
        anchors.addCertificate(certificateIn(pki.files().cscaLink(number)).der());
    }
    const auto list = trust::MasterList::decode(readFile(pki.files().masterList, maximumSize), anchors, now);
    CHECK(list.certificates.size() == 5);
}
