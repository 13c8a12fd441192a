// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/crypto/digest.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace cancuoc::personalization {

/// A key pair that is made here and lives in one chip.
struct ChipKeyPair {
    std::uint8_t standardizedDomainParameters = 0; ///< id of the curve, or group of DH (Doc 9303-11, 9.5.1)
    SecretBytes privateKey;                        ///< the scalar, as long as the order
    Bytes publicKey;                               ///< the uncompressed point: 04 x y
};

/// An RSA key for Active Authentication (Doc 9303-11, 6.1.2.2).
struct RsaChipKey {
    HashAlgorithm hash = HashAlgorithm::Sha256;
    std::uint32_t publicExponent = 65537;
    SecretBytes firstPrime; ///< both of one length
    SecretBytes secondPrime;
};

/// The keys with which one chip proves that it is not a copy. One without a private key is not loaded.
struct ChipKeys {
    ChipKeyPair chipAuthentication;   ///< without keyId (Doc 9303-11, 6.2)
    ChipKeyPair activeAuthentication; ///< ECDSA (Doc 9303-11, 6.1)
    /// More keys of Chip Authentication, by their keyId, 0 to 127; the one of a curve's id proves the chip in
    /// PACE with the chip authentication mapping on that curve (9.2.1).
    std::map<std::uint8_t, ChipKeyPair> identifiedChipAuthentication{};
    /// In place of the one with ECDSA.
    std::optional<RsaChipKey> rsaActiveAuthentication{};

    /// Fresh keys as the project's cards have them, from `random`: Chip Authentication on brainpoolP256r1,
    /// Active Authentication on P-256.
    [[nodiscard]] static ChipKeys generate(RandomSource& random);
};

} // namespace cancuoc::personalization
