// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

#include "host/access/active_authentication.hpp"
#include "host/access/card_session.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/access/chip_authentication_mapping.hpp"
#include "host/base/random.hpp"
#include "host/inspection/document.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/trust/check.hpp"
#include "host/trust/trust_store.hpp"

/// The proofs that a chip is no copy: it knows a private key that cannot be read from it. Each counts only if
/// the data group with the public key is the signed one.
namespace cancuoc::inspection {

/// How Chip Authentication ended, and what Terminal Authentication needs of it.
struct ChipAuthenticationProof {
    trust::Check check; ///< `chip-authentication`
    /// Comp of the terminal's ephemeral key that secure messaging goes on with; empty unless it passed.
    Bytes compressedTerminalKey;
};

/// How `chip-authentication` ends if DG14 holds no key for it; nothing if it holds one.
[[nodiscard]] std::optional<trust::Check>
checkWithoutChipAuthenticationKey(const lds::DataGroup14& dataGroup14);

/// Chip Authentication with the key that DG14 promises (Doc 9303-11, 6.2). Secure messaging goes on with the
/// new keys if it passed, and is broken if it failed.
/// @param confirm sends the first command under the new keys
/// @throws what CardSession::transmit throws when the card is gone
[[nodiscard]] ChipAuthenticationProof proveByChipAuthentication(CardSession& session, RandomSource& random,
                                                                const lds::DataGroup14& dataGroup14,
                                                                const ChipAuthentication::Confirm& confirm);

/// `chip-authentication` by PACE with the chip authentication mapping (Doc 9303-11, 4.4.3.5.2): the key with
/// the number of the PACEInfo in EF.CardSecurity, which must verify to an anchor of the store.
/// @param data what PACE left
[[nodiscard]] trust::Check proveByChipAuthenticationMapping(const ChipAuthenticationData& data,
                                                            const Document& document,
                                                            const trust::TrustStore* store,
                                                            std::chrono::sys_seconds time);

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
[[nodiscard]] ActiveAuthenticationProof proveByActiveAuthentication(ActiveAuthentication protocol,
                                                                    const lds::DataGroup15& dataGroup15,
                                                                    const lds::DataGroup14* dataGroup14,
                                                                    const std::optional<Bytes>& challenge);

/// `active-authentication` by what a chip has signed before: how the proof ends without the card.
/// @param dataGroup14 as above
[[nodiscard]] trust::Check checkActiveAuthentication(const ActiveAuthenticationEvidence& evidence,
                                                     const lds::DataGroup15& dataGroup15,
                                                     const lds::DataGroup14* dataGroup14);

} // namespace cancuoc::inspection
