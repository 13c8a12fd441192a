// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/base/random.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/trust/check.hpp"

/// The proofs that a chip is no copy: it knows a private key that cannot be read from it. Each counts only if
/// the data group with the public key is the signed one.
namespace cancuoc::inspection {

/// `chip-authentication` with the key that DG14 promises (Doc 9303-11, 6.2). Secure messaging goes on with
/// the new keys if it passed, and is broken if it failed.
/// @throws what CardSession::transmit throws when the card is gone
[[nodiscard]] trust::Check proveByChipAuthentication(CardSession& session, RandomSource& random,
                                                     const lds::DataGroup14& dataGroup14);

/// `active-authentication` with the key of DG15 (Doc 9303-11, 6.1).
/// @param dataGroup14 names the signature algorithm of elliptic curve keys; null if it was not read
/// @throws what CardSession::transmit throws when the card is gone
[[nodiscard]] trust::Check proveByActiveAuthentication(CardSession& session, RandomSource& random,
                                                       const lds::DataGroup15& dataGroup15,
                                                       const lds::DataGroup14* dataGroup14);

} // namespace cancuoc::inspection
