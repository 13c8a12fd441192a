// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/document_signer.hpp"

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "host/crypto/openssl.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/document_security_object.hpp"
#include "personalization/pki/key_kind.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "personalization/pki/signed_content.hpp"
#include "personalization/pki/signer_check.hpp"

#include <string>

namespace cancuoc::personalization {

namespace {

using UsagePeriodPtr = std::unique_ptr<PKEY_USAGE_PERIOD, OpensslFree<PKEY_USAGE_PERIOD_free>>;

// A missing end is open (RFC 3280, 4.2.1.4).
bool within(std::time_t moment, const ASN1_TIME* from, const ASN1_TIME* to) {
    return (from == nullptr || ASN1_TIME_cmp_time_t(from, moment) <= 0) &&
           (to == nullptr || ASN1_TIME_cmp_time_t(to, moment) >= 0);
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

namespace asn1 = lds::asn1;

constexpr std::uint32_t securityObjectTag = 0x77;
constexpr std::uint32_t explicitTag = 0xA0; // [0]: content, certificates, signed attributes

[[noreturn]] void refuseChanged() {
    throw CryptographyError(
        "A Document Security Object came out of its signature changed; nothing is issued.");
}

// The value of the attribute messageDigest (RFC 5652, 11.2).
BytesView messageDigestIn(const Tlv& signedAttributes) {
    static const ObjectIdentifier messageDigest = ObjectIdentifier::fromText("1.2.840.113549.1.9.4");
    TlvReader attributes = signedAttributes.children();
    while (const auto attribute = attributes.next()) {
        TlvReader reader = attribute->children();
        if (lds::readObjectIdentifier(reader, "An attribute") == messageDigest) {
            return readTlv(reader.expect(asn1::set, "Its values").value, asn1::octetString, "messageDigest")
                .value;
        }
    }
    refuseChanged();
}

// The signature is over the attributes as a SET (RFC 5652, 5.4).
bool signatureHolds(const Tlv& signedAttributes, BytesView signature, EVP_PKEY& key) {
    const Bytes message = encodeTlv(asn1::set, signedAttributes.value);
    constexpr const char* failure = "A signature cannot be verified";
    const auto context = ownOpenssl<DigestContextPtr>(EVP_MD_CTX_new(), failure);
    EVP_PKEY_CTX* keyContext = nullptr;
    requireOpenssl(
        EVP_DigestVerifyInit(context.get(), &keyContext, opensslDigest(schemeOf(key).hash), nullptr, &key),
        failure);
    choosePadding(key, *keyContext);
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                            message.size()) == 1;
}

// Verifies the file that will stand on the card, from its bytes: what is signed, the certificate inside, and
// the signature. The chain above was verified when the signer was loaded, so that its certificate is not read
// again for each card.
void verify(BytesView file, BytesView content, const Bytes& documentSigner, EVP_PKEY& key) {
    const auto contentInfo = readTlv(file, securityObjectTag, "EF.SOD").value;
    const auto inside = readTlv(contentInfo, asn1::sequence, "ContentInfo").children();
    TlvReader reader =
        readTlv(inside.require(explicitTag, "The content").value, asn1::sequence, "SignedData").children();
    static_cast<void>(reader.expect(asn1::integer, "The version"));
    static_cast<void>(reader.expect(asn1::set, "The digest algorithms"));
    const auto encapsulated = reader.expect(asn1::sequence, "EncapsulatedContentInfo").children();
    const auto eContent =
        readTlv(encapsulated.require(explicitTag, "eContent").value, asn1::octetString, "eContent").value;
    const auto certificates = reader.expect(explicitTag, "The certificates").value;
    const auto signers = reader.expect(asn1::set, "The signers").value;
    const auto signer = readTlv(signers, asn1::sequence, "The signer").children();
    const auto attributes = signer.require(explicitTag, "The signed attributes");
    const auto signature = signer.require(asn1::octetString, "The signature").value;
    if (!equal(eContent, content) || !equal(certificates, documentSigner) ||
        !equal(messageDigestIn(attributes), digest(schemeOf(key).hash, content))) {
        refuseChanged();
    }
    if (!signatureHolds(attributes, signature, key)) {
        throw CryptographyError("The new signature of a Document Security Object does not verify.");
    }
}

} // namespace

DocumentSigner::DocumentSigner(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
DocumentSigner::DocumentSigner(DocumentSigner&&) noexcept = default;
DocumentSigner& DocumentSigner::operator=(DocumentSigner&&) noexcept = default;
DocumentSigner::~DocumentSigner() = default;

DocumentSigner DocumentSigner::load(const std::filesystem::path& directory, Clock clock,
                                    const KeyStore& keys) {
    PkiWorkshop::finishInterrupted(directory);
    const PkiFiles files(directory);
    auto parts = std::make_unique<Parts>();
    parts->csca = readCertificate(files.cscaCertificate);
    parts->documentSigner = readCertificate(files.documentSignerCertificate);
    parts->key = keys.read(files.documentSignerKey);
    checkSigner(files, *parts->csca, {SignerKind::DocumentSigner, ""}, *parts->documentSigner, *parts->key);
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
    Bytes file = encodeTlv(securityObjectTag, encodeDer(*cms));
    verify(file, content, parts_->documentSignerDer, *X509_get0_pubkey(parts_->documentSigner.get()));
    return file;
}

const Bytes& DocumentSigner::certificate() const {
    return parts_->documentSignerDer;
}

const Bytes& DocumentSigner::cscaCertificate() const {
    return parts_->cscaDer;
}

} // namespace cancuoc::personalization
