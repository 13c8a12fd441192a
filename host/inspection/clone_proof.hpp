// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "host/access/active_authentication.hpp"
#include "host/access/card_session.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/base/random.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/trust/check.hpp"

/// The proofs that a chip is no copy: it knows a private key that cannot be read from it. Each counts only if
/// the data group with the public key is the signed one.
namespace cancuoc::inspection {

/// How Chip Authentication ended, and what Terminal Authentication needs of it.
struct ChipAuthenticationProof {
    trust::Check check; ///< `chip-authentication`
    /// Comp of the terminal's ephemeral key that secure messaging goes on with; empty unless it passed.
    Bytes compressedTerminalKey;
};

/// Chip Authentication with the key that DG14 promises (Doc 9303-11, 6.2). Secure messaging goes on with the
/// new keys if it passed, and is broken if it failed.
/// @param confirm sends the first command under the new keys
/// @throws what CardSession::transmit throws when the card is gone
[[nodiscard]] ChipAuthenticationProof proveByChipAuthentication(CardSession& session, RandomSource& random,
                                                                const lds::DataGroup14& dataGroup14,
                                                                const ChipAuthentication::Confirm& confirm);

/// How Active Authentication ended, and what it ended with.
struct ActiveAuthenticationProof {
    trust::Check check; ///< `active-authentication`
    /// What the chip was asked and answered; nothing if it was not asked, or refused.
    std::optional<ActiveAuthenticationEvidence> evidence;
};

/// Active Authentication with the key of DG15 (Doc 9303-11, 6.1).
/// @param dataGroup14 names the signature algorithm of elliptic curve keys; null if it was not read
/// @param challenge the caller's own, 8 bytes; without one, a fresh one is drawn
/// @throws BadConfiguration if the challenge has not 8 bytes
/// @throws what CardSession::transmit throws when the card is gone
[[nodiscard]] ActiveAuthenticationProof
proveByActiveAuthentication(CardSession& session, RandomSource& random, const lds::DataGroup15& dataGroup15,
                            const lds::DataGroup14* dataGroup14, const std::optional<Bytes>& challenge);

} // namespace cancuoc::inspection
