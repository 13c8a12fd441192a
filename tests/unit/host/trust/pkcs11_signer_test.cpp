// SPDX-License-Identifier: Apache-2.0
// The terminal's key in SoftHSM2, a token that nobody here wrote.
#include "host/trust/pkcs11_signer.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "tests/unit/host/trust/soft_token.hpp"
#include "tests/unit/host/trust/test_cv_pki.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;
using namespace std::chrono;
using test::CvKeyPair;
using test::SoftToken;
using Kind = SignatureScheme::Kind;

namespace {} // namespace

TEST_CASE("a key that stays in its token signs for the terminal") {
    const SoftToken token;
    const Bytes message = fromHex("00112233445566778899");
    const CvKeyPair keys[] = {
        CvKeyPair::ecdsa("UTISECDSA0001", HashAlgorithm::Sha256, "P-256"),
        CvKeyPair::ecdsa("UTISECDSA0002", HashAlgorithm::Sha384, "P-384"),
        CvKeyPair::rsa("UTISPKCS10001", Kind::RsaPkcs1, HashAlgorithm::Sha256, 2048),
        CvKeyPair::rsa("UTISPSS000001", Kind::RsaPss, HashAlgorithm::Sha256, 2048),
    };
    std::string id = "00";
    for (const CvKeyPair& key : keys) {
        CAPTURE(key.reference());
        ++id.back();
        token.import(key.key(), key.reference(), id);
        const auto signer = pkcs11Signer(SoftToken::uriOf(key.reference()), key.scheme());
        CHECK(verify(key.scheme(), key.key(), message, signer(message)));
        CHECK(verify(key.scheme(), key.key(), Bytes{0x00}, signer(Bytes{0x00})));
    }

    SUBCASE("what is not there is named, and the PIN is not") {
        const auto scheme = keys[0].scheme();
        CHECK_THROWS_AS(static_cast<void>(pkcs11Signer("no uri", scheme)), BadConfiguration);
        CHECK_THROWS_AS(static_cast<void>(pkcs11Signer("pkcs11:object=UTIS", scheme)), BadConfiguration);
        CHECK_THROWS_WITH_AS(
            static_cast<void>(pkcs11Signer("pkcs11:object=UTIS?module-path=/no/module.so", scheme)),
            doctest::Contains("/no/module.so"), ReaderUnavailable);
        CHECK_THROWS_AS(static_cast<void>(pkcs11Signer(SoftToken::uriOf("UTIS", "1234", "other"), scheme)),
                        ReaderUnavailable);
        CHECK_THROWS_AS(static_cast<void>(pkcs11Signer(SoftToken::uriOf("UTIS"), scheme)), ReaderUnavailable);
        try {
            static_cast<void>(pkcs11Signer(SoftToken::uriOf("UTISECDSA0001", "987654"), scheme));
            FAIL("a wrong PIN was accepted");
        } catch (const ReaderUnavailable& refusal) {
            CHECK(std::string(refusal.what()).find("987654") == std::string::npos);
        }
    }
    SUBCASE("a folder of terminal keys names the token in place of a key file") {
        const auto cvca = CvKeyPair::ecdsa("UTCVCA00001", HashAlgorithm::Sha256, "P-256");
        const test::TemporaryDirectory folder;
        writeFile(folder.path() / "cvca.cvcert", cvca.selfSigned().encoded());
        writeFile(folder.path() / "terminal.cvcert", cvca.issue(keys[0], 0x03).encoded());
        CHECK_THROWS_AS(static_cast<void>(TerminalKeys::fromDirectory(folder.path())), BadConfiguration);
        writeFile(folder.path() / "terminal.pkcs11", viewOf(SoftToken::uriOf("UTISECDSA0001") + "\n"));
        const std::string trustPoints[] = {"UTCVCA00001"};
        const auto chain = TerminalKeys::fromDirectory(folder.path()).chainFrom(trustPoints, 2026y / 6 / 1);
        REQUIRE(chain.has_value());
        CHECK(verify(keys[0].scheme(), keys[0].key(), message, chain->sign(message)));
    }
}
