// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/object_identifier.hpp"
#include "host/crypto/mac.hpp"

namespace cancuoc {

/// The public key data object of an ephemeral elliptic curve key: 7F49 { 06 protocol, 86 point }
/// (Doc 9303-11, 9.4.4 and 9.4.5).
[[nodiscard]] Bytes ephemeralPublicKeyDataObject(const ObjectIdentifier& protocol, BytesView publicKey);

/// The authentication token of PACE: the MAC under KSmac over the other side's ephemeral public key
/// (Doc 9303-11, 4.4.3.4).
[[nodiscard]] MessageAuthenticationCode::Value authenticationToken(BlockCipher cipher, BytesView macKey,
                                                                   const ObjectIdentifier& protocol,
                                                                   BytesView publicKey);

} // namespace cancuoc
