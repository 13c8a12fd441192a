// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/trust/test_pki.hpp"

#include "host/apdu/tlv.hpp"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

namespace cancuoc::test {

namespace {

const char* const noMemory = "The test's PKI cannot be made";

using ParametersBuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, OpensslFree<OSSL_PARAM_BLD_free>>;
using ParametersPtr = std::unique_ptr<OSSL_PARAM, OpensslFree<OSSL_PARAM_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, OpensslFree<X509_EXTENSION_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, OpensslFree<ASN1_TIME_free>>;
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, OpensslFree<ASN1_INTEGER_free>>;
using ObjectPtr = std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>>;
using OctetStringPtr = std::unique_ptr<ASN1_OCTET_STRING, OpensslFree<ASN1_OCTET_STRING_free>>;
using RevokedPtr = std::unique_ptr<X509_REVOKED, OpensslFree<X509_REVOKED_free>>;

TimePtr timeAt(std::chrono::sys_seconds time) {
    return ownOpenssl<TimePtr>(ASN1_TIME_set(nullptr, time.time_since_epoch().count()), noMemory);
}

void addExtension(X509& certificate, X509& issuer, int nid, const std::string& value) {
    if (value.empty()) {
        return;
    }
    X509V3_CTX context;
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    const auto extension =
        ownOpenssl<ExtensionPtr>(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()), noMemory);
    requireOpenssl(X509_add_ext(&certificate, extension.get(), -1), noMemory);
}

void addExtension(X509& certificate, X509& issuer, const std::string& name, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    const auto extension =
        ownOpenssl<ExtensionPtr>(X509V3_EXT_conf(nullptr, &context, name.c_str(), value.c_str()), noMemory);
    requireOpenssl(X509_add_ext(&certificate, extension.get(), -1), noMemory);
}

void addUnknownCriticalExtension(X509& certificate) {
    const auto object = ownOpenssl<ObjectPtr>(OBJ_txt2obj("1.2.3.4.5", 1), noMemory);
    const auto value = ownOpenssl<OctetStringPtr>(ASN1_OCTET_STRING_new(), noMemory);
    requireOpenssl(ASN1_OCTET_STRING_set(value.get(), reinterpret_cast<const unsigned char*>("\x05\x00"), 2),
                   noMemory);
    const auto extension = ownOpenssl<ExtensionPtr>(
        X509_EXTENSION_create_by_OBJ(nullptr, object.get(), 1, value.get()), noMemory);
    requireOpenssl(X509_add_ext(&certificate, extension.get(), -1), noMemory);
}

void sign(X509& certificate, EVP_PKEY& key, const CertificateOptions& options) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* keyContext = nullptr;
    requireOpenssl(EVP_DigestSignInit(context.get(), &keyContext, options.digest, nullptr, &key), noMemory);
    if (options.pss) {
        requireOpenssl(EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING), noMemory);
        requireOpenssl(EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, RSA_PSS_SALTLEN_DIGEST), noMemory);
    }
    if (X509_sign_ctx(&certificate, context.get()) <= 0) {
        throw opensslError(noMemory);
    }
}

X509Ptr makeCertificate(X509* issuer, EVP_PKEY& issuerKey, EVP_PKEY& key, const CertificateOptions& options) {
    auto certificate = ownOpenssl<X509Ptr>(X509_new(), noMemory);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), options.serial);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    const auto addName = [subject](const char* field, const std::string& value, int type) {
        requireOpenssl(X509_NAME_add_entry_by_txt(subject, field, type,
                                                  reinterpret_cast<const unsigned char*>(value.c_str()), -1,
                                                  -1, 0),
                       noMemory);
    };
    if (!options.country.empty()) {
        addName("C", options.country, MBSTRING_ASC);
    }
    addName("CN", options.commonName, MBSTRING_UTF8);
    X509& signer = issuer == nullptr ? *certificate : *issuer;
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(&signer));
    X509_set1_notBefore(certificate.get(), timeAt(options.notBefore).get());
    X509_set1_notAfter(certificate.get(), timeAt(options.notAfter).get());
    X509_set_pubkey(certificate.get(), &key);
    if (options.keyIdentifiers) {
        addExtension(*certificate, signer, NID_subject_key_identifier, "hash");
        addExtension(*certificate, signer, NID_authority_key_identifier, "keyid:always");
    }
    addExtension(*certificate, signer, NID_basic_constraints, options.basicConstraints);
    addExtension(*certificate, signer, NID_key_usage, options.keyUsage);
    addExtension(*certificate, signer, NID_ext_key_usage, options.extendedKeyUsage);
    if (options.unknownCriticalExtension) {
        addUnknownCriticalExtension(*certificate);
    }
    for (const auto& [name, value] : options.extensions) {
        addExtension(*certificate, signer, name, value);
    }
    if (options.change) {
        options.change(*certificate);
    }
    sign(*certificate, issuerKey, options);
    return certificate;
}

