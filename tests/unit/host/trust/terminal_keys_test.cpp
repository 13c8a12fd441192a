// SPDX-License-Identifier: Apache-2.0
#include "host/trust/terminal_keys.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "tests/unit/host/trust/test_cv_pki.hpp"
#include "tests/unit/temporary_directory.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;
using namespace std::chrono;
using test::CvKeyPair;
using test::TemporaryDirectory;

namespace {

constexpr Date today = 2026y / 6 / 1;

CvKeyPair freshKey(std::string reference) {
    return CvKeyPair::ecdsa(std::move(reference), HashAlgorithm::Sha256, "brainpoolP256r1");
}

std::vector<std::string> references(const std::optional<TerminalCertificateChain>& chain) {
    std::vector<std::string> found;
    for (const auto& certificate : chain.value().certificates) {
        found.push_back(certificate.body().holderReference);
    }
    return found;
}

// Two generations of a CVCA, a document verifier under each, a terminal under each.
struct TwoGenerations {
    CvKeyPair former = freshKey("UTCVCA00001");
    CvKeyPair newer = freshKey("UTCVCA00002");
    CvKeyPair formerVerifier = freshKey("UTDV00001");
    CvKeyPair newerVerifier = freshKey("UTDV00002");
    CvKeyPair terminal = freshKey("UTIS00001");

    [[nodiscard]] TerminalSigner signer() const {
        return [key = terminal](BytesView toBeSigned) { return key.sign(toBeSigned); };
    }
    [[nodiscard]] TerminalKeys keys() const {
        TerminalKeys keys;
        keys.addCertificate(former.selfSigned());
        keys.addCertificate(newer.selfSigned());
        keys.addCertificate(former.issue(newer, 0xC3));
        keys.addCertificate(newer.issue(newerVerifier, 0x83));
        keys.addTerminal(newerVerifier.issue(terminal, 0x03), signer());
        return keys;
    }
};

void write(const std::filesystem::path& file, const CvCertificate& certificate) {
    writeFile(file, certificate.encoded());
}

void write(const std::filesystem::path& file, EVP_PKEY& key) {
    Bytes der(static_cast<std::size_t>(i2d_PrivateKey(&key, nullptr)));
    std::uint8_t* output = der.data();
    i2d_PrivateKey(&key, &output);
    writeFile(file, der);
}

} // namespace

TEST_CASE("The chain starts under the trust point, with a link certificate where the chip is behind") {
    const TwoGenerations pki;
    const auto keys = pki.keys();
    const auto chain = [&](std::vector<std::string> trustPoints) {
        return keys.chainFrom(trustPoints, today);
    };
    CHECK(references(chain({"UTCVCA00002"})) == std::vector<std::string>{"UTDV00002", "UTIS00001"});
    CHECK(references(chain({"UTCVCA00002", "UTCVCA00001"})) ==
          std::vector<std::string>{"UTDV00002", "UTIS00001"});
    CHECK(references(chain({"UTCVCA00001"})) ==
          std::vector<std::string>{"UTCVCA00002", "UTDV00002", "UTIS00001"});
    CHECK(references(chain({"XXCVCA00009", "UTCVCA00001"})) ==
          std::vector<std::string>{"UTCVCA00002", "UTDV00002", "UTIS00001"});
    CHECK_FALSE(chain({"XXCVCA00009"}).has_value());
    CHECK_FALSE(chain({}).has_value());

    const auto found = chain({"UTCVCA00001"});
    CHECK(found->mayRead(3));
    CHECK(found->mayRead(4));
    CHECK_FALSE(found->mayRead(5));
    const Bytes message = toBytes(viewOf("challenge"));
    const EvpKey publicKey =
        found->terminal().body().publicKey.toEvpKey(EllipticCurve::named("brainpoolP256r1"));
    CHECK(verify(pki.terminal.scheme(), *publicKey, message, found->sign(message)));
}

TEST_CASE("A certificate that its authority did not sign is no way") {
    const TwoGenerations pki;
    TerminalKeys keys;
    keys.addCertificate(pki.newer.selfSigned());
    // Says that it is of UTCVCA00002, but another key signed it.
    auto body = pki.newer.bodyFor(pki.newerVerifier, 0x83, false);
    keys.addCertificate(CvCertificate::assemble(body, pki.former.sign(body.encode())));
    keys.addTerminal(pki.newerVerifier.issue(pki.terminal, 0x03), pki.signer());
    const std::string trustPoints[] = {"UTCVCA00002"};
    CHECK_FALSE(keys.chainFrom(trustPoints, today).has_value());
    // The right one beside it is found.
    keys.addCertificate(pki.newer.issue(pki.newerVerifier, 0x83));
    CHECK(keys.chainFrom(trustPoints, today).has_value());
}

