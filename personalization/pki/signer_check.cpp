// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/signer_check.hpp"

#include "host/base/error.hpp"
#include "personalization/pki/issued_by.hpp"
#include "personalization/pki/pem_file.hpp"

namespace cancuoc::personalization {

namespace {

void refuseUnless(bool condition, const std::filesystem::path& file, const std::string& defect) {
    if (!condition) {
        throw BadConfiguration("\"" + file.string() + "\" " + defect);
    }
}

void checkRevocation(const PkiFiles& files, X509& csca, X509& certificate) {
    const X509CrlPtr crl = readCrl(files.crl);
    refuseUnless(X509_CRL_verify(crl.get(), X509_get0_pubkey(&csca)) == 1, files.crl,
                 "is not signed by the CSCA beside it.");
    X509_REVOKED* entry = nullptr;
    refuseUnless(X509_CRL_get0_by_cert(crl.get(), &entry, &certificate) == 0, files.crl,
                 "revokes the signer; it must not sign any more.");
}

} // namespace

void checkSigner(const PkiFiles& files, X509& csca, const SignerName& name, X509& certificate,
                 const EVP_PKEY& key) {
    refuseUnless(isIssuedBy(csca, csca), files.cscaCertificate, "is not signed by its own key.");
    refuseUnless(isIssuedBy(certificate, csca), files.certificateOf(name),
                 "is not signed by the CSCA beside it.");
    refuseUnless(X509_check_private_key(&certificate, &key) == 1, files.keyOf(name),
                 "does not belong to the signer's certificate beside it.");
    checkRevocation(files, csca, certificate);
}

} // namespace cancuoc::personalization
