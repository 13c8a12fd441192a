// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate.hpp"

#include "host/crypto/digest.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

#include <algorithm>

namespace cancuoc::trust {

namespace {

constexpr int version3 = 2;
constexpr int smallestRsaKey = 2048; // bits; Doc 9303-12, 4.1.6.1

void noteNameDefects(const X509& certificate, std::vector<std::string>& defects) {
    const std::string country = countryOf(*X509_get_subject_name(&certificate));
    if (country.empty()) {
        defects.emplace_back("the subject names no country");
    } else if (country.size() != 2 || country != toUpper(country)) {
        defects.emplace_back("the subject's country is not two capital letters");
    }
}

void noteKeyDefects(const Certificate& certificate, std::vector<std::string>& defects) {
    try {
        const EvpKey key = certificate.publicKey();
        if (EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA &&
            EVP_PKEY_get_bits(key.get()) < smallestRsaKey) {
            defects.emplace_back("the RSA key has fewer than 2048 bits");
        }
    } catch (const Error& error) {
        defects.emplace_back(std::string("the public key cannot be used: ") + error.what());
    }
}

// Doc 9303-12, 7.1.1, table 6
void noteExtensionDefects(X509& certificate, bool authority, std::vector<std::string>& defects) {
    if (X509_get_version(&certificate) != version3) {
        defects.emplace_back("the certificate is not of version 3");
        return;
    }
    if (authority && X509_get_ext_by_NID(&certificate, NID_basic_constraints, -1) < 0) {
        defects.emplace_back("basicConstraints are missing");
    } else if (authority && X509_check_ca(&certificate) == 0) {
        defects.emplace_back("basicConstraints do not say that this is a certification authority");
    }
    if (authority && X509_get_ext_by_NID(&certificate, NID_subject_key_identifier, -1) < 0) {
        defects.emplace_back("the subject key identifier is missing");
    }
    if (X509_get_ext_by_NID(&certificate, NID_key_usage, -1) < 0) {
        defects.emplace_back("the key usage is missing");
    }
}

/// By basicConstraints, by a version 1 certificate signed by itself, or by key usage alone: a few States'
/// CSCA certificates deny in basicConstraints what their key usage allows.
bool maySignCertificates(X509& certificate) {
    if (X509_check_ca(&certificate) != 0) {
        return true;
    }
    const bool hasKeyUsage = X509_get_ext_by_NID(&certificate, NID_key_usage, -1) >= 0;
    return hasKeyUsage && (X509_get_key_usage(&certificate) & KU_KEY_CERT_SIGN) != 0;
}

} // namespace

Certificate Certificate::decode(BytesView certificate) {
    if (certificate.size() > maximumLength) {
        throw MalformedData("A certificate has more than " + std::to_string(maximumLength) + " bytes.");
    }
    Certificate decoded;
    decoded.der_ = derOf(certificate, {"CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"});
    const unsigned char* position = decoded.der_.data();
    decoded.x509_.reset(d2i_X509(nullptr, &position, static_cast<long>(decoded.der_.size())));
    ERR_clear_error();
    if (!decoded.x509_ || position != decoded.der_.data() + decoded.der_.size()) {
        throw MalformedData("This is no X.509 certificate.");
    }
    X509& x509 = *decoded.x509_;
    decoded.sha256_ = digest(HashAlgorithm::Sha256, decoded.der_);
    decoded.subject_ = textOf(*X509_get_subject_name(&x509));
    decoded.issuer_ = textOf(*X509_get_issuer_name(&x509));
    decoded.country_ = toUpper(countryOf(*X509_get_subject_name(&x509)));
    decoded.notBefore_ = timeOf(*X509_get0_notBefore(&x509));
    decoded.notAfter_ = timeOf(*X509_get0_notAfter(&x509));
    decoded.selfIssued_ = X509_NAME_cmp(X509_get_subject_name(&x509), X509_get_issuer_name(&x509)) == 0;
    decoded.certificationAuthority_ = maySignCertificates(x509);

    noteNameDefects(x509, decoded.defects_);
    noteKeyDefects(decoded, decoded.defects_);
    noteExtensionDefects(x509, decoded.certificationAuthority_, decoded.defects_);
    if (decoded.notAfter_ <= decoded.notBefore_) {
        decoded.defects_.emplace_back("the validity ends before it begins");
    }
    ERR_clear_error();
    return decoded;
}

EvpKey Certificate::publicKey() const {
    unsigned char* der = nullptr;
    const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509_.get()), &der);
    if (length <= 0) {
        throw opensslError("A certificate's public key cannot be read");
    }
    const Bytes subjectPublicKeyInfo(der, der + length);
    OPENSSL_free(der);
    return decodeSubjectPublicKeyInfo(subjectPublicKeyInfo);
}

} // namespace cancuoc::trust
