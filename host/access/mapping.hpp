// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/ephemeral_key_pair.hpp"

#include <memory>

namespace cancuoc {

struct PaceProtocol;

/// The ephemeral domain parameters of one run of PACE: those of the card with a generator of their own
/// (Doc 9303-11, 4.4.1, step 3 b).
class EphemeralDomainParameters {
public:
    EphemeralDomainParameters(EllipticCurve curve, EcPointPtr generator);
    EphemeralDomainParameters(DiffieHellmanGroup group, BignumPtr generator);

    [[nodiscard]] EphemeralKeyPair generateKeyPair(RandomSource& random) const;
    /// The generator as public keys are encoded.
    [[nodiscard]] Bytes generator() const;

private:
    struct OnCurve {
        EllipticCurve curve;
        EcPointPtr generator;
    };
    struct InGroup {
        DiffieHellmanGroup group;
        BignumPtr generator;
    };

    std::variant<OnCurve, InGroup> parameters_;
};

/// How the nonce becomes a generator (Doc 9303-11, 4.4.3.3); one object serves one run.
class Mapping {
public:
    Mapping() = default;
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    virtual ~Mapping() = default;

    /// What the terminal sends in DO 81.
    [[nodiscard]] virtual BytesView terminalData() const = 0;

    /// D = Map(D_IC, s, ...) with the nonce and the card's answer in DO 82. Throws MalformedData when the
    /// answer does not fit the mapping, CryptographyError when no generator comes of it.
    [[nodiscard]] virtual EphemeralDomainParameters map(BytesView nonce, BytesView chipData) = 0;
};

/// The mapping that `protocol` names, with its random values drawn from `random`.
[[nodiscard]] std::unique_ptr<Mapping> beginMapping(const PaceProtocol& protocol, RandomSource& random);

} // namespace cancuoc
