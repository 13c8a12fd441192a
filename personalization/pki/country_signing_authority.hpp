// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/elliptic_curve.hpp"
#include "personalization/pki/certificate_extensions.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"

namespace cancuoc::personalization {

/// A private key and the certificate of its public key.
struct CertifiedKey {
    EvpKey key;
    X509Ptr certificate;
};

/// The country signing CA: the one authority of the country, which certifies every other signer and revokes
/// them (Doc 9303-12, 3.1.1).
class CountrySigningAuthority {
public:
    /// A fresh key on P-384 with its self-signed root certificate, valid from `now`.
    [[nodiscard]] static CountrySigningAuthority create(const PkiOptions& options,
                                                        std::chrono::sys_seconds now, RandomSource& random);

    /// A fresh document signer key on P-256 with its certificate, valid from `now`.
    [[nodiscard]] CertifiedKey issueDocumentSigner(const PkiOptions& options, std::chrono::sys_seconds now,
                                                   RandomSource& random) const;

    /// A CRL that revokes nothing, due for renewal after 90 days (Doc 9303-12, 4.1.5 and 7.1.4).
    [[nodiscard]] X509CrlPtr issueEmptyCrl(std::chrono::sys_seconds now) const;

    [[nodiscard]] const CertifiedKey& self() const { return self_; }

private:
    explicit CountrySigningAuthority(CertifiedKey self) : self_(std::move(self)) {}

    CertifiedKey self_;
};

} // namespace cancuoc::personalization
