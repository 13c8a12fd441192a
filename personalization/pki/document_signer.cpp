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
#include "personalization/pki/signed_data_form.hpp"
#include "personalization/pki/signer_check.hpp"
#include "personalization/pki/token_key.hpp"

#include <optional>
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
    HashAlgorithm hash = HashAlgorithm::Sha256;
    std::optional<SignedDataForm> form;
    DigestContextPtr signing;      ///< ready to sign, and copied for each signature
    DigestContextPtr verification; ///< likewise

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

DigestContextPtr copyOf(const EVP_MD_CTX& context) {
    constexpr const char* failure = "A signature cannot be begun";
    auto copy = ownOpenssl<DigestContextPtr>(EVP_MD_CTX_new(), failure);
    requireOpenssl(EVP_MD_CTX_copy_ex(copy.get(), &context), failure);
    return copy;
}

DigestContextPtr verificationContext(EVP_PKEY& key) {
    constexpr const char* failure = "A signature cannot be verified";
    auto context = ownOpenssl<DigestContextPtr>(EVP_MD_CTX_new(), failure);
    EVP_PKEY_CTX* keyContext = nullptr;
    requireOpenssl(
        EVP_DigestVerifyInit(context.get(), &keyContext, opensslDigest(schemeOf(key).hash), nullptr, &key),
        failure);
    choosePadding(key, *keyContext);
    return context;
}

Bytes signatureOver(BytesView message, const EVP_MD_CTX& ready) {
    const auto context = copyOf(ready);
    constexpr std::size_t longestSignature = 1024;
    Bytes signature(longestSignature);
    std::size_t size = signature.size();
    if (EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
        throwSigningFailure("A Document Security Object cannot be signed");
    }
    signature.resize(size);
    return signature;
}

// The signature is over the attributes as a SET (RFC 5652, 5.4).
bool signatureHolds(const Tlv& signedAttributes, BytesView signature, const EVP_MD_CTX& ready) {
    const Bytes message = encodeTlv(asn1::set, signedAttributes.value);
    const auto context = copyOf(ready);
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                            message.size()) == 1;
}

// Verifies the file that will stand on the card, from its bytes: what is signed, the certificate inside, and
// the signature. The chain above was verified when the signer was loaded, so that its certificate is not read
// again for each card.
void verify(BytesView file, BytesView content, const Bytes& documentSigner, HashAlgorithm hash,
            const EVP_MD_CTX& verification) {
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
        !equal(messageDigestIn(attributes), digest(hash, content))) {
        refuseChanged();
    }
    if (!signatureHolds(attributes, signature, verification)) {
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
    EVP_PKEY& publicKey = *X509_get0_pubkey(parts->documentSigner.get());
    const auto scheme = schemeOf(publicKey);
    parts->hash = scheme.hash;
    parts->form.emplace(*parts->documentSigner, scheme, lds::DocumentSecurityObject::contentType);
    parts->signing = signingContext(*parts->key);
    parts->verification = verificationContext(publicKey);
    return DocumentSigner(std::move(parts));
}

Bytes DocumentSigner::sign(const lds::DocumentSecurityObject& securityObject) const {
    const auto now = parts_->clock();
    parts_->checkPeriods(now);
    const Bytes content = securityObject.encode();
    const Bytes attributes = parts_->form->attributes(content, now);
    const Bytes signature = signatureOver(encodeTlv(asn1::set, attributes), *parts_->signing);
    Bytes file = encodeTlv(securityObjectTag, parts_->form->encode(content, attributes, signature));
    verify(file, content, parts_->documentSignerDer, parts_->hash, *parts_->verification);
    return file;
}

const Bytes& DocumentSigner::certificate() const {
    return parts_->documentSignerDer;
}

const Bytes& DocumentSigner::cscaCertificate() const {
    return parts_->cscaDer;
}

} // namespace cancuoc::personalization
