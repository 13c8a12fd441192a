// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/published_lists.hpp"

#include <doctest/doctest.h>
#include <openssl/x509.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/deviation_list.hpp"
#include "host/trust/master_list.hpp"
#include "host/trust/store_import.hpp"
#include "personalization/pki/deviation_statement.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/renewal.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"
#include "tests/unit/personalization/pki/openssl_program.hpp"

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

namespace {

// Writes the statement and publishes it. The list as others read it.
trust::DeviationList publish(const PkiFixture& pki, const std::string& statement) {
    const auto file = pki.path() / "statement.json";
    writeFile(file, viewOf(statement));
    test::RepeatableRandom random;
    publishDeviationList(pki.path(), file, at(noon(2026, 12, 1)), random);
    return trust::DeviationList::decode(readFile(pki.files().deviationList, maximumSize));
}

} // namespace

TEST_CASE("A deviation list says which cards, and its signer is the CSCA's") {
    const PkiFixture pki({.namedCurves = true});
    const auto list = publish(pki, R"({"deviations": [
        {"documents": {"documentType": "ID", "documentSigner": "document-signer.pem",
                       "issued": ["2026-01-02", "2026-03-31"], "documentNumbers": ["299000002", "299000001"]},
         "descriptions": [{"type": "LDS-DGHashWrong", "dataGroup": 12, "description": "Hash of an earlier date"},
                          {"type": "2.23.136.1.1.7.5"}]},
        {"documents": {}, "descriptions": [{"type": "Chip"}]}]})");
    const auto signer = certificateIn(pki.files().documentSignerCertificate);
    const trust::DocumentInQuestion meant{&signer, "ID", "299000001", dateFromIso("2026-02-01")};
    std::vector<std::string> said;
    for (const auto& description : list.descriptionsFor(meant)) {
        said.push_back(description.type.toText() + " " + description.description);
    }
    std::sort(said.begin(), said.end());
    CHECK(said == std::vector<std::string>{"2.23.136.1.1.7.2.2 Hash of an earlier date", "2.23.136.1.1.7.4 ",
                                           "2.23.136.1.1.7.5 "});
    const trust::DocumentInQuestion another{&signer, "ID", "299000003", dateFromIso("2026-02-01")};
    CHECK(list.descriptionsFor(another).size() == 1);

    CHECK(list.signer().kind() == trust::CertificateKind::DeviationListSigner);
    CHECK(list.signer().defects(noon(2026, 12, 1)).empty() ==
          false); // named curves, so that openssl takes it
    CHECK(test::openssl("cms -verify -inform DER -purpose any -no_check_time -ignore_critical -in " +
                        pki.files().deviationList.string() + " -CAfile " +
                        pki.files().cscaCertificate.string()));
    auto store = trust::TrustStore::inMemory();
    store.addCertificate(certificateIn(pki.files().cscaCertificate).der());
    CHECK(trust::importDeviationList(store, list.file(), noon(2026, 12, 2)) == trust::Import::Added);
}

TEST_CASE("The content of a deviation list is encoded as Doc 9303-12, 10.2 has it") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "statement.json";
    writeFile(file, viewOf(std::string(R"({"deviations": [{"documents": {"documentType": "ID",
        "issued": ["2026-01-02", "2026-03-31"], "documentNumbers": ["B", "A"]},
        "descriptions": [{"type": "LDS-DGHashWrong", "dataGroup": 12, "description": "DG12"}]}]})")));
    CHECK(toHex(deviationListOf(file)) ==
          toHex(fromHex(
              "3052 020100 314D 304B"
              "3030 8002 4944 A422 180F 32303236303130323030303030305A 180F 32303236303333313030303030305A"
              "     A506 130141 130142"
              "3117 3015 1304 44473132 0608 67810801 01070202"
              "     A003 02010C")));
    for (const char* wrong :
         {"{", "{}", R"({"deviations": []})", R"({"deviations": [{"documents": {}}]})",
          R"({"deviations": [{"documents": {}, "descriptions": [{"type": "Nothing"}]}]})",
          R"({"deviations": [{"documents": {"number": 1}, "descriptions": [{"type": "Chip"}]}]})",
          R"({"deviations": [{"documents": {"issued": ["2026-02-01", "2026-01-01"]},
                                  "descriptions": [{"type": "Chip"}]}]})",
          R"({"deviations": [{"documents": {"documentType": "I<"},
                                  "descriptions": [{"type": "Chip"}]}]})",
          R"({"deviations": [{"documents": {},
                                  "descriptions": [{"type": "Chip", "description": "Mẫu"}]}]})"}) {
        writeFile(file, viewOf(std::string(wrong)));
        CHECK_THROWS_AS(static_cast<void>(deviationListOf(file)), BadConfiguration);
    }
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
