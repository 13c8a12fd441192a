// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/renewal.hpp"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>
#include <openssl/x509.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_chain.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/published_lists.hpp"
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

namespace {

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

TEST_CASE("The next CSCA key is linked to the former one, and signs all that comes") {
    for (const bool namedCurves : {false, true}) {
        for (const std::optional<std::string>& name : {std::optional<std::string>(), {"CSCA of Viet Nam"}}) {
            const PkiFixture pki({.namedCurves = namedCurves});
            const auto former = certificateIn(pki.files().cscaCertificate);
            SystemRandom random; // another key than the fixture's
            renewCrl(pki.path(), {pki.files().documentSignerCertificate}, at(noon(2029, 1, 1)));
            const auto now = noon(2029, 2, 1);
            const auto renewed = renewCountrySigningAuthority(pki.path(), {}, name, at(now), random);
            CHECK(renewed.csca == 2);
            CHECK(renewed.documentSigner == 2);

            const auto next = certificateIn(pki.files().cscaCertificate);
            const auto link = certificateIn(pki.files().cscaLink(2));
            CHECK(certificateIn(pki.files().formerCsca(1)).der() == former.der());
            CHECK(next.kind() == trust::CertificateKind::CountrySigningRoot);
            CHECK(link.kind() == trust::CertificateKind::CountrySigningLink);
            CHECK((next.subject() == former.subject()) == !name);
            for (const auto* certificate : {&next, &link}) {
                CHECK(certificate->defects(now).size() == (namedCurves ? 1U : 0U)); // that the curve is named
                CHECK((trust::findExtension(*certificate->x509(), trust::nameChangeIdentifier) != nullptr) ==
                      name.has_value());
            }
            CHECK_FALSE(DocumentSigner::load(pki.path(), at(now)).sign(object()).empty());
            const auto crl = readCrl(pki.files().crl);
            CHECK(X509_CRL_verify(crl.get(), X509_get0_pubkey(next.x509())) == 1);
            CHECK(isListed(pki.files().crl, pki.files().formerDocumentSigner(1)) == !name);

            // Who trusts the former key comes to trust the new one by the link, and not without.
            auto store = trust::TrustStore::inMemory();
            store.addCertificate(former.der());
            const auto signer = certificateIn(pki.files().documentSignerCertificate);
            CHECK(trust::verifyChain(signer, trust::documentSignerRole, store, now).result ==
                  trust::CheckResult::Failed);
            store.addCertificate(link.der());
            const auto chain = trust::verifyChain(signer, trust::documentSignerRole, store, now);
            CHECK_MESSAGE(chain.result == trust::CheckResult::Passed, chain.reason);
        }
    }
}

TEST_CASE("openssl verify follows the link to the next document signer") {
    const PkiFixture pki({.namedCurves = true});
    SystemRandom random; // another key than the fixture's
    renewCountrySigningAuthority(pki.path(), {}, std::nullopt, at(noon(2029, 2, 1)), random);
    const auto verifies = [&](const std::filesystem::path& anchor, const std::string& through) {
        return test::openssl("verify -attime " + std::to_string(noon(2029, 2, 2).time_since_epoch().count()) +
                             " -CAfile " + anchor.string() + " " + through + " " +
                             pki.files().documentSignerCertificate.string());
    };
    CHECK(verifies(pki.files().cscaCertificate, ""));
    CHECK(verifies(pki.files().formerCsca(1), "-untrusted " + pki.files().cscaLink(2).string()));
    CHECK_FALSE(verifies(pki.files().formerCsca(1), ""));
}

TEST_CASE("A name that cannot stand in a certificate, and a key whose time is over, change nothing") {
    const PkiFixture pki;
    SystemRandom random; // another key than the fixture's
    const auto before = readFile(pki.files().cscaCertificate, maximumSize);
    const auto renew = [&](const std::string& name, std::chrono::sys_seconds moment) {
        return renewCountrySigningAuthority(pki.path(), {}, name, at(moment), random);
    };
    for (const std::string& name : {std::string(), std::string(65, 'A'), std::string("CSCA*"),
                                    std::string("CSCA Vi\xE1\xBB\x87t Nam")}) {
        CHECK_THROWS_WITH_AS(renew(name, noon(2029, 2, 1)), doctest::Contains("name of a CSCA"),
                             BadConfiguration);
    }
    CHECK_THROWS_WITH_AS(renew("CSCA", noon(2031, 11, 23)), doctest::Contains("usage period"),
                         BadConfiguration);
    CHECK(readFile(pki.files().cscaCertificate, maximumSize) == before);
    CHECK_FALSE(std::filesystem::exists(pki.files().formerCsca(1)));
    CHECK(renew(std::string(64, 'A'), noon(2031, 11, 22)).csca == 2);
    CHECK(renewCountrySigningAuthority(pki.path(), {}, std::nullopt, at(noon(2031, 11, 23)), random).csca ==
          3);
}

TEST_CASE("A process that is killed while it renews leaves the former PKI or the next, whole") {
    const PkiFixture pki;
    const auto now = at(noon(2027, 1, 1));
    // Killed ever later, until there was time for several renewals, however slow the machine is.
    for (useconds_t kill = 0; pki.files().formerCscas() < 8 && kill < 100; ++kill) {
        const pid_t process = fork();
        if (process == 0) {
            SystemRandom random;
            while (true) {
                renewCountrySigningAuthority(pki.path(), {}, std::nullopt, now, random);
            }
        }
        usleep(10'000 + 5'300 * kill);
        ::kill(process, SIGKILL);
        int status = 0;
        waitpid(process, &status, 0);
        CHECK_NOTHROW(static_cast<void>(DocumentSigner::load(pki.path(), now)));
        CHECK(X509_check_private_key(readCertificate(pki.files().cscaCertificate).get(),
                                     KeyStore().read(pki.files().cscaKey).get()) == 1);
    }
    CHECK(pki.files().formerCscas() >= 8);
}

TEST_CASE("A commit that was interrupted is finished by who comes next, and what was unfinished goes away") {
    const PkiFixture pki;
    const auto work = pki.path() / ".pki-work";
    std::filesystem::create_directories(work / "committed");
    std::filesystem::create_directories(work / "made");
    writeFile(work / "committed" / "csca-001.pem", viewOf("the former one"));
    writeFile(work / "made" / "csca.key", viewOf("half a key"));
    const auto key = readFile(pki.files().cscaKey, maximumSize);
    CHECK_NOTHROW(static_cast<void>(DocumentSigner::load(pki.path(), at(noon(2026, 12, 1)))));
    CHECK(toText(readFile(pki.files().formerCsca(1), maximumSize)) == "the former one");
    CHECK(readFile(pki.files().cscaKey, maximumSize) == key);
    CHECK_FALSE(std::filesystem::exists(work));
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
