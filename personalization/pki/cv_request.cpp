// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/cv_request.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/lds/certificate_reference.hpp"

namespace cancuoc::personalization {

namespace {

// Data objects of BSI TR-03110-3, D.2.
constexpr std::uint32_t authentication = 0x67;
constexpr std::uint32_t certificateTag = 0x7F21;
constexpr std::uint32_t body = 0x7F4E;
constexpr std::uint32_t profileIdentifier = 0x5F29;
constexpr std::uint32_t authorityReferenceTag = 0x42;
constexpr std::uint32_t publicKeyTag = 0x7F49;
constexpr std::uint32_t holderReferenceTag = 0x5F20;
constexpr std::uint32_t extensionsTag = 0x65;
constexpr std::uint32_t signatureTag = 0x5F37;

const Bytes profileVersion1{0x00};

} // namespace

CvRequest CvRequest::make(const CvKey& key, const std::string& holderReference,
                          const std::string& authorityReference) {
    if (!lds::isCertificateReference(holderReference)) {
        throw BadConfiguration(
            "\"" + holderReference +
            "\" names no holder: country code, mnemonic and a sequence number of 5 letters "
            "or digits, like VNDV00001.");
    }
    const Bytes authority =
        authorityReference.empty() ? Bytes{} : encodeTlv(authorityReferenceTag, viewOf(authorityReference));
    const Bytes signedPart =
        encodeTlv(body, encodeTlv(profileIdentifier, profileVersion1), authority,
                  key.publicKey(true).encode(), encodeTlv(holderReferenceTag, viewOf(holderReference)));
    return decode(encodeTlv(certificateTag, signedPart, encodeTlv(signatureTag, key.sign(signedPart))));
}

CvRequest CvRequest::signedBy(const CvKey& present, const std::string& reference) const {
    const Bytes signedPart = concat(encoded_, encodeTlv(authorityReferenceTag, viewOf(reference)));
    return decode(encodeTlv(authentication, signedPart, encodeTlv(signatureTag, present.sign(signedPart))));
}

CvRequest CvRequest::decode(BytesView request) {
    if (request.size() > maximumLength) {
        throw MalformedData("A certificate request is longer than " + std::to_string(maximumLength) +
                            " bytes.");
    }
    TlvReader file(request);
    const auto whole = file.next();
    file.expectEnd("A certificate request");
    if (!whole || whole->tag != authentication) {
        return decodeInner(request);
    }
    TlvReader reader = whole->children();
    const Tlv inner = reader.expect(certificateTag, "A certificate request");
    CvRequest decoded = decodeInner(inner.encoded);
    decoded.encoded_ = toBytes(request);
    const Tlv reference = reader.require(authorityReferenceTag, "The reference of the present key");
    decoded.presentReference_ =
        lds::readCertificateReference(reader, authorityReferenceTag, "The reference of the present key");
    decoded.signedAgain_ = concat(inner.encoded, reference.encoded);
    decoded.secondSignature_ = toBytes(reader.expect(signatureTag, "The signature of the present key").value);
    reader.expectEnd("A certificate request");
    return decoded;
}

// C.2.1, C.2.2
CvRequest CvRequest::decodeInner(BytesView request) {
    TlvReader reader = readTlv(request, certificateTag, "A certificate request").children();
    const Tlv signedPart = reader.expect(body, "The body of a certificate request");
    const BytesView signature = reader.expect(signatureTag, "The signature of a certificate request").value;
    reader.expectEnd("A certificate request");

    TlvReader parts = signedPart.children();
    if (!equal(parts.expect(profileIdentifier, "The profile of a certificate request").value,
               profileVersion1)) {
        throw MalformedData("The certificate request is of a profile that is not known here.");
    }
    std::string authorityReference;
    if (parts.find(authorityReferenceTag)) {
        authorityReference = lds::readCertificateReference(parts, authorityReferenceTag,
                                                           "The Certification Authority Reference");
    }
    CvRequest decoded(trust::CvPublicKey::decode(parts.expect(publicKeyTag, "The public key").encoded));
    decoded.encoded_ = toBytes(request);
    decoded.authorityReference_ = std::move(authorityReference);
    decoded.holderReference_ =
        lds::readCertificateReference(parts, holderReferenceTag, "The Certificate Holder Reference");
    if (!parts.atEnd()) {
        static_cast<void>(parts.expect(extensionsTag, "The extensions of a certificate request"));
    }
    parts.expectEnd("The body of a certificate request");
    const auto& key = decoded.publicKey_;
    if (!verify(key.scheme(), *key.toEvpKey(std::nullopt), signedPart.encoded, signature)) {
        throw MalformedData("The key in the certificate request did not sign it.");
    }
    return decoded;
}

bool CvRequest::isSignedBy(const trust::CvPublicKey& present,
                           const std::optional<EllipticCurve>& curve) const {
    return !presentReference_.empty() &&
           verify(present.scheme(), *present.toEvpKey(curve), signedAgain_, secondSignature_);
}

} // namespace cancuoc::personalization
