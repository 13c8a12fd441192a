// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/key_derivation.hpp"
#include "card/crypto/key_agreement_group.hpp"

#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// Encrypted Chip Authentication Data: a scalar, padded.
using EncryptedChipAuthenticationData = crypto::SecretBuffer<crypto::maximumOrderSize + maximumBlockSize>;

/// What Chip Authentication Mapping adds to Generic Mapping (Doc 9303-11, 4.4.3.5): the chip proves its
/// static private key by the mapping key it used.
///
/// Writes A_IC = E(KS_Enc, CA_IC) with CA_IC = (SK_IC)^-1 × SK_Map,IC modulo the group order. False when a
/// private key is not one of the curve or the cipher is 3DES.
[[nodiscard]] bool encryptChipAuthenticationData(crypto::StandardizedDomainParameters domainParameters,
                                                 std::span<const std::uint8_t> staticPrivateKey,
                                                 std::span<const std::uint8_t> mappingPrivateKey,
                                                 const SessionKeys& sessionKeys,
                                                 EncryptedChipAuthenticationData& data);

} // namespace cancuoc::card::emrtd
