// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace cancuoc::trust {

/// A certificate revocation list (CRL) as the trust store keeps it: its bytes, and what a person wants to
/// know about it (Doc 9303-12, 7.1.4). Its signature is not verified here.
class CertificateRevocationList {
public:
    static constexpr std::size_t maximumLength = std::size_t{16} << 20;

    /// Reads one CRL, DER or PEM. Throws MalformedData.
    [[nodiscard]] static CertificateRevocationList decode(BytesView crl);

    /// The DER as read.
    [[nodiscard]] const Bytes& der() const { return der_; }

    /// SHA-256 over the DER.
    [[nodiscard]] const Bytes& sha256() const { return sha256_; }

    [[nodiscard]] const std::string& issuer() const { return issuer_; } ///< RFC 2253 text

    /// countryName of the issuer in capitals; empty when there is none.
    [[nodiscard]] const std::string& country() const { return country_; }

    [[nodiscard]] std::chrono::sys_seconds thisUpdate() const { return thisUpdate_; }
    /// Nothing when it is not stated.
    [[nodiscard]] std::optional<std::chrono::sys_seconds> nextUpdate() const { return nextUpdate_; }

    /// How many certificates are listed.
    [[nodiscard]] std::size_t entries() const;

    /// The OpenSSL structure; lives as long as this object.
    [[nodiscard]] X509_CRL* x509() const { return x509_.get(); }

private:
    CertificateRevocationList() = default;

    X509CrlPtr x509_;
    Bytes der_;
    Bytes sha256_;
    std::string issuer_;
    std::string country_;
    std::chrono::sys_seconds thisUpdate_;
    std::optional<std::chrono::sys_seconds> nextUpdate_;
};

} // namespace cancuoc::trust
