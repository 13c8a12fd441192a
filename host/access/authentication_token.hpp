// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/object_identifier.hpp"
#include "host/crypto/mac.hpp"

namespace cancuoc {

/// What kind of keys the two sides agree with.
enum class KeyAgreement { EllipticCurve, DiffieHellman };

/// The public key data object of an ephemeral key: 7F49 { 06 protocol, 86 point } or
/// 7F49 { 06 protocol, 84 public value } (Doc 9303-11, 9.4.3 to 9.4.5).
[[nodiscard]] Bytes ephemeralPublicKeyDataObject(const ObjectIdentifier& protocol, BytesView publicKey,
                                                 KeyAgreement agreement = KeyAgreement::EllipticCurve);

/// The authentication token of PACE, and of Chip Authentication version 2: the MAC under KSmac over the other
/// side's ephemeral public key (Doc 9303-11, 4.4.3.4).
[[nodiscard]] MessageAuthenticationCode::Value
authenticationToken(BlockCipher cipher, BytesView macKey, const ObjectIdentifier& protocol,
                    BytesView publicKey, KeyAgreement agreement = KeyAgreement::EllipticCurve);

} // namespace cancuoc
