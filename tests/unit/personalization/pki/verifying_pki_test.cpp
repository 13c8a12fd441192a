// SPDX-License-Identifier: Apache-2.0
// Who may read fingers and irises: CVCA, document verifiers and terminals, judged by the host's reader of
// certificates and by OpenPACE's cvc-print.
#include "personalization/pki/verifying_pki.hpp"

#include <cstdio>

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/trust/terminal_keys.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"
#include "tests/unit/temporary_directory.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using namespace std::chrono;
using test::at;
using test::noon;
using test::TemporaryDirectory;
using trust::CertificateHolderRole;
using trust::CvCertificate;

namespace {

namespace fs = std::filesystem;

constexpr Date firstDay = 2027y / 1 / 31;
const Clock today = at(noon(2027, 1, 31));
const CvLimits fingersAndIrises{{3, 4}, false, std::nullopt};

CvCertificate read(const fs::path& file) {
    return CvCertificate::decode(readFile(file, CvCertificate::maximumLength));
}

// The last line that cvc-print prints of `file`, the certificate or request that `option` says, with the
// certificates in `directory` under their references.
std::string verdictOfCvcPrint(const std::string& option, const fs::path& file, const fs::path& directory) {
    const std::string command = std::string(CANCUOC_CVC_PRINT) + " " + option + file.string() +
                                " --cvc-dir=" + directory.string() + " 2>/dev/null";
    const std::unique_ptr<FILE, int (*)(FILE*)> output(popen(command.c_str(), "r"), pclose);
    std::string text;
    for (int character = std::fgetc(output.get()); character != EOF; character = std::fgetc(output.get())) {
        text += static_cast<char>(character);
    }
    while (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    return text.substr(text.rfind('\n') + 1);
}

// A CVCA, its document verifier and a terminal in `terminal`, all of keys of this kind.
struct VerifyingPki {
    explicit VerifyingPki(const std::string& keyKind) {
        SystemRandom random;
        renewCountryVerifyingAuthority(directory.path(), {.keyKind = keyKind}, today, random);
        renewDocumentVerifier(directory.path(), fingersAndIrises, today, random);
        makeTerminal(directory.path(), terminal, "VNIS00001", {{3}, false, std::nullopt}, today, random);
    }

    [[nodiscard]] VerifyingPkiFiles files() const { return VerifyingPkiFiles(directory.path()); }

    TemporaryDirectory directory;
    fs::path terminal = directory.path() / "terminal";
};

CvRequest requestFor(const std::string& keyKind, const std::string& reference = "DEDV00001") {
    SystemRandom random;
    return CvRequest::make(CvKey::generate(keyKind, random), reference, "VNCVCA00001");
}

} // namespace

TEST_CASE("From the CVCA to a terminal, with every kind of key") {
    for (const char* kind : {"P-256", "P-384", "P-521", "brainpoolP224r1", "brainpoolP256r1",
                             "brainpoolP320r1", "brainpoolP384r1", "brainpoolP512r1", "RSA-2048"}) {
        CAPTURE(kind);
        const VerifyingPki pki(kind);
        const std::string trustPoints[] = {"VNCVCA00001"};
        const auto chain = trust::TerminalKeys::fromDirectory(pki.terminal).chainFrom(trustPoints, firstDay);
        REQUIRE(chain.has_value());
        REQUIRE(chain->certificates.size() == 2);
        CHECK(chain->mayRead(3));
        CHECK_FALSE(chain->mayRead(4)); // the document verifier may, this terminal may not
        const auto& verifier = chain->certificates.front().body();
        CHECK(verifier.authorization.role() == CertificateHolderRole::DomesticDocumentVerifier);
        CHECK(verifier.effectiveDate == firstDay);
        CHECK(verifier.expirationDate == 2027y / 4 / 29);
        CHECK(chain->terminal().body().expirationDate == 2027y / 2 / 27);
        CHECK(read(pki.files().cvcaCertificate).body().expirationDate == 2030y / 1 / 30);
    }
}

TEST_CASE("cvc-print agrees with certificates, links and requests") {
    const VerifyingPki pki("brainpoolP256r1");
    SystemRandom random;
    // cvc-print has no other clock than the machine's.
    CHECK(renewCountryVerifyingAuthority(pki.directory.path(), {}, systemClock(), random) == "VNCVCA00002");
    CHECK(renewDocumentVerifier(pki.directory.path(), fingersAndIrises, systemClock(), random) ==
          "VNDV00002");
    const TemporaryDirectory known;
    fs::copy_file(pki.files().formerCvca(1), known.path() / "VNCVCA00001");
    CHECK(verdictOfCvcPrint("--cvc=", pki.files().cvcaLink(2), known.path()) == "certificate verified");
    CHECK(verdictOfCvcPrint("--cvc=", pki.files().documentVerifierCertificate, known.path()) ==
          "certificate not verified");
    fs::copy_file(pki.files().cvcaCertificate, known.path() / "VNCVCA00002");
    CHECK(verdictOfCvcPrint("--cvc=", pki.files().documentVerifierCertificate, known.path()) ==
          "certificate verified");
    writeFile(known.path() / "request", requestFor("P-256").encoded());
    CHECK(verdictOfCvcPrint("--csr=", known.path() / "request", known.path()).find("request verified") !=
          std::string::npos);
}

TEST_CASE("A terminal reaches a chip that trusts the former CVCA key by the link") {
    const VerifyingPki pki("P-256");
    SystemRandom random;
    renewCountryVerifyingAuthority(pki.directory.path(), {.keyKind = "P-384"}, today, random);
    // The former document verifier still certifies, on the former curve.
    CHECK_NOTHROW(
        makeTerminal(pki.directory.path(), pki.terminal, "VNIS00002", {{3}, false, 7}, today, random));
    renewDocumentVerifier(pki.directory.path(), fingersAndIrises, today, random);
    const auto folder = pki.directory.path() / "next";
    makeTerminal(pki.directory.path(), folder, "VNIS00003", fingersAndIrises, today, random);
    const auto keys = trust::TerminalKeys::fromDirectory(folder);
    for (const std::string& trustPoint : {std::string("VNCVCA00001"), std::string("VNCVCA00002")}) {
        const auto chain = keys.chainFrom({&trustPoint, 1}, firstDay);
        REQUIRE(chain.has_value());
        CHECK(chain->certificates.size() == (trustPoint.back() == '1' ? 3U : 2U));
        CHECK(chain->mayRead(4));
    }
}

TEST_CASE("A request is certified as its authority decides, and what it may not have is refused") {
    const VerifyingPki pki("brainpoolP256r1");
    const auto certify = [&](const CvRequest& request, const CvLimits& limits,
                             CertificateHolderRole role = CertificateHolderRole::ForeignDocumentVerifier,
                             const Clock& clock = today) {
        return certifyRequest(pki.directory.path(), role, request.encoded(), std::nullopt, limits, clock);
    };
    const auto request = requestFor("brainpoolP256r1");
    const auto certificate = certify(request, {{3}, true, 14});
    CHECK(certificate.body().holderReference == "DEDV00001");
    CHECK(certificate.body().authorization.role() == CertificateHolderRole::ForeignDocumentVerifier);
    CHECK(certificate.body().authorization.mayRead(3));
    CHECK_FALSE(certificate.body().authorization.mayRead(4));
    CHECK(certificate.body().expirationDate == 2027y / 2 / 13);
    CHECK_FALSE(certificate.body().publicKey.curve().has_value());
    const auto authority = read(pki.files().cvcaCertificate).body().publicKey;
    CHECK(certificate.isSignedBy(authority, authority.curve()));

    const auto refused = [&](const char* why, const CvRequest& asked, const CvLimits& limits,
                             CertificateHolderRole role = CertificateHolderRole::ForeignDocumentVerifier,
                             const Clock& clock = today) {
        CHECK_THROWS_WITH_AS(static_cast<void>(certify(asked, limits, role, clock)), doctest::Contains(why),
                             BadConfiguration);
    };
    refused("another curve", requestFor("P-256"), {{3}, true, 14});
    refused("another kind of key", requestFor("RSA-2048"), {{3}, true, 14});
    refused("another kind of key", requestFor("P-384"), {{3}, true, 14}); // SHA-384
    refused("89 days at most", request, {{3}, true, 90});
    refused("document verifiers", request, {{3}, true, 14}, CertificateHolderRole::Cvca);
    refused("not valid on that day", request, {{3}, true, 14}, CertificateHolderRole::ForeignDocumentVerifier,
            at(noon(2030, 1, 31)));
    refused("28 days at most", request, {{3}, false, 29}, CertificateHolderRole::Terminal);
    SystemRandom random;
    renewDocumentVerifier(pki.directory.path(), {{3}, false, 20}, today, random);
    refused("no right to DG4", request, {{3, 4}, false, 14}, CertificateHolderRole::Terminal);
    // Never beyond the issuer's.
    CHECK(certify(request, {{3}, false, 28}, CertificateHolderRole::Terminal).body().expirationDate ==
          2027y / 2 / 19);
    CHECK_THROWS_AS(requestFor("P-256", "DE1"), BadConfiguration);
    CHECK_THROWS_WITH_AS(static_cast<void>(renewCountryVerifyingAuthority(
                             pki.directory.path(), {.keyKind = "P-257"}, today, random)),
                         doctest::Contains("kind of key"), BadConfiguration);
    const TemporaryDirectory empty;
    CHECK_THROWS_WITH_AS(static_cast<void>(renewDocumentVerifier(empty.path(), {}, today, random)),
                         doctest::Contains("pki cvca"), BadConfiguration);
}

TEST_CASE("No changed byte of a request is certified, and the present key vouches for the next") {
    SystemRandom random;
    const VerifyingPki pki("P-256");
    const auto present =
        CvKey::load(pki.files().documentVerifierKey,
                    read(pki.files().documentVerifierCertificate).body().publicKey, KeyStore::unencrypted());
    const auto certificate = read(pki.files().documentVerifierCertificate);
    const auto request = requestFor("P-256").signedBy(present, "VNDV00001");
    const auto certify = [&](BytesView encoded) {
        return certifyRequest(pki.directory.path(), CertificateHolderRole::DomesticDocumentVerifier, encoded,
                              certificate, {{3}, false, std::nullopt}, today);
    };
    CHECK(certify(request.encoded()).body().holderReference == "DEDV00001");
    for (std::size_t at = 0; at < request.encoded().size(); ++at) {
        Bytes changed = request.encoded();
        changed[at] ^= static_cast<std::uint8_t>(1U << at % 8);
        CAPTURE(at);
        CHECK_THROWS_AS(static_cast<void>(certify(changed)), Error);
    }
    CHECK_THROWS_AS(static_cast<void>(certify(requestFor("P-256").encoded())), BadConfiguration);
    const auto stranger = requestFor("P-256").signedBy(CvKey::generate("P-256", random), "VNDV00001");
    CHECK_THROWS_WITH_AS(static_cast<void>(certify(stranger.encoded())), doctest::Contains("present key"),
                         BadConfiguration);
}

TEST_CASE("References are counted on to the last") {
    CHECK(nextReference("VNCVCA00009") == "VNCVCA00010");
    CHECK(nextReference("VNCVCA99998") == "VNCVCA99999");
    CHECK_THROWS_AS(static_cast<void>(nextReference("VNCVCA99999")), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(nextReference("VNCVCA000A1")), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(nextReference("1234")), BadConfiguration);
}
