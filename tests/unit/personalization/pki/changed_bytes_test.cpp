// SPDX-License-Identifier: Apache-2.0
// Every byte counts: an EF.SOD, a certificate, a CRL and a CV certificate with a bit of any one of them
// flipped are refused, or what is believed of them is the same as before.
#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/certificate_chain.hpp"
#include "host/trust/certificate_revocation_list.hpp"
#include "host/trust/cv_certificate.hpp"
#include "host/trust/passive_authentication.hpp"
#include "personalization/pki/document_signer.hpp"
#include "tests/unit/host/trust/test_cv_pki.hpp"
#include "tests/unit/personalization/pki/pki_fixture.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::noon;
using test::PkiFixture;
using trust::CheckResult;

namespace {

const auto issueDay = noon(2026, 11, 23);

struct Issuer {
    PkiFixture pki;
    DocumentSigner signer = DocumentSigner::load(pki.path(), [] { return issueDay; });
    trust::TrustStore store = trust::TrustStore::inMemory();

    Issuer() { store.addCertificate(signer.cscaCertificate()); }
};

/// How many of the files with one byte changed are accepted; `accepts` looks at what is believed of them, and
/// may refuse them with MalformedData.
template <class Accepts>
std::size_t countAccepted(const Bytes& file, Accepts accepts) {
    REQUIRE(accepts(file));
    std::size_t accepted = 0;
    Bytes flipped = file;
    for (std::size_t index = 0; index < file.size(); ++index) {
        flipped[index] ^= 0x01;
        try {
            accepted += accepts(flipped) ? 1 : 0;
        } catch (const MalformedData&) {
            // refused
        }
        flipped[index] = file[index];
    }
    return accepted;
}

} // namespace

TEST_CASE("EF.SOD: what is believed is what was signed, whichever byte is changed") {
    const Issuer issuer;
    lds::DocumentSecurityObject object;
    object.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    const trust::PassiveAuthentication authentication(&issuer.store, issueDay);
    const auto accepted = countAccepted(issuer.signer.sign(object), [&](const Bytes& file) {
        const auto result = authentication.verifySecurityObject(file);
        if (result.signature.result != CheckResult::Passed || result.chain.result != CheckResult::Passed) {
            return false;
        }
        // Not all of a SignerInfo is signed; who signed what is.
        CHECK(lds::SecurityObjectFile::decode(file).documentSecurityObject() == object);
        CHECK(result.documentSigner == issuer.signer.certificate());
        return true;
    });
    CHECK(accepted < 100); // the name and serial number of the signer, and the lengths around them
}

TEST_CASE("A document signer's certificate with any byte changed leads to no CSCA") {
    const Issuer issuer;
    CHECK(countAccepted(issuer.signer.certificate(), [&](const Bytes& file) {
              return trust::verifyChain(trust::Certificate::decode(file), trust::documentSignerRole,
                                        issuer.store, issueDay)
                         .result == CheckResult::Passed;
          }) == 0);
}

TEST_CASE("A CRL with any byte changed is not the CSCA's") {
    const Issuer issuer;
    const auto csca = trust::Certificate::decode(issuer.signer.cscaCertificate());
    CHECK(countAccepted(readFile(issuer.pki.files().crl, 65536), [&](const Bytes& file) {
              const auto crl = trust::CertificateRevocationList::decode(file);
              return X509_CRL_verify(crl.x509(), csca.publicKey().get()) == 1;
          }) == 0);
}

TEST_CASE("A CV certificate with any byte changed is not its authority's") {
    const auto cvca = test::CvKeyPair::ecdsa("UTCVCA00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    const auto holder = test::CvKeyPair::ecdsa("UTDV00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    const auto authority = cvca.selfSigned().body().publicKey;
    CHECK(countAccepted(cvca.issue(holder, 0x83).encoded(), [&](const Bytes& file) {
              return trust::CvCertificate::decode(file).isSignedBy(authority, authority.curve());
          }) == 0);
}
