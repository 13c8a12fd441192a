// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/signed_data_parts.hpp"

#include <algorithm>

#include <openssl/cms.h>
#include <openssl/err.h>

#include "host/lds/asn1.hpp"

namespace cancuoc::personalization::lint {

namespace {

using namespace lds;

constexpr std::uint32_t contentTag = 0xA0;
constexpr std::uint32_t revocationListsTag = 0xA1;
constexpr std::uint32_t subjectKeyIdentifierTag = 0x80;
constexpr std::uint32_t signedAttributesTag = 0xA0;
constexpr std::uint32_t unsignedAttributesTag = 0xA1;

// Indefinite lengths, which DER does not have and States have written, become definite ones.
Bytes inDefiniteLengths(const SignedData& data) {
    const CmsPtr cms = data.parseCms();
    unsigned char* encoded = nullptr;
    const int size = i2d_CMS_ContentInfo(cms.get(), &encoded);
    if (size < 0) {
        throw MalformedData("The SignedData cannot be written as DER.");
    }
    Bytes der(encoded, encoded + size);
    OPENSSL_free(encoded);
    return der;
}

SignerParts readSigner(const Tlv& signerInfo) {
    SignerParts signer;
    TlvReader reader = signerInfo.children();
    signer.version = readInteger(reader, "The version of a signer");
    signer.namedByKeyIdentifier = reader.find(subjectKeyIdentifierTag).has_value();
    (void)reader.next(); // issuer and serial number, or the key identifier
    signer.digestAlgorithm =
        readAlgorithm(reader.expect(asn1::sequence, "The digest algorithm of a signer").encoded);
    signer.hasSignedAttributes = reader.find(signedAttributesTag).has_value();
    signer.hasUnsignedAttributes = reader.find(unsignedAttributesTag).has_value();
    signer.signatureAlgorithm =
        readAlgorithm(reader.require(asn1::sequence, "The signature algorithm").encoded);
    return signer;
}

void readAsWritten(SignedDataParts& parts) {
    TlvReader contentInfo = readTlv(parts.der, asn1::sequence, "ContentInfo").children();
    (void)readObjectIdentifier(contentInfo, "The content type");
    const auto content = contentInfo.expect(contentTag, "The content");
    TlvReader reader = readTlv(content.value, asn1::sequence, "SignedData").children();
    parts.version = readInteger(reader, "The version");
    TlvReader algorithms = reader.expect(asn1::set, "The digest algorithms").children();
    while (const auto algorithm = algorithms.next()) {
        parts.digestAlgorithms.push_back(readAlgorithm(algorithm->encoded));
    }
    parts.hasRevocationLists = reader.find(revocationListsTag).has_value();
    TlvReader signers = reader.require(asn1::set, "The signers").children();
    while (const auto signer = signers.next()) {
        parts.signers.push_back(readSigner(*signer));
    }
}

// Whose certificates are inside, and whether their keys verify the signatures.
void verifySigners(SignedDataParts& parts) {
    const CmsPtr cms = parts.data->parseCms();
    auto* const signers = CMS_get0_SignerInfos(cms.get());
    for (std::size_t index = 0; index < parts.signers.size(); ++index) {
        auto* const signer = sk_CMS_SignerInfo_value(signers, static_cast<int>(index));
        parts.signers[index].hasSigningTime =
            CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1) >= 0;
        for (const auto& certificate : parts.certificates) {
            if (CMS_SignerInfo_cert_cmp(signer, certificate.x509()) == 0) {
                parts.signers[index].certificate = trust::Certificate::decode(certificate.der());
            }
        }
    }
    parts.verifies = CMS_verify(cms.get(), nullptr, nullptr, nullptr, nullptr,
                                CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1;
    ERR_clear_error();
}

} // namespace

bool SignedDataParts::anySigner(const std::function<bool(const SignerParts&)>& predicate) const {
    return std::any_of(signers.begin(), signers.end(), predicate);
}

bool SignedDataParts::hasSignersCertificates() const {
    return std::all_of(signers.begin(), signers.end(),
                       [](const SignerParts& signer) { return signer.certificate.has_value(); });
}

SignedDataParts readParts(const SignedData& data) {
    SignedDataParts parts;
    parts.data = &data;
    parts.isDer = isDer(data.contentInfo());
    parts.der = parts.isDer ? data.contentInfo() : inDefiniteLengths(data);
    readAsWritten(parts);
    for (const auto& der : data.certificates()) {
        parts.certificates.push_back(trust::Certificate::decode(der));
    }
    verifySigners(parts);
    return parts;
}

} // namespace cancuoc::personalization::lint
