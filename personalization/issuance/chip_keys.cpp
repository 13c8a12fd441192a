// SPDX-License-Identifier: Apache-2.0
#include "personalization/issuance/chip_keys.hpp"

#include "host/crypto/elliptic_curve.hpp"

namespace cancuoc::personalization {

namespace {

// Standardized domain parameters (Doc 9303-11, 9.5.1)
constexpr std::uint8_t nistP256 = 12;
constexpr std::uint8_t brainpoolP256r1 = 13;

ChipKeyPair generatePair(std::uint8_t parameterId, RandomSource& random) {
    const auto pair = EllipticCurveKeyPair::generate(EllipticCurve::standardized(parameterId), random);
    return {parameterId, SecretBytes(pair.privateKey()), toBytes(pair.publicKey())};
}

} // namespace

ChipKeys ChipKeys::generate(RandomSource& random) {
    ChipKeys keys;
    keys.chipAuthentication = generatePair(brainpoolP256r1, random);
    keys.activeAuthentication = generatePair(nistP256, random);
    return keys;
}

} // namespace cancuoc::personalization
