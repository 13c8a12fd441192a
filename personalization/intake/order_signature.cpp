// SPDX-License-Identifier: Apache-2.0
// Before openssl/cms.h, which declares PEM_read_bio_CMS only then.
#include <openssl/pem.h>

#include "personalization/intake/order_signature.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/crypto/key_strength.hpp"
#include "personalization/intake/order_refused.hpp"

#include <openssl/err.h>

#include <algorithm>

namespace cancuoc::personalization {

namespace {

[[noreturn]] void refuse(const Rule* rule) {
    ERR_clear_error();
    throw OrderRefused({rule, 0, "", {}});
}

/// A stack that frees itself and not what is on it.
using CertificateStack = std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)>;

void freeStack(STACK_OF(X509) * stack) {
    sk_X509_free(stack);
}

BioPtr bioOver(BytesView bytes) {
    return ownOpenssl<BioPtr>(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())),
                              "The order cannot be read");
}

CmsPtr parse(BytesView file) {
    const BioPtr bio = bioOver(file);
    CmsPtr cms(file[0] == '-' ? PEM_read_bio_CMS(bio.get(), nullptr, nullptr, nullptr)
                              : d2i_CMS_bio(bio.get(), nullptr));
    const bool signedData = cms && OBJ_obj2nid(CMS_get0_type(cms.get())) == NID_pkcs7_signed &&
                            OBJ_obj2nid(CMS_get0_eContentType(cms.get())) == NID_pkcs7_data;
    if (!signedData) {
        refuse(ruleNamed("signature.structure"));
    }
    return cms;
}

Bytes contentOf(CMS_ContentInfo& cms) {
    ASN1_OCTET_STRING** content = CMS_get0_content(&cms);
    if (content == nullptr || *content == nullptr) {
        refuse(ruleNamed("signature.structure"));
    }
    const unsigned char* data = ASN1_STRING_get0_data(*content);
    return Bytes(data, data + ASN1_STRING_length(*content));
}

/// RFC 5652, 5.3: signed attributes are optional; without them, those of another signature could be passed
/// off as a content.
void requireAttributesAndHash(CMS_SignerInfo& signer) {
    X509_ALGOR* algorithm = nullptr;
    CMS_SignerInfo_get0_algs(&signer, nullptr, nullptr, &algorithm, nullptr);
    if (CMS_signed_get_attr_count(&signer) < 1) {
        refuse(ruleNamed("signature.structure"));
    }
    const int hash = OBJ_obj2nid(algorithm->algorithm);
    if (hash != NID_sha256 && hash != NID_sha384 && hash != NID_sha512) {
        refuse(ruleNamed("signature.strength"));
    }
}

void requireUsable(const trust::Certificate& certificate, std::chrono::sys_seconds time) {
    constexpr std::uint32_t forSignatures = KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION;
    const bool valid = certificate.notBefore() <= time && time <= certificate.notAfter();
    // All bits are set where the certificate has no such extension.
    if (!valid || (X509_get_key_usage(certificate.x509()) & forSignatures) == 0) {
        refuse(ruleNamed("signature.certificate"));
    }
    if (strengthOf(*certificate.publicKey()).level != KeyStrength::Level::Sufficient) {
        refuse(ruleNamed("signature.strength"));
    }
}

/// The certificate of the policy that made this signature.
const trust::Certificate& signerAmong(const OrderSigners& signers, CMS_SignerInfo& signature) {
    const auto& all = signers.certificates();
    const auto found = std::find_if(all.begin(), all.end(), [&signature](const auto& certificate) {
        return CMS_SignerInfo_cert_cmp(&signature, certificate.x509()) == 0;
    });
    if (found == all.end()) {
        refuse(ruleNamed("signature.signer"));
    }
    return *found;
}

std::string verify(CMS_ContentInfo& cms, BytesView content, const SignaturePolicy& policy) {
    STACK_OF(CMS_SignerInfo)* signatures = CMS_get0_SignerInfos(&cms);
    if (sk_CMS_SignerInfo_num(signatures) < 1) {
        refuse(ruleNamed("signature.structure"));
    }
    const CertificateStack certificates(sk_X509_new_null(), &freeStack);
    std::string subjects;
    for (int index = 0; index < sk_CMS_SignerInfo_num(signatures); ++index) {
        CMS_SignerInfo& signature = *sk_CMS_SignerInfo_value(signatures, index);
        const trust::Certificate& certificate = signerAmong(*policy.signers, signature);
        requireAttributesAndHash(signature);
        requireUsable(certificate, policy.time);
        sk_X509_push(certificates.get(), certificate.x509());
        subjects += (subjects.empty() ? "" : "; ") + certificate.subject();
    }
    // Only the policy's certificates are looked at, and no chain is built from them.
    constexpr unsigned flags = CMS_BINARY | CMS_NOINTERN | CMS_NO_SIGNER_CERT_VERIFY;
    const BioPtr bio = bioOver(content);
    if (CMS_verify(&cms, certificates.get(), nullptr, bio.get(), nullptr, flags) != 1) {
        refuse(ruleNamed("signature.value"));
    }
    return subjects;
}

} // namespace

OrderSigners OrderSigners::load(const std::filesystem::path& folder) {
    std::vector<trust::Certificate> certificates;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
        try {
            certificates.push_back(
                trust::Certificate::decode(readFile(entry.path(), trust::Certificate::maximumLength)));
        } catch (const Error& error) {
            throw BadConfiguration(
                entry.path().string() +
                " is no certificate; a folder of signers holds certificates only: " + error.what());
        }
    }
    if (failure || certificates.empty()) {
        throw BadConfiguration("There is no certificate in " + folder.string() +
                               "; put those there whose signatures on orders count.");
    }
    return OrderSigners(std::move(certificates));
}

OrderSigners::OrderSigners(std::vector<trust::Certificate> certificates)
    : certificates_(std::move(certificates)) {}

bool isCms(BytesView file) {
    constexpr std::uint8_t sequence = 0x30;
    constexpr std::uint8_t longLength = 0x80; // no text goes on so behind a digit 0
    constexpr std::string_view pem = "-----BEGIN ";
    const bool der = file.size() > 1 && file[0] == sequence && (file[1] & longLength) != 0;
    return der || toText(file.first(std::min(file.size(), pem.size()))) == pem;
}

SignedOrder verifyEnveloping(BytesView file, const SignaturePolicy& policy) {
    if (!isCms(file)) {
        refuse(ruleNamed("signature.structure"));
    }
    const CmsPtr cms = parse(file);
    SignedOrder order;
    order.content = contentOf(*cms);
    order.signer = verify(*cms, order.content, policy);
    return order;
}

std::string verifyDetached(BytesView file, BytesView content, const SignaturePolicy& policy) {
    if (!isCms(file)) {
        refuse(ruleNamed("signature.structure"));
    }
    return verify(*parse(file), content, policy);
}

Bytes contentWithoutVerification(BytesView file) {
    if (!isCms(file)) {
        refuse(ruleNamed("signature.structure"));
    }
    return contentOf(*parse(file));
}

} // namespace cancuoc::personalization
