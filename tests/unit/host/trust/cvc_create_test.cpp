// SPDX-License-Identifier: Apache-2.0
// Certificates of OpenPACE's cvc-create, a program that nobody here wrote, read and verified by ours.
#include "host/base/file.hpp"
#include "host/trust/terminal_keys.hpp"
#include "tests/unit/host/trust/test_cv_pki.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace cancuoc;
using namespace cancuoc::trust;
using namespace std::chrono;
using test::TemporaryDirectory;

namespace {

// In `directory`, which takes the files that it writes.
void cvcCreate(const TemporaryDirectory& directory, const std::string& arguments) {
    const std::string command = "cd " + directory.path().string() + " && " + CANCUOC_CVC_CREATE +
                                " --type=is --read-finger --read-iris --issued=260101 --expires=301231 " +
                                arguments + " > /dev/null 2>&1";
    REQUIRE(std::system(command.c_str()) == 0);
}

void writeKey(const TemporaryDirectory& directory, const EvpKey& key) {
    Bytes der(static_cast<std::size_t>(i2d_PrivateKey(key.get(), nullptr)));
    std::uint8_t* output = der.data();
    i2d_PrivateKey(key.get(), &output);
    writeFile(directory.path() / "cvca.pkcs8", der);
}

void checkChain(const EvpKey& cvcaKey, const std::string& scheme, const SignatureScheme& expected) {
    CAPTURE(scheme);
    const TemporaryDirectory directory;
    writeKey(directory, cvcaKey);
    const std::string with = " --scheme=" + scheme + " ";
    cvcCreate(directory, "--role=cvca --chr=UTCVCA00001 --sign-with=cvca.pkcs8 --key=cvca.pkcs8" + with);
    cvcCreate(directory, "--role=dv_foreign --chr=UTDV00001 --sign-as=UTCVCA00001.cvcert "
                         "--sign-with=cvca.pkcs8" +
                             with);
    cvcCreate(directory, "--role=terminal --chr=UTIS00001 --sign-as=UTDV00001.cvcert "
                         "--sign-with=UTDV00001.pkcs8" +
                             with);

    const auto keys = TerminalKeys::fromDirectory(directory.path());
    const std::string trustPoints[] = {"UTCVCA00001"};
    const auto chain = keys.chainFrom(trustPoints, 2026y / 6 / 1);
    REQUIRE(chain.has_value());
    REQUIRE(chain->certificates.size() == 2);
    const CvCertificateBody& verifier = chain->certificates[0].body();
    CHECK(verifier.holderReference == "UTDV00001");
    CHECK(verifier.authorityReference == "UTCVCA00001");
    CHECK(verifier.authorization.role() == CertificateHolderRole::ForeignDocumentVerifier);
    CHECK(verifier.effectiveDate == 2026y / 1 / 1);
    CHECK(verifier.expirationDate == 2030y / 12 / 31);
    CHECK(chain->terminal().body().publicKey.scheme() == expected);
    CHECK(chain->mayRead(3));
    CHECK(chain->mayRead(4));
    // Written by ours, byte for byte as cvc-create wrote it.
    const auto cvca = CvCertificate::decode(
        readFile(directory.path() / "UTCVCA00001.cvcert", CvCertificate::maximumLength));
    CHECK(cvca.isSignedBy(cvca.body().publicKey, std::nullopt));
    for (const CvCertificate& certificate : {cvca, chain->certificates[0], chain->certificates[1]}) {
        const Bytes body = certificate.body().encode();
        CHECK(equal(certificate.bodyAndSignature().first(body.size()), body));
    }
}

} // namespace

TEST_CASE("Certificates made by cvc-create are read, written the same way and lead to their CVCA") {
    using Kind = SignatureScheme::Kind;
    checkChain(EvpKey(EVP_EC_gen("brainpoolP256r1")), "ECDSA_SHA_256",
               {Kind::EcdsaPlain, HashAlgorithm::Sha256});
    checkChain(EvpKey(EVP_EC_gen("P-384")), "ECDSA_SHA_384", {Kind::EcdsaPlain, HashAlgorithm::Sha384});
    checkChain(EvpKey(EVP_RSA_gen(2048)), "RSA_PSS_SHA_256", {Kind::RsaPss, HashAlgorithm::Sha256});
    checkChain(EvpKey(EVP_RSA_gen(2048)), "RSA_v1_5_SHA_512", {Kind::RsaPkcs1, HashAlgorithm::Sha512});
}
