// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/audit/checkpoint.hpp"

#include <openssl/pem.h>

namespace cancuoc::test {

/// A key with a certificate by itself, valid from 2020 to 2040.
class AuditSigner {
public:
    /// `kind`: "P-256", "P-384", "P-521" or "RSA".
    explicit AuditSigner(const std::string& kind = "P-256")
        : key_(kind == "RSA" ? EVP_RSA_gen(2048) : EVP_EC_gen(kind.c_str())), x509_(X509_new()) {
        X509_set_version(x509_.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x509_.get()), 1);
        ASN1_TIME_set_string_X509(X509_getm_notBefore(x509_.get()), "20200101000000Z");
        ASN1_TIME_set_string_X509(X509_getm_notAfter(x509_.get()), "20400101000000Z");
        X509_NAME* const name = X509_get_subject_name(x509_.get());
        const auto* const text = reinterpret_cast<const unsigned char*>("audit");
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0);
        X509_set_issuer_name(x509_.get(), name);
        X509_set_pubkey(x509_.get(), key_.get());
        X509_sign(x509_.get(), key_.get(), EVP_sha256());
    }

    [[nodiscard]] trust::Certificate certificate() const {
        Bytes der(4096);
        unsigned char* end = der.data();
        const int size = i2d_X509(x509_.get(), &end);
        return trust::Certificate::decode(BytesView(der).first(static_cast<std::size_t>(size)));
    }

    [[nodiscard]] personalization::audit::SignCheckpoint sign() const {
        EVP_PKEY* const key = key_.get();
        return [key](BytesView toBeSigned) {
            return cancuoc::sign(personalization::audit::checkpointScheme(*key), *key, toBeSigned);
        };
    }

    [[nodiscard]] const EVP_PKEY& key() const { return *key_; }

private:
    EvpKey key_;
    X509Ptr x509_;
};

} // namespace cancuoc::test
