// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/pki/pem_file.hpp"
#include "tests/unit/personalization/pki/openssl_program.hpp"
#include "tests/unit/personalization/pki/pki_fixture.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::noon;
using cancuoc::test::openssl;
using cancuoc::test::PkiFixture;
using cancuoc::test::RepeatableRandom;
using cancuoc::test::TemporaryDirectory;

namespace fs = std::filesystem;

TEST_CASE("openssl verifies the chain and the CRL of a PKI with named curves") {
    PkiOptions options;
    options.namedCurves = true;
    const PkiFixture pki(options);
    const std::string directory = pki.path().string();
    // One day into the document signer's life.
    const std::string time = std::to_string(noon(2026, 11, 23).time_since_epoch().count());
    CHECK(openssl("verify -attime " + time + " -x509_strict -check_ss_sig -CAfile " + directory +
                  "/csca.pem " + directory + "/document-signer.pem"));
    CHECK(
        openssl("crl -inform DER -in " + directory + "/csca.crl -CAfile " + directory + "/csca.pem -noout"));
    CHECK_FALSE(openssl("verify -attime " + time + " " + directory + "/document-signer.pem"));
}

TEST_CASE("The signatures of a PKI with explicit parameters verify with its keys") {
    const PkiFixture pki;
    const PkiFiles files = pki.files();
    const X509Ptr csca = readCertificate(files.cscaCertificate);
    const X509Ptr documentSigner = readCertificate(files.documentSignerCertificate);
    EVP_PKEY* anchor = X509_get0_pubkey(csca.get());
    CHECK(X509_verify(csca.get(), anchor) == 1);
    CHECK(X509_verify(documentSigner.get(), anchor) == 1);
    CHECK(X509_CRL_verify(readCrl(files.crl).get(), anchor) == 1);
    CHECK(X509_verify(csca.get(), X509_get0_pubkey(documentSigner.get())) != 1);
    CHECK(X509_check_private_key(csca.get(), KeyStore().read(files.cscaKey).get()) == 1);
    CHECK(X509_check_private_key(documentSigner.get(), KeyStore().read(files.documentSignerKey).get()) == 1);
}

TEST_CASE("Private keys can be read by their owner only, and nothing else is left behind") {
    const PkiFixture pki;
    const PkiFiles files = pki.files();
    for (const fs::path& key : {files.cscaKey, files.documentSignerKey}) {
        CHECK(fs::status(key).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    }
    CHECK(std::distance(fs::directory_iterator(pki.path()), {}) == 7);
}

TEST_CASE("Keys and serial numbers come from the random source that is passed in") {
    const PkiFixture first;
    const PkiFixture second;
    // The signatures differ, for OpenSSL draws their nonces; the keys and what identifies them do not.
    CHECK(readFile(first.files().cscaKey, 10'000) == readFile(second.files().cscaKey, 10'000));
    CHECK(readFile(first.files().documentSignerKey, 10'000) ==
          readFile(second.files().documentSignerKey, 10'000));
    TemporaryDirectory third;
    SystemRandom random;
    createPki(third.path(), {}, systemClock(), random);
    CHECK(readFile(first.files().cscaKey, 10'000) != readFile(PkiFiles(third.path()).cscaKey, 10'000));
}

TEST_CASE("A PKI that is there already stays as it is, even when only a part of it is left") {
    const PkiFixture pki;
    const Bytes before = readFile(pki.files().cscaKey, 10'000);
    RepeatableRandom random;
    CHECK_THROWS_WITH_AS(createPki(pki.path(), {}, systemClock(), random),
                         doctest::Contains("is there already"), BadConfiguration);
    CHECK(readFile(pki.files().cscaKey, 10'000) == before);
    fs::remove(pki.files().cscaCertificate);
    CHECK_THROWS_AS(createPki(pki.path(), {}, systemClock(), random), BadConfiguration);
    CHECK(readFile(pki.files().cscaKey, 10'000) == before);
}

TEST_CASE("Neither other files of the directory nor an interrupted init are in the way, one at work is") {
    const TemporaryDirectory directory;
    RepeatableRandom random;
    writeFile(directory.path() / "notes.txt", viewOf("mine"));
    fs::create_directory(directory.path() / ".pki-work");
    writeFile(directory.path() / ".pki-work" / "csca.key", viewOf("half a key"));
    {
        const PkiWorkshop somebody(directory.path());
        CHECK_THROWS_WITH_AS(createPki(directory.path(), {}, systemClock(), random),
                             doctest::Contains("is at work"), BadConfiguration);
    }
    CHECK_NOTHROW(createPki(directory.path(), {}, systemClock(), random));
    CHECK(fs::exists(directory.path() / "notes.txt"));
}

TEST_CASE("Options and places that cannot serve are refused with a reason") {
    const TemporaryDirectory directory;
    RepeatableRandom random;
    for (const char* type : {"", "id", "IDV", "I<", "I1"}) {
        PkiOptions options;
        options.documentType = type;
        CHECK_THROWS_AS(createPki(directory.path(), options, systemClock(), random), BadConfiguration);
    }
    writeFile(directory.path() / "file", viewOf("in the way"));
    CHECK_THROWS_AS(createPki(directory.path() / "file", {}, systemClock(), random), BadConfiguration);
    CHECK(std::distance(fs::directory_iterator(directory.path()), {}) == 1);
}
