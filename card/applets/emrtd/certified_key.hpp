// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/cv_certificate.hpp"
#include "card/crypto/secret_array.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// A public key that the chip imported from a certificate, with its metadata (Doc 9303-11, 7.1.4.3.7).
struct CertifiedKey {
    crypto::SecretBuffer<maximumReferenceLength> holderReference;
    CvRole role{};
    /// The effective access rights: those of the certificate that its issuer has too.
    std::uint8_t rights = 0;
    CvDate effectiveDate{};
    CvDate expirationDate{};
    SignatureAlgorithm algorithm;
    /// Of ECDSA.
    crypto::StandardizedDomainParameters domainParameters{};
    /// The exponent of RSA.
    crypto::SecretBuffer<crypto::maximumRsaPublicExponentSize> exponent;
    /// The point, or the modulus of RSA.
    crypto::SecretBuffer<crypto::maximumRsaPublicModulusSize> key;

    /// Whether `signature` is that of `message` under this key.
    [[nodiscard]] bool verifies(std::initializer_list<std::span<const std::uint8_t>> message,
                                std::span<const std::uint8_t> signature) const;

    /// Takes over the key and the metadata of `certificate`, its rights as they stand there. Domain
    /// parameters that it leaves out are those of `issuer`; false when there are none, as an issuer's key of
    /// RSA has none, or the point is not on the curve.
    [[nodiscard]] bool assign(const CvCertificate& certificate, const CertifiedKey* issuer);
};

/// Bytes of the longest certified key in its stored form.
inline constexpr std::size_t maximumStoredKeySize =
    2 + 1 + 1 + 2 * CvDate{}.size() + 2 + maximumReferenceLength + crypto::maximumRsaPublicExponentSize +
    crypto::maximumRsaPublicModulusSize;
using StoredCertifiedKey = crypto::SecretBuffer<maximumStoredKeySize>;

/// Writes a key for the store.
[[nodiscard]] bool encode(const CertifiedKey& key, StoredCertifiedKey& stored);

/// Reads what `encode` wrote; false when it is not that.
[[nodiscard]] bool decode(std::span<const std::uint8_t> stored, CertifiedKey& key);

} // namespace cancuoc::card::emrtd
