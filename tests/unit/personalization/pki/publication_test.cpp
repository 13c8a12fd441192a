// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/publication.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/trust/ldif_reader.hpp"
#include "host/trust/store_import.hpp"
#include "personalization/pki/ceremony_record.hpp"
#include "personalization/pki/key_ledger.hpp"
#include "personalization/pki/published_lists.hpp"
#include "personalization/pki/renewal.hpp"
#include "personalization/pki/seal_signer.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::at;
using test::certificateIn;
using test::maximumSize;
using test::noon;
using test::PkiFixture;
using test::TemporaryDirectory;

namespace fs = std::filesystem;

namespace {

const auto now = noon(2026, 12, 1);

} // namespace

TEST_CASE("What is published is taken by a trust store, and checks by sha256sum") {
    const PkiFixture pki;
    const TemporaryDirectory folder;
    SystemRandom random;
    renewDocumentSigner(pki.path(), {}, at(now), random);
    prepareDocumentSigner(pki.path(), at(now), random);
    renewSealSigner(pki.path(), "SS", "", at(now), random);
    publishMasterList(pki.path(), {}, at(now), random);
    const auto published = publish(pki.path(), folder.path(), at(now));
    CHECK(published.authorities == 1);
    CHECK(published.signers == 5); // three document signers, a seal signer, a master list signer
    for (const char* file : {"csca/csca.cer", "document-signers/next-document-signer.cer",
                             "document-signers/document-signer-001.cer", "seal-signers/seal-signer-SS.cer",
                             "list-signers/master-list-signer.cer", "crl/VN.crl", "ml/VN.ml"}) {
        CHECK_MESSAGE(fs::exists(folder.path() / file), file);
    }
    CHECK(std::system(("cd " + folder.path().string() + " && sha256sum --check --strict --quiet SHA256SUMS")
                          .c_str()) == 0);
    auto store = trust::TrustStore::inMemory();
    store.addCertificate(certificateIn(folder.path() / "csca/csca.cer").der());
    for (const auto& [file, count] :
         {std::pair{"icaopkd-001-complete.ldif", 5U}, {"icaopkd-002-complete.ldif", 1U}}) {
        const auto report =
            trust::importFile(store, readFile(folder.path() / file, std::size_t{1} << 20), now);
        CHECK(report.taken() == count);
        CHECK(report.refused.empty());
    }
    const auto ldif = toText(readFile(folder.path() / "icaopkd-001-complete.ldif", std::size_t{1} << 20));
    trust::LdifReader reader(ldif);
    std::string name;
    for (auto entry = reader.next(); entry && name.empty(); entry = reader.next()) {
        name = entry->text("dn").value_or("");
    }
    CHECK(name.ends_with(",o=dsc,c=VN,dc=data,dc=download,dc=pkd,dc=icao,dc=int"));
    CHECK(name.find("\\,") != std::string::npos);
    std::size_t begin = 0;
    for (auto end = ldif.find('\n'); end != std::string::npos;
         begin = end + 1, end = ldif.find('\n', begin)) {
        CHECK(end - begin <= 76);
    }

    // Published again after the next document signer has gone on: nothing of before is left.
    succeedDocumentSigner(pki.path(), at(now), random);
    publish(pki.path(), folder.path(), at(now));
    CHECK_FALSE(fs::exists(folder.path() / "document-signers/next-document-signer.cer"));
}

TEST_CASE("What others would not take is not published") {
    const PkiFixture pki;
    const PkiFixture others({}, noon(2026, 11, 23));
    const TemporaryDirectory folder;
    CHECK_THROWS_WITH_AS(publish(pki.path(), folder.path(), at(noon(2027, 2, 21))),
                         doctest::Contains("overdue"), BadConfiguration);
    SystemRandom random;
    const TemporaryDirectory stranger; // with other keys
    createPki(stranger.path(), {}, at(noon(2026, 11, 22)), random);
    fs::copy_file(PkiFiles(stranger.path()).documentSignerCertificate,
                  pki.path() / "document-signer-007.pem");
    CHECK_THROWS_WITH_AS(publish(pki.path(), folder.path(), at(now)),
                         doctest::Contains("document-signer-007"), BadConfiguration);
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("The record of a ceremony says who, what and when, and what was checked") {
    const PkiFixture pki;
    const auto record =
        recordCeremony(pki.path(), {"First key of the CSCA", {"A, head of ceremony", "B, auditor"}}, at(now));
    CHECK(record.holds);
    for (const char* said :
         {"First key of the CSCA", "2026-12-01T12:00:00Z", "A, head of ceremony", "B, auditor",
          "CERTIFICATE csca.pem", "CERTIFICATE document-signer.pem", "in the file csca.key", "secp384r1",
          "\"crlPeriod\": \"P90D\"", "All checks have passed."}) {
        CHECK_MESSAGE(record.text.find(said) != std::string::npos, said);
    }
    const auto sha256 = toHex(certificateIn(pki.files().cscaCertificate).sha256());
    CHECK(record.text.find(sha256.substr(0, 4) + " " + sha256.substr(4, 4) + " " + sha256.substr(8, 4)) !=
          std::string::npos);

    const auto failed = [&](auto spoil) {
        const PkiFixture spoilt;
        spoil(spoilt.files());
        const auto bad = recordCeremony(spoilt.path(), {"", {}}, at(now));
        return !bad.holds && bad.text.find("FAILED") != std::string::npos &&
               bad.text.find("SOMETHING IS WRONG") != std::string::npos;
    };
    SystemRandom random;
    const TemporaryDirectory other;
    createPki(other.path(), {}, at(noon(2026, 11, 22)), random);
    const PkiFiles foreign(other.path());
    const auto replace = fs::copy_options::overwrite_existing;
    CHECK(failed([&](const PkiFiles& files) { fs::copy_file(foreign.cscaKey, files.cscaKey, replace); }));
    CHECK(failed([&](const PkiFiles& files) { fs::copy_file(foreign.crl, files.crl, replace); }));
    CHECK(failed([&](const PkiFiles& files) {
        fs::copy_file(foreign.documentSignerCertificate, files.documentSignerCertificate, replace);
    }));
    CHECK(failed([&](const PkiFiles& files) {
        auto log = readFile(auditLogOf(files.directory), maximumSize);
        log[log.size() - 5] ^= 0x01;
        writeFile(auditLogOf(files.directory), log);
    }));
}
