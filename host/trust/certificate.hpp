// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"
#include "host/trust/certificate_profile.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace cancuoc::trust {

/// An X.509 certificate as the trust store keeps it: its bytes, what a person wants to know about it, and
/// what is wrong with it. A certificate that parses is kept; its defects are told.
class Certificate {
public:
    static constexpr std::size_t maximumLength = 65536;

    /// Reads one certificate, DER or PEM. Throws MalformedData.
    [[nodiscard]] static Certificate decode(BytesView certificate);

    /// The DER as read.
    [[nodiscard]] const Bytes& der() const { return der_; }

    /// SHA-256 over the DER.
    [[nodiscard]] const Bytes& sha256() const { return sha256_; }

    [[nodiscard]] const std::string& subject() const { return subject_; } ///< RFC 2253 text
    [[nodiscard]] const std::string& issuer() const { return issuer_; }   ///< RFC 2253 text

    /// countryName of the subject in capitals; empty when there is none.
    [[nodiscard]] const std::string& country() const { return country_; }

    [[nodiscard]] std::chrono::sys_seconds notBefore() const { return notBefore_; }
    [[nodiscard]] std::chrono::sys_seconds notAfter() const { return notAfter_; }

    /// What it is in the eMRTD PKI.
    [[nodiscard]] CertificateKind kind() const { return kind_; }

    /// May sign certificates.
    [[nodiscard]] bool certificationAuthority() const { return isCountrySigning(kind_); }

    /// What Doc 9303-12 would have otherwise, and, at `time`, that the validity is over or has not begun.
    [[nodiscard]] std::vector<CertificateDefect> defects(std::chrono::sys_seconds time) const;

    /// The OpenSSL structure; lives as long as this object.
    [[nodiscard]] X509* x509() const { return x509_.get(); }

    /// The public key, on a known curve also where the certificate writes the parameters out.
    /// Throws MalformedData when it has no usable key.
    [[nodiscard]] EvpKey publicKey() const;

private:
    Certificate() = default;

    X509Ptr x509_;
    Bytes der_;
    Bytes sha256_;
    std::string subject_;
    std::string issuer_;
    std::string country_;
    std::chrono::sys_seconds notBefore_;
    std::chrono::sys_seconds notAfter_;
    CertificateKind kind_ = CertificateKind::DocumentSigner;
};

} // namespace cancuoc::trust
