// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/symmetric_cipher.hpp"
#include "card/crypto/key_agreement_group.hpp"

#include <cstdint>

namespace cancuoc::card::emrtd {

/// Key agreement and mapping of a PACE protocol. The values are the arcs of the protocols' object identifiers
/// under id-PACE (Doc 9303-11, 9.2.3).
enum class PaceVariant : std::uint8_t {
    DhGenericMapping = 1,
    EcdhGenericMapping = 2,
    DhIntegratedMapping = 3,
    EcdhIntegratedMapping = 4,
    EcdhChipAuthenticationMapping = 6,
};

/// One way to run PACE that the chip offers, as a PACEInfo of EF.CardAccess states it (Doc 9303-11, 9.2.1).
struct PaceConfiguration {
    PaceVariant variant;
    SymmetricCipher cipher;
    crypto::StandardizedDomainParameters domainParameters;
};

[[nodiscard]] constexpr bool usesIntegratedMapping(PaceVariant variant) {
    return variant == PaceVariant::DhIntegratedMapping || variant == PaceVariant::EcdhIntegratedMapping;
}

[[nodiscard]] constexpr bool usesDh(PaceVariant variant) {
    return variant == PaceVariant::DhGenericMapping || variant == PaceVariant::DhIntegratedMapping;
}

/// Whether the chip can run it: domain parameters of the protocol's algorithm that the chip knows, no 3DES
/// with Chip Authentication Mapping, no secp224r1 with Integrated Mapping (Doc 9303-11, 4.4.3 and 9.5.1).
[[nodiscard]] bool isSupported(const PaceConfiguration& configuration);

} // namespace cancuoc::card::emrtd
