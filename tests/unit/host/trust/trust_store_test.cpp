// SPDX-License-Identifier: Apache-2.0
#include "host/trust/trust_store.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/crypto/digest.hpp"
#include "tests/unit/host/trust/test_pki.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <openssl/pem.h>

#include <algorithm>

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;

namespace {

const Clock clockAtNow = [] { return test::now; };

Bytes pemOf(const test::Identity& identity) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), identity.certificate.get());
    const char* data = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &data);
    return toBytes(viewOf({data, static_cast<std::size_t>(length)}));
}

bool hasDefect(const Certificate& certificate, const std::string& words) {
    const auto defects = certificate.defects(test::now);
    return std::any_of(defects.begin(), defects.end(), [&words](const CertificateDefect& defect) {
        return defect.text().find(words) != std::string::npos;
    });
}

} // namespace

TEST_CASE("a store keeps what it was given over closing and opening") {
    const test::TemporaryDirectory folder;
    const test::Identity csca = test::makeSelfSigned(test::makeEcKey("P-384"));
    {
        TrustStore store = TrustStore::create(folder.path() / "store", clockAtNow);
        CHECK_FALSE(store.snapshotTime());
        CHECK(store.addCertificate(pemOf(csca)) == Import::Added);
        CHECK(store.addCertificate(csca.der()) == Import::AlreadyThere);
        CHECK(store.addCrl(test::makeCrl(csca, {5})) == Import::Added);
    }
    TrustStore store = TrustStore::open(folder.path() / "store", clockAtNow);
    REQUIRE(store.certificates().size() == 1);
    const Certificate& certificate = store.certificates().front();
    CHECK(certificate.der() == csca.der());
    CHECK(certificate.sha256() == digest(HashAlgorithm::Sha256, csca.der()));
    CHECK(certificate.subject() == "CN=CSCA Test,C=VN");
    CHECK(certificate.issuer() == certificate.subject());
    CHECK(certificate.country() == "VN");
    CHECK(certificate.notAfter() == test::now + test::aYear);
    CHECK(certificate.kind() == CertificateKind::CountrySigningRoot);
    CHECK(certificate.certificationAuthority());
    CHECK(store.authorities(X509_get_subject_name(csca.certificate.get())).size() == 1);
    CHECK(store.crls(X509_get_subject_name(csca.certificate.get())).size() == 1);
    CHECK(store.snapshotTime() == test::now);
    CHECK(store.addCertificate(csca.der()) == Import::AlreadyThere);
    CHECK(TrustStore::create(folder.path() / "store", clockAtNow).certificates().size() == 1);
}

TEST_CASE("certificates are listed by country and name") {
    const test::TemporaryDirectory folder;
    TrustStore store = TrustStore::create(folder.path() / "store", clockAtNow);
    for (const char* country : {"VN", "DE", "NL"}) {
        auto options = test::CertificateOptions{};
        options.country = country;
        store.addCertificate(test::makeSelfSigned(test::makeEcKey("P-256"), options).der());
    }
    std::string countries;
    for (const Certificate& certificate : store.certificates()) {
        countries += certificate.country();
    }
    CHECK(countries == "DENLVN");
}

TEST_CASE("certificates with defects are kept, and the defects told") {
    auto options = test::CertificateOptions{};
    options.country.clear();
    CHECK(hasDefect(Certificate::decode(test::makeSelfSigned(test::makeEcKey("P-256"), options).der()),
                    "subject names no country"));
    options.country = "vn";
    const auto lower = Certificate::decode(test::makeSelfSigned(test::makeEcKey("P-256"), options).der());
    CHECK(hasDefect(lower, "lower case"));
    CHECK(lower.country() == "VN");
    options = {};
    options.keyIdentifiers = false;
    options.keyUsage.clear();
    const auto bare = Certificate::decode(test::makeSelfSigned(test::makeEcKey("P-256"), options).der());
    CHECK(hasDefect(bare, "SubjectKeyIdentifier is missing"));
    CHECK(hasDefect(bare, "KeyUsage is missing"));
    CHECK(hasDefect(Certificate::decode(test::makeSelfSigned(test::makeRsaKey(1024)).der()), "2048"));
    CHECK(hasDefect(Certificate::decode(test::makeSelfSigned(test::makeKeyWithForeignBasePoint()).der()),
                    "key that cannot be used"));
    options = {};
    options.notBefore = test::now;
    options.notAfter = test::now - test::aYear;
    CHECK(hasDefect(Certificate::decode(test::makeSelfSigned(test::makeEcKey("P-256"), options).der()),
                    "ends before"));
}

