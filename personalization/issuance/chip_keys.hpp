// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"

#include <cstdint>

namespace cancuoc::personalization {

/// An elliptic curve key pair that is made here and lives in one chip.
struct ChipKeyPair {
    std::uint8_t standardizedDomainParameters = 0; ///< id of the curve (Doc 9303-11, 9.5.1)
    SecretBytes privateKey;                        ///< the scalar, as long as the curve's order
    Bytes publicKey;                               ///< the uncompressed point: 04 x y
};

/// The keys with which one chip proves that it is not a copy.
struct ChipKeys {
    ChipKeyPair chipAuthentication;   ///< ECDH on brainpoolP256r1 (Doc 9303-11, 6.2)
    ChipKeyPair activeAuthentication; ///< ECDSA on P-256 (Doc 9303-11, 6.1)

    /// Fresh keys from `random`.
    [[nodiscard]] static ChipKeys generate(RandomSource& random);
};

} // namespace cancuoc::personalization
