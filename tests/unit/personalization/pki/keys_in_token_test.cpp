// SPDX-License-Identifier: Apache-2.0
// A PKI whose keys are made in SoftHSM2, a token that nobody here wrote, and stay there.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

#include <p11-kit/p11-kit.h>

#include "host/base/error.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/trust/pkcs11_token.hpp"
#include "personalization/pki/document_signer_rotation.hpp"
#include "personalization/pki/key_ledger.hpp"
#include "personalization/pki/published_lists.hpp"
#include "personalization/pki/renewal.hpp"
#include "personalization/pki/verifying_pki.hpp"
#include "tests/unit/host/trust/soft_token.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"
#include "tests/unit/personalization/pki/openssl_program.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::at;
using test::noon;
using test::SoftToken;
using test::TemporaryDirectory;
using trust::Pkcs11Token;
using trust::TokenUnavailable;

namespace {

const auto now = at(noon(2026, 11, 22));

SecretBytes pin(const std::string& text = SoftToken::pin) {
    return SecretBytes(viewOf(text));
}

lds::DocumentSecurityObject object() {
    lds::DocumentSecurityObject made;
    made.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    return made;
}

// Ends every session and login of this program with the token, as pulling it does.
void pull() {
    CK_FUNCTION_LIST* const module = p11_kit_module_load(CANCUOC_SOFTHSM_MODULE, 0);
    REQUIRE(module != nullptr);
    REQUIRE(p11_kit_module_initialize(module) == CKR_OK);
    CK_SLOT_ID slots[8];
    CK_ULONG count = 8;
    REQUIRE(module->C_GetSlotList(CK_TRUE, slots, &count) == CKR_OK);
    for (CK_ULONG index = 0; index < count; ++index) {
        module->C_CloseAllSessions(slots[index]);
    }
    p11_kit_module_finalize(module);
    p11_kit_module_release(module);
}

bool isInToken(const std::filesystem::path& file) {
    return toText(readFile(file, test::maximumSize)).starts_with("pkcs11:");
}

} // namespace

TEST_CASE("A PKI is made in a token, renewed there, and signs") {
    const SoftToken token;
    for (const bool namedCurves : {false, true}) {
        const TemporaryDirectory directory;
        const PkiFiles files(directory.path());
        SystemRandom random;
        const KeyStore keys(pin());
        createPki(directory.path(), {.namedCurves = namedCurves, .token = SoftToken::uri()}, now, random,
                  keys);
        for (const auto& file : {files.cscaKey, files.documentSignerKey}) {
            CHECK(isInToken(file));
            CHECK(toText(readFile(file, test::maximumSize)).find("1234") == std::string::npos);
        }
        for (const auto& file : {files.cscaCertificate, files.documentSignerCertificate}) {
            CHECK(test::certificateIn(file).defects(now()).size() == (namedCurves ? 1U : 0U));
        }
        const auto formerSigner = KeyStore::tokenOf(files.documentSignerKey);
        CHECK(renewDocumentSigner(directory.path(), {}, now, random, keys) == 2);
        CHECK_THROWS_AS(keys.destroy(formerSigner), TokenUnavailable); // it is destroyed already
        const auto formerCsca = KeyStore::tokenOf(files.cscaKey);
        CHECK(renewCountrySigningAuthority(directory.path(), {}, std::nullopt, now, random, keys).csca == 2);
        CHECK_THROWS_AS(keys.destroy(formerCsca), TokenUnavailable);
        CHECK(renewCrl(directory.path(), {files.formerDocumentSigner(1)}, now, keys).entries == 1);
        CHECK(publishMasterList(directory.path(), {}, now, random, keys) == 3);
        CHECK(isInToken(files.masterListSignerKey));
        CHECK_FALSE(DocumentSigner::load(directory.path(), now, keys).sign(object()).empty());
        if (namedCurves) { // openssl refuses explicit parameters in chains
            CHECK(test::openssl("verify -attime " + std::to_string(now().time_since_epoch().count()) +
                                " -CAfile " + files.cscaCertificate.string() + " " +
                                files.documentSignerCertificate.string()));
        }
        // Another program of this host, later.
        const KeyStore again(pin());
        CHECK_FALSE(DocumentSigner::load(directory.path(), now, again).sign(object()).empty());
    }
}

TEST_CASE("What the token refuses has a name, and the PIN is not repeated") {
    const SoftToken token;
    const TemporaryDirectory directory;
    SystemRandom random;
    {
        const KeyStore keys(pin());
        createPki(directory.path(), {.token = SoftToken::uri()}, now, random, keys);
    }
    const auto load = [&](const KeyStore& keys) {
        static_cast<void>(DocumentSigner::load(directory.path(), now, keys));
    };
    CHECK_THROWS_WITH_AS(load(KeyStore()), doctest::Contains("is in a token"), BadConfiguration);
    try {
        load(KeyStore(pin("987654")));
        FAIL("a wrong PIN was accepted");
    } catch (const trust::WrongTokenPin& refusal) {
        CHECK(std::string(refusal.what()).find("987654") == std::string::npos);
    }
    CHECK_THROWS_AS(createPki(directory.path() / "other",
                              {.token = "pkcs11:token=other?module-path=" CANCUOC_SOFTHSM_MODULE}, now,
                              random, KeyStore(pin())),
                    TokenUnavailable);
    CHECK_THROWS_AS(
        createPki(directory.path() / "other", {.token = "pkcs11:token=other"}, now, random, KeyStore(pin())),
        BadConfiguration);
    CHECK_FALSE(std::filesystem::exists(PkiFiles(directory.path() / "other").cscaCertificate));
    const KeyStore keys(pin());
    keys.destroy(KeyStore::tokenOf(PkiFiles(directory.path()).documentSignerKey));
    CHECK_THROWS_WITH_AS(load(keys), doctest::Contains("not in the token"), TokenUnavailable);
}

