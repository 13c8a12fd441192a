// SPDX-License-Identifier: Apache-2.0
// Private keys in encrypted files, ours opened by the openssl program and its own by us.
#include "personalization/pki/key_store.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "host/crypto/signature_scheme.hpp"
#include "host/lds/document_security_object.hpp"
#include "personalization/pki/document_signer_rotation.hpp"
#include "personalization/pki/published_lists.hpp"
#include "personalization/pki/renewal.hpp"
#include "personalization/pki/verifying_pki.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"
#include "tests/unit/personalization/pki/openssl_program.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::at;
using test::noon;
using test::TemporaryDirectory;

namespace {

constexpr std::string_view passphrase = "correct horse battery staple";

SecretBytes secret(std::string_view text) {
    return SecretBytes(viewOf(text));
}

EvpKey someKey() {
    SystemRandom random;
    return EllipticCurveKeyPair::generate(EllipticCurve::named("brainpoolP256r1"), random).toEvpKey();
}

// Whether a signature of the one is the other's.
bool signsAs(EVP_PKEY& signer, EVP_PKEY& verifier) {
    const SignatureScheme scheme{SignatureScheme::Kind::EcdsaPlain, HashAlgorithm::Sha256};
    return verify(scheme, verifier, Bytes{1, 2, 3}, sign(scheme, signer, Bytes{1, 2, 3}));
}

bool isEncrypted(const std::filesystem::path& file) {
    return toText(readFile(file, test::maximumSize)).starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----");
}

} // namespace

TEST_CASE("A key is read again with its passphrase, and by nobody else") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "some.key";
    const EvpKey key = someKey();
    const KeyStore store(secret(passphrase));
    store.write(file, *key);
    CHECK(isEncrypted(file));
    CHECK(std::filesystem::status(file).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(EVP_PKEY_eq(store.read(file).get(), key.get()) == 1);
    const KeyStore again(secret(passphrase));
    CHECK(EVP_PKEY_eq(again.read(file).get(), key.get()) == 1);
    CHECK_THROWS_WITH_AS(static_cast<void>(KeyStore().read(file)), doctest::Contains("is encrypted"),
                         BadConfiguration);
    CHECK_THROWS_WITH_AS(static_cast<void>(KeyStore(secret("correct horse battery stable")).read(file)),
                         doctest::Contains("does not open"), BadConfiguration);

    SUBCASE("no changed file gives another key") {
        const Bytes whole = readFile(file, test::maximumSize);
        for (std::size_t index = whole.size() / 2; index < whole.size(); index += 9) {
            Bytes changed = whole;
            changed[index] ^= 0x01;
            writeFile(file, changed);
            EvpKey opened;
            try {
                opened = KeyStore(secret(passphrase)).read(file);
            } catch (const BadConfiguration& refusal) {
                CHECK(std::string(refusal.what()).find(passphrase) == std::string::npos);
                continue;
            }
            CHECK(signsAs(*opened, *key)); // the byte stands outside the key
        }
    }
    SUBCASE("another key in the file takes the place of the one that was opened") {
        const EvpKey other = someKey();
        KeyStore(secret(passphrase)).write(file, *other);
        CHECK(EVP_PKEY_eq(store.read(file).get(), other.get()) == 1);
    }
}