Bytes derOf(CMS_ContentInfo& cms) {
    unsigned char* der = nullptr;
    const int length = i2d_CMS_ContentInfo(&cms, &der);
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

} // namespace

EvpKey makeEcKey(const char* curve, CurveParameters parameters) {
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    requireOpenssl(EVP_PKEY_keygen_init(context.get()), noMemory);
    requireOpenssl(EVP_PKEY_CTX_set_group_name(context.get(), curve), noMemory);
    EVP_PKEY* key = nullptr;
    requireOpenssl(EVP_PKEY_generate(context.get(), &key), noMemory);
    EvpKey made(key);
    requireOpenssl(
        EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING,
                                       parameters == CurveParameters::Explicit ? "explicit" : "named_curve"),
        noMemory);
    return made;
}

EvpKey makeRsaKey(unsigned bits) {
    return ownOpenssl<EvpKey>(EVP_RSA_gen(bits), noMemory);
}

EvpKey makeKeyWithForeignBasePoint() {
    const auto standard = ownOpenssl<EcGroupPtr>(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1), noMemory);
    const BignumPtr p(BN_new()), a(BN_new()), b(BN_new()), secret(BN_new());
    requireOpenssl(EC_GROUP_get_curve(standard.get(), p.get(), a.get(), b.get(), nullptr), noMemory);
    const EcPointPtr base(EC_POINT_new(standard.get())), point(EC_POINT_new(standard.get()));
    requireOpenssl(EC_POINT_dbl(standard.get(), base.get(), EC_GROUP_get0_generator(standard.get()), nullptr),
                   noMemory);
    BN_set_word(secret.get(), 123456789);
    requireOpenssl(EC_POINT_mul(standard.get(), point.get(), nullptr, base.get(), secret.get(), nullptr),
                   noMemory);
    const auto encode = [&standard](const EcPointPtr& value) {
        Bytes bytes(65);
        EC_POINT_point2oct(standard.get(), value.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(),
                           bytes.size(), nullptr);
        return bytes;
    };
    const Bytes generator = encode(base);
    const Bytes publicKey = encode(point);

    const ParametersBuilderPtr builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_EC_FIELD_TYPE, "prime-field", 0);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_EC_P, p.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_EC_A, a.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_EC_B, b.get());
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_EC_GENERATOR, generator.data(),
                                     generator.size());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_EC_ORDER, EC_GROUP_get0_order(standard.get()));
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_EC_COFACTOR,
                           EC_GROUP_get0_cofactor(standard.get()));
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, publicKey.data(),
                                     publicKey.size());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get());
    const ParametersPtr parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const EvpKeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    requireOpenssl(EVP_PKEY_fromdata_init(context.get()), noMemory);
    EVP_PKEY* key = nullptr;
    requireOpenssl(EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()), noMemory);
    return EvpKey(key);
}

CertificateOptions documentSignerOptions() {
    CertificateOptions options;
    options.commonName = "Document Signer Test";
    options.serial = 2;
    options.basicConstraints.clear();
    options.keyUsage = "critical,digitalSignature";
    return options;
}