TEST_CASE("Threads sign through the token over one login, and go on after it was pulled") {
    const SoftToken token;
    const TemporaryDirectory directory;
    SystemRandom random;
    const KeyStore keys(pin());
    createPki(directory.path(), {.token = SoftToken::uri()}, now, random, keys);
    const auto signer = DocumentSigner::load(directory.path(), now, keys);
    std::atomic<unsigned> signatures = 0;
    std::atomic<unsigned> failures = 0;
    std::atomic<bool> done = false;
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([&] {
            while (!done) {
                try {
                    static_cast<void>(signer.sign(object()));
                    ++signatures;
                } catch (const TokenUnavailable&) {
                    ++failures; // pulled again while it was logged in again
                }
            }
        });
    }
    const auto signedMore = [&](unsigned more) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        const unsigned before = signatures;
        while (signatures < before + more && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return signatures >= before + more;
    };
    for (int times = 0; times < 5; ++times) {
        CHECK(signedMore(20));
        pull();
    }
    CHECK(signedMore(20));
    done = true;
    for (auto& thread : threads) {
        thread.join();
    }
    MESSAGE(signatures.load() << " signatures, " << failures.load()
                              << " refused while the token was pulled 5 times");
    pull();
    CHECK_FALSE(signer.sign(object()).empty());

    pull();
    token.takeAway();
    CHECK_THROWS_AS(static_cast<void>(signer.sign(object())), TokenUnavailable);
    token.putBack();
    CHECK_FALSE(signer.sign(object()).empty());
}

TEST_CASE("A document signer in the token is used up, and the next one is made there") {
    const SoftToken token;
    const TemporaryDirectory directory;
    SystemRandom random;
    const KeyStore keys(pin());
    createPki(directory.path(), {.token = SoftToken::uri()}, now, random, keys);
    const auto first = KeyStore::tokenOf(PkiFiles(directory.path()).documentSignerKey);
    DocumentSignerLimits limits;
    limits.signatures = 3;
    {
        const DocumentSignerRotation rotation(directory.path(), limits, now, random, keys);
        for (int signature = 0; signature < 7; ++signature) {
            CHECK_FALSE(rotation.sign(object()).empty());
        }
    }
    CHECK(test::certificateIn(PkiFiles(directory.path()).documentSignerCertificate)
              .subject()
              .find("serialNumber=003") != std::string::npos);
    CHECK_THROWS_AS(keys.destroy(first), TokenUnavailable);
}

TEST_CASE("Whoever is killed between making a key in the token and its certificate leaves none behind") {
    const SoftToken token;
    const TemporaryDirectory directory;
    SystemRandom random;
    const KeyStore keys(pin());
    createPki(directory.path(), {.token = SoftToken::uri()}, now, random, keys);
    const auto left = [&] {
        KeyLedger ledger(directory.path(), now, random, keys);
        std::string place;
        const auto announce = [&](const std::string& uri) {
            ledger.announce(uri);
            place = uri;
        };
        static_cast<void>(keys.generate(KeyKind::named("P-256"), CurveEncoding::Named, SoftToken::uri(),
                                        "left", random, announce));
        return place;
    }();
    const Pkcs11Token direct(SoftToken::uri(), pin());
    CHECK_NOTHROW(static_cast<void>(direct.find(left)));
    CHECK(renewDocumentSigner(directory.path(), {}, now, random, keys) == 2);
    CHECK_THROWS_AS(static_cast<void>(direct.find(left)), trust::KeyNotInToken);
    CHECK_FALSE(DocumentSigner::load(directory.path(), now, keys).sign(object()).empty());
    CHECK_FALSE(std::filesystem::exists(directory.path() / "keys-pending"));
}

TEST_CASE("A country verifying CA and its document verifier have their keys in the token") {
    const SoftToken token;
    const TemporaryDirectory directory;
    const VerifyingPkiFiles files(directory.path());
    SystemRandom random;
    const KeyStore keys(pin());
    renewCountryVerifyingAuthority(directory.path(), {.token = SoftToken::uri()}, now, random, keys);
    CHECK(isInToken(files.cvcaKey));
    const auto former = KeyStore::tokenOf(files.cvcaKey);
    CHECK(renewCountryVerifyingAuthority(directory.path(), {}, now, random, keys) == "VNCVCA00002");
    CHECK_THROWS_AS(keys.destroy(former), trust::KeyNotInToken);
    renewDocumentVerifier(directory.path(), {}, now, random, keys);
    CHECK(isInToken(files.documentVerifierKey));
    const auto authority = readCvCertificate(files.cvcaCertificate);
    CHECK(authority.isSignedBy(authority.body().publicKey, std::nullopt));
    CHECK(readCvCertificate(files.cvcaLink(2))
              .isSignedBy(readCvCertificate(files.formerCvca(1)).body().publicKey, std::nullopt));
    CHECK(readCvCertificate(files.documentVerifierCertificate)
              .isSignedBy(authority.body().publicKey, authority.body().publicKey.curve()));
    makeTerminal(directory.path(), directory.path() / "terminal", "VNIS00001", {}, now, random, keys);
    CHECK_FALSE(isInToken(directory.path() / "terminal" / "terminal.key"));
    CHECK_THROWS_AS(
        renewCountryVerifyingAuthority(directory.path(), {.keyKind = "RSA-3072"}, now, random, keys),
        BadConfiguration);
}
