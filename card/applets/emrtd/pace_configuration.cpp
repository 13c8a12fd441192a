// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/pace_configuration.hpp"

#include "card/crypto/standardized_group.hpp"

namespace cancuoc::card::emrtd {

bool isSupported(const PaceConfiguration& configuration) {
    using crypto::StandardizedDomainParameters;
    if (usesDh(configuration.variant) != crypto::isModpGroup(configuration.domainParameters)) {
        return false;
    }
    if (configuration.variant == PaceVariant::EcdhChipAuthenticationMapping &&
        configuration.cipher == SymmetricCipher::TripleDes) {
        return false;
    }
    if (usesIntegratedMapping(configuration.variant) &&
        configuration.domainParameters == StandardizedDomainParameters::Secp224r1) {
        return false;
    }
    return crypto::StandardizedGroup(configuration.domainParameters)->supported();
}

} // namespace cancuoc::card::emrtd