TEST_CASE("a CSCA whose basicConstraints deny it, as some States issue, is kept as one with that defect") {
    auto options = test::CertificateOptions{};
    options.basicConstraints = "critical,CA:FALSE";
    const auto denying = Certificate::decode(test::makeSelfSigned(test::makeEcKey("P-256"), options).der());
    CHECK(denying.certificationAuthority());
    CHECK(hasDefect(denying, "BasicConstraints does not say"));
    options.keyUsage = "critical,digitalSignature";
    CHECK_FALSE(Certificate::decode(test::makeSelfSigned(test::makeEcKey("P-256"), options).der())
                    .certificationAuthority());
    options.keyUsage.clear();
    CHECK_FALSE(Certificate::decode(test::makeSelfSigned(test::makeEcKey("P-256"), options).der())
                    .certificationAuthority());
}

TEST_CASE("what is no certificate and no CRL is refused") {
    const test::TemporaryDirectory folder;
    TrustStore store = TrustStore::create(folder.path() / "store", clockAtNow);
    const Bytes csca = test::makeSelfSigned(test::makeEcKey("P-256")).der();
    CHECK_THROWS_AS(store.addCertificate({}), MalformedData);
    CHECK_THROWS_AS(store.addCertificate(concat(csca, Bytes{0})), MalformedData);
    CHECK_THROWS_AS(store.addCertificate(BytesView(csca).first(csca.size() - 1)), MalformedData);
    CHECK_THROWS_AS(store.addCertificate(viewOf("-----BEGIN NOTHING-----\nAAAA\n-----END NOTHING-----\n")),
                    MalformedData);
    CHECK_THROWS_AS(store.addCertificate(Bytes(Certificate::maximumLength + 1)), MalformedData);
    CHECK_THROWS_AS(store.addCrl(csca), MalformedData);
    CHECK(store.certificates().empty());
    CHECK_FALSE(store.snapshotTime());
}

TEST_CASE("folders that are no store are left alone") {
    const test::TemporaryDirectory folder;
    CHECK_THROWS_AS((void)TrustStore::open(folder.path() / "absent", clockAtNow), BadConfiguration);
    writeFile(folder.path() / "letter.txt", viewOf("dear"));
    CHECK_THROWS_AS((void)TrustStore::create(folder.path(), clockAtNow), BadConfiguration);
    CHECK_THROWS_AS((void)TrustStore::create(folder.path() / "letter.txt" / "store", clockAtNow), Error);
}

TEST_CASE("a broken file in the store is named") {
    const test::TemporaryDirectory folder;
    const auto directory = folder.path() / "store";
    (void)TrustStore::create(directory, clockAtNow);
    writeFile(directory / "certificates" / "0000.cer", viewOf("no certificate"));
    try {
        (void)TrustStore::open(directory, clockAtNow);
        FAIL("opened");
    } catch (const BadConfiguration& error) {
        CHECK(std::string(error.what()).find("0000.cer") != std::string::npos);
    }
    std::filesystem::remove(directory / "certificates" / "0000.cer");
    for (const char* index : {"", "{}", "[1]", "{\"format\":\"cancuoc trust store\",\"version\":2}"}) {
        writeFile(directory / "store.json", viewOf(index));
        CHECK_THROWS_AS((void)TrustStore::open(directory, clockAtNow), BadConfiguration);
    }
}
