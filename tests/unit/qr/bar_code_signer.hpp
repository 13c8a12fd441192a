// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <openssl/x509.h>

#include "host/base/random.hpp"
#include "host/crypto/elliptic_curve.hpp"
#include "host/crypto/signature_scheme.hpp"
#include "personalization/pki/certificate_extensions.hpp"
#include "personalization/pki/country_signing_authority.hpp"
#include "personalization/pki/key_store.hpp"
#include "personalization/pki/pem_file.hpp"
#include "qr/seal_verification.hpp"

namespace cancuoc::qr {

/// A CSCA of Vietnam's test PKI and a bar code signer VN SS below it (Doc 9303-12, 7.1.3), for tests.
class BarCodeSigner {
public:
    /// How its certificate differs from a good one.
    struct Options {
        std::string curve = "P-256";
        long serialNumber = 0x2A7;
        std::string purpose = "2.23.136.1.1.11.1";
        std::chrono::sys_seconds from = start();
        std::chrono::sys_seconds to = start() + std::chrono::hours(24 * 365);
        std::optional<personalization::Period> usage{}; ///< of the private key
    };

    BarCodeSigner() : BarCodeSigner(Options()) {}

    explicit BarCodeSigner(const Options& options)
        : random_(), csca_(personalization::CountrySigningAuthority::create(
                         {}, start(), random_, personalization::KeyStore::unencrypted())),
          key_(EllipticCurveKeyPair::generate(EllipticCurve::named(options.curve), random_).toEvpKey()),
          certificate_(ownOpenssl<X509Ptr>(X509_new(), "A certificate cannot be made")) {
        auto* name = X509_get_subject_name(certificate_.get());
        addAttribute(*name, "C", "VN");
        addAttribute(*name, "CN", "SS");
        X509_set_version(certificate_.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_.get()), options.serialNumber);
        X509_set_issuer_name(certificate_.get(), X509_get_subject_name(csca_.self().certificate.get()));
        X509_time_adj_ex(X509_getm_notBefore(certificate_.get()), 0, 0, asTime(options.from).get());
        X509_time_adj_ex(X509_getm_notAfter(certificate_.get()), 0, 0, asTime(options.to).get());
        X509_set_pubkey(certificate_.get(), key_.get());
        personalization::addAuthorityKeyIdentifier(*certificate_, *csca_.self().certificate);
        personalization::addExtendedKeyUsage(*certificate_, options.purpose);
        if (options.usage) {
            personalization::addPrivateKeyUsagePeriod(*certificate_, *options.usage);
        }
        X509_sign(certificate_.get(), csca_.self().key.get(), EVP_sha384());
    }

    static std::chrono::sys_seconds start() { return std::chrono::sys_days(std::chrono::year(2113) / 1 / 1); }

    [[nodiscard]] Bytes certificate() const { return personalization::encodeDer(*certificate_); }
    [[nodiscard]] Bytes cscaCertificate() const {
        return personalization::encodeDer(*csca_.self().certificate);
    }
    [[nodiscard]] const personalization::CountrySigningAuthority& csca() const { return csca_; }
    [[nodiscard]] EVP_PKEY& key() const { return *key_; }

    /// What a verifier has: the CSCA and the signer's certificate.
    [[nodiscard]] trust::TrustStore store() const {
        auto store = trust::TrustStore::inMemory();
        store.addCertificate(cscaCertificate());
        store.addCertificate(certificate());
        return store;
    }

    [[nodiscard]] SealSigner signer() const {
        return [this](BytesView bytes) { return sign(sealSignatureScheme(*key_), *key_, bytes); };
    }

    [[nodiscard]] SealHeader header(int version) const {
        return sealHeaderFor(trust::Certificate::decode(certificate()), version);
    }

private:
    struct Time {
        std::time_t value;
        std::time_t* get() { return &value; }
    };
    static Time asTime(std::chrono::sys_seconds moment) { return {moment.time_since_epoch().count()}; }

    static void addAttribute(X509_NAME& name, const char* attribute, const char* value) {
        X509_NAME_add_entry_by_txt(&name, attribute, V_ASN1_PRINTABLESTRING,
                                   reinterpret_cast<const unsigned char*>(value), -1, -1, 0);
    }

    SystemRandom random_;
    personalization::CountrySigningAuthority csca_;
    EvpKey key_;
    X509Ptr certificate_;
};

} // namespace cancuoc::qr