TEST_CASE("What is no key, and a passphrase that protects nothing, is named") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "some.key";
    for (const KeyStore* store : {&KeyStore::unencrypted()}) {
        CHECK_THROWS_WITH_AS(static_cast<void>(store->read(file)), doctest::Contains("some.key"),
                             BadConfiguration);
        for (const char* content : {"", "no key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n"}) {
            writeFile(file, viewOf(content));
            CHECK_THROWS_WITH_AS(static_cast<void>(store->read(file)), doctest::Contains("some.key"),
                                 BadConfiguration);
        }
    }
    for (const auto size : {std::size_t{0}, KeyStore::longestPassphrase + 1}) {
        CHECK_THROWS_AS(KeyStore(SecretBytes(size)), BadConfiguration);
    }
    const KeyStore tooShort(SecretBytes(Bytes(KeyStore::shortestPassphrase - 1, 'x')));
    CHECK_THROWS_WITH_AS(tooShort.write(directory.path() / "other.key", *someKey()),
                         doctest::Contains("12 bytes at least"), BadConfiguration);
    CHECK_FALSE(std::filesystem::exists(directory.path() / "other.key"));
    const KeyStore longest(SecretBytes(Bytes(KeyStore::longestPassphrase, 'x')));
    longest.write(file, *someKey());
    const KeyStore again(SecretBytes(Bytes(KeyStore::longestPassphrase, 'x')));
    CHECK_NOTHROW(static_cast<void>(again.read(file)));
}

TEST_CASE("openssl opens what we encrypt, and we open what it encrypts") {
    const TemporaryDirectory directory;
    const auto path = [&](const char* name) { return (directory.path() / name).string(); };
    writeFile(path("passphrase"), viewOf(passphrase));
    const KeyStore store(secret(passphrase));
    const EvpKey key = someKey();
    store.write(path("ours.key"), *key);
    CHECK(test::openssl("pkey -in " + path("ours.key") + " -passin file:" + path("passphrase") + " -out " +
                        path("plain.key")));
    CHECK(EVP_PKEY_eq(KeyStore().read(path("plain.key")).get(), key.get()) == 1);
    CHECK_FALSE(test::openssl("pkey -in " + path("ours.key") + " -passin pass:another"));
    for (const char* how : {"-scrypt", "-v2 aes-256-cbc -v2prf hmacWithSHA512", "-v2 aes-128-cbc"}) {
        CAPTURE(how);
        REQUIRE(test::openssl("pkcs8 -topk8 -in " + path("plain.key") + " " + how +
                              " -passout file:" + path("passphrase") + " -out " + path("theirs.key")));
        CHECK(EVP_PKEY_eq(store.read(path("theirs.key")).get(), key.get()) == 1);
    }
}

TEST_CASE("A whole PKI lives with encrypted keys") {
    const TemporaryDirectory directory;
    const auto& path = directory.path();
    const auto now = at(noon(2026, 11, 22));
    SystemRandom random;
    const KeyStore keys(secret(passphrase));
    createPki(path, {}, now, random, keys);
    CHECK(renewDocumentSigner(path, {}, now, random, keys) == 2);
    CHECK(renewCountrySigningAuthority(path, {}, std::nullopt, now, random, keys).documentSigner == 3);
    CHECK(renewCrl(path, {}, now, keys).number == 3);
    CHECK(publishMasterList(path, {}, now, random, keys) == 3);
    CHECK_THROWS_WITH_AS(renewCountryVerifyingAuthority(path, {}, now, random),
                         doctest::Contains("must be so too"), BadConfiguration);
    renewCountryVerifyingAuthority(path, {}, now, random, keys);
    renewCountryVerifyingAuthority(path, {}, now, random, keys);
    renewDocumentVerifier(path, {}, now, random, keys);
    makeTerminal(path, path / "terminal", "VNIS00001", {}, now, random, keys);

    unsigned count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        if (entry.path().extension() == ".key") {
            CHECK_MESSAGE(isEncrypted(entry.path()), entry.path().string());
            ++count;
        }
    }
    CHECK(count == 5);

    lds::DocumentSecurityObject object;
    object.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    DocumentSignerLimits limits;
    limits.signatures = 2;
    const DocumentSignerRotation rotation(path, limits, now, random, keys);
    for (int signature = 0; signature < 5; ++signature) {
        CHECK_FALSE(rotation.sign(object).empty());
    }
    CHECK(isEncrypted(PkiFiles(path).documentSignerKey));
    CHECK_THROWS_AS(DocumentSignerRotation(path, limits, now, random), BadConfiguration);
}
