// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/elliptic_curve.hpp"
#include "personalization/pki/certificate_extensions.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "personalization/pki/revocations.hpp"
#include "personalization/pki/signer_profile.hpp"

#include <vector>

namespace cancuoc::personalization {

/// A private key and the certificate of its public key.
struct CertifiedKey {
    EvpKey key;
    X509Ptr certificate;
};

/// Whether a certificate names its curve instead of writing its parameters out; one with an RSA key has none
/// to name.
[[nodiscard]] bool namesCurve(const X509& certificate);

/// The country signing CA: the one authority of the country, which certifies every other signer and revokes
/// them (Doc 9303-12, 3.1.1).
class CountrySigningAuthority {
public:
    /// A fresh key with its self-signed root certificate, valid from `now`.
    [[nodiscard]] static CountrySigningAuthority create(const PkiOptions& options,
                                                        std::chrono::sys_seconds now, RandomSource& random,
                                                        const KeyStore& keys);

    /// The next key of the authority, with its self-signed root certificate, valid from `now`. Under another
    /// name the certificate says that the name has changed (7.1.1.5).
    [[nodiscard]] CountrySigningAuthority successor(const PkiOptions& options, std::chrono::sys_seconds now,
                                                    RandomSource& random, const KeyStore& keys) const;

    /// The link certificate by which this key certifies the one of `successor`, valid from `now` for as long
    /// as this key's certificate is (4.1.4.3).
    /// @throws BadConfiguration outside the usage period of the authority's key
    [[nodiscard]] X509Ptr issueLink(const CountrySigningAuthority& successor, std::chrono::sys_seconds now,
                                    RandomSource& random) const;

    /// The authority whose certificate and key `files` name. Throws BadConfiguration naming the file that is
    /// missing, or does not belong to the other, and what KeyStore::read throws.
    [[nodiscard]] static CountrySigningAuthority load(const PkiFiles& files, const KeyStore& keys);

    /// The certificate of a signer's public key, valid from `now` on.
    /// @param key public or private
    /// @throws BadConfiguration for a name, a number or a key that such a signer cannot have, outside the
    /// usage period of the authority's key, and when the certificate would outlive the authority's
    [[nodiscard]] X509Ptr certify(const SignerGrant& grant, EVP_PKEY& key, const PkiPolicy& policy,
                                  std::chrono::sys_seconds now, RandomSource& random) const;

    /// The same for a fresh key.
    [[nodiscard]] CertifiedKey issue(const SignerGrant& grant, const SignerKeyOptions& options,
                                     const PkiPolicy& policy, std::chrono::sys_seconds now,
                                     RandomSource& random, const KeyStore& keys) const;

    /// A CRL, due for renewal after `period` (Doc 9303-12, 4.1.5 and 7.1.4).
    /// @param number above that of every earlier CRL
    [[nodiscard]] X509CrlPtr issueCrl(std::chrono::sys_seconds now, long number,
                                      const std::vector<Revocation>& revoked,
                                      const Span& period = PkiPolicy().crlPeriod) const;

    /// commonName in the certificate.
    [[nodiscard]] std::string commonName() const;

    /// Whether the certificate names its curve, so that the next one does so too.
    [[nodiscard]] bool namesItsCurve() const { return namesCurve(*self_.certificate); }

    [[nodiscard]] const CertifiedKey& self() const { return self_; }

private:
    explicit CountrySigningAuthority(CertifiedKey self) : self_(std::move(self)) {}

    enum class Name { Kept, Changed };
    [[nodiscard]] static CountrySigningAuthority make(const PkiOptions& options, Name name,
                                                      std::chrono::sys_seconds now, RandomSource& random,
                                                      const KeyStore& keys);

    [[nodiscard]] X509Ptr begin(const X509_NAME& subject, EVP_PKEY& key, const Period& validity,
                                RandomSource& random) const;
    void addSigner(X509& certificate) const;
    [[nodiscard]] X509Ptr certifyDocumentSigner(const SignerGrant& grant, EVP_PKEY& key,
                                                const PkiPolicy& policy, std::chrono::sys_seconds now,
                                                RandomSource& random) const;
    [[nodiscard]] X509Ptr certifyListSigner(const SignerGrant& grant, EVP_PKEY& key,
                                            std::chrono::sys_seconds now, RandomSource& random) const;
    [[nodiscard]] X509Ptr certifySealSigner(const SignerGrant& grant, EVP_PKEY& key, const PkiPolicy& policy,
                                            std::chrono::sys_seconds now, RandomSource& random) const;
    [[nodiscard]] Period usage(std::chrono::sys_seconds now) const;

    CertifiedKey self_;
};

} // namespace cancuoc::personalization
