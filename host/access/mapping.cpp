// SPDX-License-Identifier: Apache-2.0
#include "host/access/mapping.hpp"

#include "host/access/chip_authentication_mapping.hpp"
#include "host/access/integrated_mapping.hpp"
#include "host/access/pace_protocol.hpp"

#include <utility>

namespace cancuoc {

EphemeralDomainParameters::EphemeralDomainParameters(EllipticCurve curve, EcPointPtr generator)
    : parameters_(OnCurve{std::move(curve), std::move(generator)}) {}

EphemeralDomainParameters::EphemeralDomainParameters(DiffieHellmanGroup group, BignumPtr generator)
    : parameters_(InGroup{std::move(group), std::move(generator)}) {}

EphemeralKeyPair EphemeralDomainParameters::generateKeyPair(RandomSource& random) const {
    if (const auto* const elliptic = std::get_if<OnCurve>(&parameters_)) {
        return EphemeralKeyPair(
            EllipticCurveKeyPair::generate(elliptic->curve, *elliptic->generator, random));
    }
    const auto& modular = std::get<InGroup>(parameters_);
    return EphemeralKeyPair(DiffieHellmanKeyPair::generate(modular.group, *modular.generator, random));
}

Bytes EphemeralDomainParameters::generator() const {
    if (const auto* const elliptic = std::get_if<OnCurve>(&parameters_)) {
        return elliptic->curve.encodePoint(*elliptic->generator);
    }
    const auto& modular = std::get<InGroup>(parameters_);
    return modular.group.encodeElement(*modular.generator);
}

std::unique_ptr<Mapping> beginMapping(const PaceProtocol& protocol, RandomSource& random) {
    switch (protocol.mapping) {
    case MappingType::Integrated:
        return std::make_unique<IntegratedMapping>(protocol.domainParameters, protocol.cipher, random);
    case MappingType::ChipAuthentication:
        return std::make_unique<ChipAuthenticationMapping>(protocol.domainParameters, random);
    case MappingType::Generic:
        break;
    }
    return std::make_unique<GenericMapping>(protocol.domainParameters, random);
}

} // namespace cancuoc
