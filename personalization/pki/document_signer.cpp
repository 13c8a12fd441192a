// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/document_signer.hpp"

#include "host/base/error.hpp"
#include "host/crypto/openssl.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/lds/security_object_file.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "personalization/pki/signed_content.hpp"

#include <string>

namespace cancuoc::personalization {

namespace {

using UsagePeriodPtr = std::unique_ptr<PKEY_USAGE_PERIOD, OpensslFree<PKEY_USAGE_PERIOD_free>>;

// A missing end is open (RFC 3280, 4.2.1.4).
bool within(std::time_t moment, const ASN1_TIME* from, const ASN1_TIME* to) {
    return (from == nullptr || ASN1_TIME_cmp_time_t(from, moment) <= 0) &&
           (to == nullptr || ASN1_TIME_cmp_time_t(to, moment) >= 0);
}

bool isSignedBy(X509& certificate, X509& issuer) {
    return X509_NAME_cmp(X509_get_issuer_name(&certificate), X509_get_subject_name(&issuer)) == 0 &&
           X509_verify(&certificate, X509_get0_pubkey(&issuer)) == 1;
}

void refuseUnless(bool condition, const std::filesystem::path& file, const std::string& defect) {
    if (!condition) {
        throw BadConfiguration("\"" + file.string() + "\" " + defect);
    }
}

// OpenSSL builds no chain with explicit curve parameters, so the two links of this one are verified by hand.
void checkChain(const PkiFiles& files, X509& csca, X509& documentSigner, const EVP_PKEY& key) {
    refuseUnless(isSignedBy(csca, csca), files.cscaCertificate, "is not signed by its own key.");
    refuseUnless(isSignedBy(documentSigner, csca), files.documentSignerCertificate,
                 "is not signed by the CSCA beside it.");
    refuseUnless(X509_check_private_key(&documentSigner, &key) == 1, files.documentSignerKey,
                 "does not belong to the document signer's certificate beside it.");
}

void checkRevocation(const PkiFiles& files, X509& csca, X509& documentSigner) {
    const X509CrlPtr crl = readCrl(files.crl);
    refuseUnless(X509_CRL_verify(crl.get(), X509_get0_pubkey(&csca)) == 1, files.crl,
                 "is not signed by the CSCA beside it.");
    X509_REVOKED* entry = nullptr;
    refuseUnless(X509_CRL_get0_by_cert(crl.get(), &entry, &documentSigner) == 0, files.crl,
                 "revokes the document signer; it must not sign any more.");
}

} // namespace

struct DocumentSigner::Parts {
    X509Ptr csca;
    X509Ptr documentSigner;
    EvpKey key;
    UsagePeriodPtr keyUsage;
    Bytes cscaDer;
    Bytes documentSignerDer;
    Clock clock;

    void checkPeriods(std::chrono::sys_seconds moment) const;
};

// The CSCA's own key usage period limits certificates, not the documents signed under them.
void DocumentSigner::Parts::checkPeriods(std::chrono::sys_seconds moment) const {
    const std::time_t time = moment.time_since_epoch().count();
    if (!within(time, X509_get0_notBefore(csca.get()), X509_get0_notAfter(csca.get()))) {
        throw BadConfiguration(
            "The CSCA certificate is not valid today; make a new PKI with \"cancuoc pki init DIR\".");
    }
    if (!within(time, X509_get0_notBefore(documentSigner.get()), X509_get0_notAfter(documentSigner.get()))) {
        throw BadConfiguration(
            "The document signer's certificate is not valid today; make the next one with \"cancuoc pki "
            "document-signer DIR\".");
    }
    if (keyUsage && !within(time, keyUsage->notBefore, keyUsage->notAfter)) {
        throw BadConfiguration(
            "The document signer's key may not sign today, its usage period is over or has not "
            "begun; make the next one with \"cancuoc pki document-signer DIR\".");
    }
}

namespace {

// Verifies the file that will stand on the card, from its bytes. The chain above was verified when it was
// loaded.
void verify(const lds::SecurityObjectFile& file, BytesView content, const Bytes& documentSigner) {
    const CmsPtr cms = file.signedData().parseCms();
    requireOpenssl(
        CMS_verify(cms.get(), nullptr, nullptr, nullptr, nullptr, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY),
        "The new signature of a Document Security Object does not verify");
    if (!equal(file.signedData().content(), content) ||
        file.signedData().certificates() != std::vector<Bytes>{documentSigner}) {
        throw CryptographyError(
            "A Document Security Object came out of its signature changed; nothing is issued.");
    }
}

} // namespace

DocumentSigner::DocumentSigner(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
DocumentSigner::DocumentSigner(DocumentSigner&&) noexcept = default;
DocumentSigner& DocumentSigner::operator=(DocumentSigner&&) noexcept = default;
DocumentSigner::~DocumentSigner() = default;

DocumentSigner DocumentSigner::load(const std::filesystem::path& directory, Clock clock) {
    const PkiFiles files(directory);
    auto parts = std::make_unique<Parts>();
    parts->csca = readCertificate(files.cscaCertificate);
    parts->documentSigner = readCertificate(files.documentSignerCertificate);
    parts->key = readPrivateKey(files.documentSignerKey);
    checkChain(files, *parts->csca, *parts->documentSigner, *parts->key);
    checkRevocation(files, *parts->csca, *parts->documentSigner);
    parts->keyUsage.reset(static_cast<PKEY_USAGE_PERIOD*>(
        X509_get_ext_d2i(parts->documentSigner.get(), NID_private_key_usage_period, nullptr, nullptr)));
    parts->cscaDer = encodeDer(*parts->csca);
    parts->documentSignerDer = encodeDer(*parts->documentSigner);
    parts->clock = std::move(clock);
    return DocumentSigner(std::move(parts));
}

Bytes DocumentSigner::sign(const lds::DocumentSecurityObject& securityObject) const {
    const auto now = parts_->clock();
    parts_->checkPeriods(now);
    const Bytes content = securityObject.encode();
    const auto cms = signContent(content, lds::DocumentSecurityObject::contentType, *parts_->documentSigner,
                                 *parts_->key, now, SignerIdentifier::IssuerAndSerialNumber);
    const auto file = lds::SecurityObjectFile::wrap(encodeDer(*cms));
    verify(file, content, parts_->documentSignerDer);
    return file.encode();
}

const Bytes& DocumentSigner::certificate() const {
    return parts_->documentSignerDer;
}

const Bytes& DocumentSigner::cscaCertificate() const {
    return parts_->cscaDer;
}

} // namespace cancuoc::personalization
