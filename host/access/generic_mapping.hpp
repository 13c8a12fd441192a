// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/mapping.hpp"

namespace cancuoc {

/// The generic mapping, Doc 9303-11, 4.4.3.3.1: an anonymous key agreement gives H, and the nonce and H give
/// the generator.
class GenericMapping : public Mapping {
public:
    /// Draws the terminal's key pair of the mapping from `random`.
    GenericMapping(const DomainParameters& parameters, RandomSource& random);

    [[nodiscard]] BytesView terminalData() const override { return keyPair_.publicKey(); }
    [[nodiscard]] EphemeralDomainParameters map(BytesView nonce, BytesView chipData) override;

private:
    EphemeralKeyPair keyPair_;
};

/// With elliptic curves: s * G + H. Throws CryptographyError if that is the point at infinity.
[[nodiscard]] EcPointPtr mapGenerically(const EllipticCurve& curve, BytesView nonce,
                                        const EC_POINT& agreedPoint);

/// With DH: g^s * h. Throws CryptographyError if that is 1.
[[nodiscard]] BignumPtr mapGenerically(const DiffieHellmanGroup& group, BytesView nonce,
                                       const BIGNUM& agreedElement);

} // namespace cancuoc