TEST_CASE("Rights that one certificate of the chain lacks are not there") {
    const TwoGenerations pki;
    TerminalKeys keys;
    keys.addCertificate(pki.newer.issue(pki.newerVerifier, 0x81));
    keys.addTerminal(pki.newerVerifier.issue(pki.terminal, 0x03), pki.signer());
    const std::string trustPoints[] = {"UTCVCA00002"};
    const auto chain = keys.chainFrom(trustPoints, today);
    REQUIRE(chain.has_value());
    CHECK(chain->mayRead(3));
    CHECK_FALSE(chain->mayRead(4));
    CHECK_THROWS_AS(keys.addTerminal(pki.newer.selfSigned(), pki.signer()), BadConfiguration);
}

TEST_CASE("Of several terminals' certificates a valid one is taken, then the newest") {
    const TwoGenerations pki;
    TerminalKeys keys;
    keys.addCertificate(pki.newer.issue(pki.newerVerifier, 0x83));
    const auto add = [&](const std::string& reference, Date effective, Date expiration) {
        auto body = pki.newerVerifier.bodyFor(pki.terminal, 0x03, false);
        body.holderReference = reference;
        body.effectiveDate = effective;
        body.expirationDate = expiration;
        keys.addTerminal(pki.newerVerifier.issue(body), pki.signer());
    };
    const std::string trustPoints[] = {"UTCVCA00002"};
    const auto chosen = [&] { return references(keys.chainFrom(trustPoints, today)).back(); };
    add("UTIS0EXPIRED", 2026y / 3 / 1, 2026y / 5 / 31);
    CHECK(chosen() == "UTIS0EXPIRED");
    add("UTIS00OLDER", 2026y / 4 / 1, 2026y / 6 / 30);
    add("UTIS00NEWER", 2026y / 5 / 1, 2026y / 6 / 30);
    add("UTIS0FUTURE", 2026y / 7 / 1, 2026y / 9 / 30);
    CHECK(chosen() == "UTIS00NEWER");
}

TEST_CASE("A circle of certificates ends") {
    const TwoGenerations pki;
    TerminalKeys keys;
    keys.addCertificate(pki.newer.issue(pki.former, 0xC3));
    keys.addCertificate(pki.former.issue(pki.newer, 0xC3));
    keys.addTerminal(pki.newer.issue(pki.terminal, 0x03), pki.signer());
    const std::string trustPoints[] = {"UTCVCA00009"};
    CHECK_FALSE(keys.chainFrom(trustPoints, today).has_value());
}

TEST_CASE("A folder of certificates and private keys is taken whole") {
    const TwoGenerations pki;
    const TemporaryDirectory directory;
    const auto path = directory.path();
    CHECK_THROWS_AS(static_cast<void>(TerminalKeys::fromDirectory(path)), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(TerminalKeys::fromDirectory(path / "missing")), BadConfiguration);
    write(path / "a.cvcert", pki.newer.selfSigned());
    write(path / "b.cvcert", pki.newer.issue(pki.newerVerifier, 0x83));
    write(path / "c.cvcert", pki.newerVerifier.issue(pki.terminal, 0x03));
    write(path / "cvca.pkcs8", pki.newer.key());
    CHECK_THROWS_AS(static_cast<void>(TerminalKeys::fromDirectory(path)), BadConfiguration);
    write(path / "terminal.pkcs8", pki.terminal.key());
    writeFile(path / "readme.txt", viewOf("passed over"));
    const std::string trustPoints[] = {"UTCVCA00002"};
    const auto chain = TerminalKeys::fromDirectory(path).chainFrom(trustPoints, today);
    CHECK(references(chain) == std::vector<std::string>{"UTDV00002", "UTIS00001"});
    const Bytes message = toBytes(viewOf("challenge"));
    const EvpKey publicKey =
        chain->terminal().body().publicKey.toEvpKey(EllipticCurve::named("brainpoolP256r1"));
    CHECK(verify(pki.terminal.scheme(), *publicKey, message, chain->sign(message)));

    SUBCASE("broken files are named") {
        writeFile(path / "d.cvcert", viewOf("no certificate"));
        CHECK_THROWS_WITH_AS(static_cast<void>(TerminalKeys::fromDirectory(path)),
                             doctest::Contains("d.cvcert"), BadConfiguration);
    }
    SUBCASE("so are keys that cannot be read") {
        writeFile(path / "e.pem", viewOf("no key"));
        CHECK_THROWS_WITH_AS(static_cast<void>(TerminalKeys::fromDirectory(path)), doctest::Contains("e.pem"),
                             BadConfiguration);
    }
}

TEST_CASE("The private keys of the worked examples belong to their certificates") {
    for (const std::string example : {"ecdh", "dh"}) {
        CAPTURE(example);
        const TemporaryDirectory directory;
        for (const std::string file :
             {"cvca.cvcert", "document-verifier.cvcert", "terminal.cvcert", "terminal.pkcs8"}) {
            writeFile(directory.path() / file,
                      test::readTestData("eac-worked-example/" + example + "-" + file));
        }
        const auto keys = TerminalKeys::fromDirectory(directory.path());
        const std::vector<std::string> trustPoints{example == "ecdh" ? "DECVCAAT00001" : "DETESTCVCA00003"};
        CHECK(keys.chainFrom(trustPoints, today).value().certificates.size() == 2);
    }
}
