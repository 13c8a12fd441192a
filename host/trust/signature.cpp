// SPDX-License-Identifier: Apache-2.0
#include "host/trust/signature.hpp"

#include "host/crypto/digest.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

#include <algorithm>

namespace cancuoc::trust {

namespace {

/// Why the signature is not valid. Caught in verifySignature, never leaves this file.
class Invalid : public MalformedData {
public:
    using MalformedData::MalformedData;
};

/// Doc 9303-10, 4.6.2.2 recommends one signer; with more, a reader could be shown one and trust another.
CMS_SignerInfo& onlySigner(CMS_ContentInfo& cms, const SigningRole& role) {
    STACK_OF(CMS_SignerInfo)* const signers = CMS_get0_SignerInfos(&cms);
    const int count = signers == nullptr ? 0 : sk_CMS_SignerInfo_num(signers);
    if (count < 1) {
        throw Invalid(std::string(role.file) + " has no signer");
    }
    if (count > 1) {
        throw Invalid(std::string(role.file) + " has " + std::to_string(count) + " signers instead of one");
    }
    return *sk_CMS_SignerInfo_value(signers, 0);
}

/// The certificate that the signer names, or the only one there is.
std::optional<Certificate> findSigner(const lds::SignedData& data, CMS_SignerInfo& signer,
                                      std::vector<std::string>& notes) {
    const auto certificates = data.certificates();
    for (const Bytes& der : certificates) {
        Certificate certificate = Certificate::decode(der);
        if (CMS_SignerInfo_cert_cmp(&signer, certificate.x509()) == 0) {
            return certificate;
        }
    }
    if (certificates.size() != 1) {
        return std::nullopt;
    }
    notes.emplace_back("the signer is named otherwise than in the certificate inside");
    return Certificate::decode(certificates.front());
}

HashAlgorithm digestAlgorithmOf(CMS_SignerInfo& signer) {
    X509_ALGOR* algorithm = nullptr;
    CMS_SignerInfo_get0_algs(&signer, nullptr, nullptr, &algorithm, nullptr);
    const ASN1_OBJECT* identifier = nullptr;
    X509_ALGOR_get0(&identifier, nullptr, nullptr, algorithm);
    switch (OBJ_obj2nid(identifier)) {
    case NID_sha1:
        return HashAlgorithm::Sha1;
    case NID_sha224:
        return HashAlgorithm::Sha224;
    case NID_sha256:
        return HashAlgorithm::Sha256;
    case NID_sha384:
        return HashAlgorithm::Sha384;
    case NID_sha512:
        return HashAlgorithm::Sha512;
    default:
        throw Invalid("the signature uses a hash algorithm that Doc 9303 does not know");
    }
}

/// The value of a signed attribute that stands there once with one value; null otherwise.
const void* onlyValue(CMS_SignerInfo& signer, int attribute, int type) {
    constexpr int onceWithOneValue = -3; // CMS_signed_get0_data_by_OBJ(3)
    return CMS_signed_get0_data_by_OBJ(&signer, OBJ_nid2obj(attribute), onceWithOneValue, type);
}

// RFC 5652, 5.4 and 11.1: content-type must be that of the content
void requireContentType(CMS_SignerInfo& signer, const lds::SignedData& data) {
    const auto* type =
        static_cast<const ASN1_OBJECT*>(onlyValue(signer, NID_pkcs9_contentType, V_ASN1_OBJECT));
    if (type == nullptr) {
        throw Invalid("the signed attributes have no content type");
    }
    if (!equal({OBJ_get0_data(type), OBJ_length(type)}, data.contentType().content())) {
        throw Invalid("the signed attributes name another content type than the content has");
    }
}

// RFC 5652, 5.4 and 11.2: message-digest must be the hash of the content's bytes
void requireMessageDigest(CMS_SignerInfo& signer, const lds::SignedData& data) {
    const auto* value = static_cast<const ASN1_OCTET_STRING*>(
        onlyValue(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING));
    if (value == nullptr) {
        throw Invalid("the signed attributes have no message digest");
    }
    if (!equal(bytesOf(*value), digest(digestAlgorithmOf(signer), data.content()))) {
        throw Invalid("the signed hash is not that of the content");
    }
}

// RFC 5652, 11.3
std::optional<std::chrono::sys_seconds> signingTimeOf(CMS_SignerInfo& signer) {
    for (const int type : {V_ASN1_UTCTIME, V_ASN1_GENERALIZEDTIME}) {
        if (const void* value = onlyValue(signer, NID_pkcs9_signingTime, type)) {
            return timeOf(*static_cast<const ASN1_TIME*>(value));
        }
    }
    return std::nullopt;
}

void requireContentOfRole(const lds::SignedData& data, const SigningRole& role,
                          std::vector<std::string>& notes) {
    const std::string type = data.contentType().toText();
    if (type == role.contentType) {
        return;
    }
    if (std::find(role.otherContentTypes.begin(), role.otherContentTypes.end(), type) ==
        role.otherContentTypes.end()) {
        throw Invalid("the signed content is of the type " + type + ", not " + std::string(role.contentName));
    }
    notes.push_back("the content is given the type " + type);
}

void requireSignedAttributes(CMS_SignerInfo& signer, const lds::SignedData& data) {
    if (CMS_signed_get_attr_count(&signer) <= 0) {
        throw Invalid("the signature has no signed attributes");
    }
    requireContentType(signer, data);
    requireMessageDigest(signer, data);
}

/// OpenSSL verifies over the attributes in the order they were received.
void requireSignature(CMS_SignerInfo& signer, const Certificate& certificate, const SigningRole& role) {
    (void)certificate.publicKey(); // on a known curve, or it throws
    CMS_SignerInfo_set1_signer_cert(&signer, certificate.x509());
    const int result = CMS_SignerInfo_verify(&signer);
    ERR_clear_error();
    if (result != 1) {
        throw Invalid("the " + std::string(role.signer) + "'s key did not make this signature");
    }
}

} // namespace

Signature verifySignature(const lds::SignedData& data, const SigningRole& role) {
    Signature signature;
    try {
        const CmsPtr cms = data.parseCms();
        CMS_SignerInfo& signer = onlySigner(*cms, role);
        signature.signer = findSigner(data, signer, signature.notes);
        if (!signature.signer) {
            throw Invalid("the " + std::string(role.signer) + " certificate is not inside " +
                          std::string(role.file));
        }
        requireContentOfRole(data, role, signature.notes);
        requireSignedAttributes(signer, data);
        requireSignature(signer, *signature.signer, role);
        if (digestAlgorithmOf(signer) == HashAlgorithm::Sha1) {
            signature.notes.push_back(std::string(role.file) + " is signed with SHA-1");
        }
        signature.signingTime = signingTimeOf(signer);
    } catch (const Error& error) {
        signature.failure = error.what();
    }
    return signature;
}

} // namespace cancuoc::trust