Bytes Identity::der() const {
    unsigned char* der = nullptr;
    const int length = i2d_X509(certificate.get(), &der);
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

Identity makeSelfSigned(EvpKey key, const CertificateOptions& options) {
    X509Ptr certificate = makeCertificate(nullptr, *key, *key, options);
    return {std::move(certificate), std::move(key)};
}

Identity issue(const Identity& issuer, EvpKey key, const CertificateOptions& options) {
    X509Ptr certificate = makeCertificate(issuer.certificate.get(), *issuer.key, *key, options);
    return {std::move(certificate), std::move(key)};
}

Bytes makeCrl(const Identity& issuer, const std::vector<long>& serials, std::chrono::sys_seconds thisUpdate,
              std::chrono::sys_seconds nextUpdate, bool partial) {
    const auto crl = ownOpenssl<X509CrlPtr>(X509_CRL_new(), noMemory);
    X509_CRL_set_version(crl.get(), 1);
    X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(issuer.certificate.get()));
    X509_CRL_set1_lastUpdate(crl.get(), timeAt(thisUpdate).get());
    X509_CRL_set1_nextUpdate(crl.get(), timeAt(nextUpdate).get());
    for (const long serial : serials) {
        RevokedPtr revoked(X509_REVOKED_new());
        const IntegerPtr number(ASN1_INTEGER_new());
        ASN1_INTEGER_set(number.get(), serial);
        X509_REVOKED_set_serialNumber(revoked.get(), number.get());
        X509_REVOKED_set_revocationDate(revoked.get(), timeAt(thisUpdate).get());
        X509_CRL_add0_revoked(crl.get(), revoked.release());
    }
    if (partial) {
        const auto extension = ownOpenssl<ExtensionPtr>(
            X509V3_EXT_conf(nullptr, nullptr, "2.5.29.28", "critical,DER:30038101FF"),
            noMemory); // users only
        requireOpenssl(X509_CRL_add_ext(crl.get(), extension.get(), -1), noMemory);
    }
    if (X509_CRL_sign(crl.get(), issuer.key.get(), EVP_sha256()) <= 0) {
        throw opensslError(noMemory);
    }
    unsigned char* der = nullptr;
    const int length = i2d_X509_CRL(crl.get(), &der);
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

Bytes makeSod(BytesView content, const std::vector<const Identity*>& signers,
              const SignatureOptions& options) {
    constexpr unsigned flags = CMS_PARTIAL | CMS_BINARY | CMS_NOSMIMECAP;
    const BioPtr bio(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
    const auto cms = ownOpenssl<CmsPtr>(CMS_sign(nullptr, nullptr, nullptr, nullptr, flags), noMemory);
    const auto type = ownOpenssl<ObjectPtr>(OBJ_txt2obj(options.contentType.c_str(), 1), noMemory);
    requireOpenssl(CMS_set1_eContentType(cms.get(), type.get()), noMemory);
    for (const Identity* signer : signers) {
        const unsigned signerFlags = flags | options.flags | (options.pss ? CMS_KEY_PARAM : 0U);
        CMS_SignerInfo* info = CMS_add1_signer(cms.get(), signer->certificate.get(), signer->key.get(),
                                               options.digest, signerFlags);
        if (info == nullptr) {
            throw opensslError(noMemory);
        }
        if ((options.flags & CMS_NOATTR) == 0) {
            const TimePtr time = timeAt(options.signingTime);
            requireOpenssl(
                CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime, time->type, time.get(), -1),
                noMemory);
        }
        if (options.pss) {
            EVP_PKEY_CTX_set_rsa_padding(CMS_SignerInfo_get0_pkey_ctx(info), RSA_PKCS1_PSS_PADDING);
        }
    }
    if (options.embedded != nullptr) {
        requireOpenssl(CMS_add1_cert(cms.get(), options.embedded->certificate.get()), noMemory);
    }
    if (signers.empty()) { // CMS_final refuses to end what nobody signs
        ASN1_OCTET_STRING** place = CMS_get0_content(cms.get());
        if (*place == nullptr) {
            *place = ASN1_OCTET_STRING_new();
        }
        requireOpenssl(ASN1_OCTET_STRING_set(*place, content.data(), static_cast<int>(content.size())),
                       noMemory);
    } else {
        requireOpenssl(CMS_final(cms.get(), bio.get(), nullptr, flags), noMemory);
    }
    return encodeTlv(0x77, derOf(*cms));
}

} // namespace cancuoc::test
