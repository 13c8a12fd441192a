// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"

namespace cancuoc::personalization {

/// The next signer of digital seals called `identifier` of the PKI in `directory`: `seal-signer-XX.pem` and
/// its key (Doc 9303-12, 3.1.4 and 7.1.3). The certificate of a former one of that name is kept as
/// `seal-signer-XX-NNN.pem`, and its private key is destroyed. Seals do not carry the certificate: it is to
/// be published (5.3).
/// @param identifier two capitals, the commonName
/// @param keyKind a curve of up to 512 bits; empty: as the former key, or P-256
/// @returns the serial number of the certificate, which the seals name
/// @throws BadConfiguration for a directory without a PKI, options that cannot serve, the sixth seal signer
/// in a year, and outside the usage period of the CSCA's key
int renewSealSigner(const std::filesystem::path& directory, const std::string& identifier,
                    const std::string& keyKind, const Clock& clock, RandomSource& random,
                    const KeyStore& keys = KeyStore::unencrypted());

/// The key and the certificate with which seals are signed now.
struct SealSigner {
    EvpKey key;
    X509Ptr certificate;

    /// Loads them from a PKI and checks them as checkSigner() does; the certificate cannot tell how long its
    /// key may sign, so the policy of the PKI does.
    /// @throws BadConfiguration naming what is missing or wrong, and after the usage period of the key
    [[nodiscard]] static SealSigner load(const std::filesystem::path& directory,
                                         const std::string& identifier, const Clock& clock,
                                         const KeyStore& keys = KeyStore::unencrypted());
};

} // namespace cancuoc::personalization
