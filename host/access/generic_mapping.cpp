// SPDX-License-Identifier: Apache-2.0
#include "host/access/generic_mapping.hpp"

namespace cancuoc {

namespace {
constexpr const char* noGenerator = "The nonce maps to no generator.";
} // namespace

GenericMapping::GenericMapping(const DomainParameters& parameters, RandomSource& random)
    : keyPair_(EphemeralKeyPair::generate(parameters, random)) {}

EphemeralDomainParameters GenericMapping::map(BytesView nonce, BytesView chipData) {
    if (const auto* const elliptic = keyPair_.ellipticCurve()) {
        return {elliptic->curve(),
                mapGenerically(elliptic->curve(), nonce, *elliptic->agreedPoint(chipData))};
    }
    const auto& modular = *keyPair_.diffieHellman();
    return {modular.group(), mapGenerically(modular.group(), nonce, *modular.agreedElement(chipData))};
}

EcPointPtr mapGenerically(const EllipticCurve& curve, BytesView nonce, const EC_POINT& agreedPoint) {
    EcPointPtr generator = curve.add(*curve.multiply(nonce, *curve.basePoint()), agreedPoint);
    if (EC_POINT_is_at_infinity(&curve.group(), generator.get()) == 1) {
        throw CryptographyError(noGenerator);
    }
    return generator;
}

BignumPtr mapGenerically(const DiffieHellmanGroup& group, BytesView nonce, const BIGNUM& agreedElement) {
    BignumPtr generator = group.multiply(*group.power(group.generator(), nonce), agreedElement);
    if (BN_is_one(generator.get()) == 1) {
        throw CryptographyError(noGenerator);
    }
    return generator;
}

} // namespace cancuoc
