// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/domain_parameters.hpp"
#include "host/crypto/subject_public_key_info.hpp"

#include <variant>

namespace cancuoc {

/// The static public key of a chip for Chip Authentication (Doc 9303-11, 9.2.6).
using ChipPublicKey = std::variant<EllipticCurvePublicKey, DiffieHellmanPublicKey>;

/// The chip's public key in a DER SubjectPublicKeyInfo; nothing for other kinds of keys. Throws MalformedData
/// as decodeSubjectPublicKeyInfo does.
[[nodiscard]] std::optional<ChipPublicKey> decodeChipPublicKey(BytesView der);

/// A key pair of the terminal's for one run of PACE or Chip Authentication.
class EphemeralKeyPair {
public:
    explicit EphemeralKeyPair(EllipticCurveKeyPair keyPair);
    explicit EphemeralKeyPair(DiffieHellmanKeyPair keyPair);

    /// Over the generator of `parameters`.
    [[nodiscard]] static EphemeralKeyPair generate(const DomainParameters& parameters, RandomSource& random);
    /// Over the domain parameters of the chip's key.
    [[nodiscard]] static EphemeralKeyPair generate(const ChipPublicKey& chipKey, RandomSource& random);

    /// As it goes over the wire: an uncompressed point, or an unsigned integer (Doc 9303-11, 6.2.4.3).
    [[nodiscard]] BytesView publicKey() const;
    /// Comp(PK), for Terminal Authentication (7.1.4.1.3 and 7.1.4.2.3).
    [[nodiscard]] Bytes compressedPublicKey() const;
    /// The shared secret in full width. Throws MalformedData when `chipKey` has other domain parameters, or
    /// is no valid key in them.
    [[nodiscard]] SecretBytes agree(const ChipPublicKey& chipKey) const;
    /// The same with a peer's key as it came over the wire, in the domain parameters of this pair.
    [[nodiscard]] SecretBytes agree(BytesView peerPublicKey) const;

    /// The pair itself; null when it is of the other kind.
    [[nodiscard]] const EllipticCurveKeyPair* ellipticCurve() const;
    [[nodiscard]] const DiffieHellmanKeyPair* diffieHellman() const;

private:
    std::variant<EllipticCurveKeyPair, DiffieHellmanKeyPair> keyPair_;
};

} // namespace cancuoc
