// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>

#include "host/access/card_session.hpp"
#include "host/inspection/document.hpp"
#include "host/inspection/inspection_request.hpp"
#include "host/trust/check.hpp"
#include "host/trust/terminal_keys.hpp"

/// The terminal's proof to the chip that it may read fingers and irises, DG3 and DG4.
namespace cancuoc::inspection {

/// What the session knows that Terminal Authentication signs (Doc 9303-11, 7.1.2).
struct TerminalAuthenticationInput {
    Bytes chipIdentifier; ///< Comp(PK_DH,IC) after PACE; empty after BAC, where DG1 has the document number
    Bytes compressedTerminalKey; ///< Comp(PK_DH,IFD) of Chip Authentication; empty if that did not pass
};

/// How Terminal Authentication ended.
struct TerminalAccess {
    trust::Check check;       ///< `terminal-authentication`: passed, or not performed and why
    std::set<int> dataGroups; ///< those of 3 and 4 that the certificates open; empty unless it passed
};

/// How `terminal-authentication` ends without being tried: the card does not offer it, there are no terminal
/// keys, or nothing behind it is to be read. Nothing if it is to be tried.
[[nodiscard]] std::optional<trust::Check>
checkWithoutTerminalAuthentication(const Document& document, const InspectionRequest& request);

/// Terminal Authentication, version 1, with the chain that leads from the card's trust points in EF.CVCA to
/// one of `keys` (Doc 9303-11, 7.1 and K.2). A card that refuses the terminal is not suspicious for it; the
/// check says what it refused.
/// @param day on which certificates should be valid
/// @throws what CardSession::transmit throws when the card is gone
[[nodiscard]] TerminalAccess authenticateTerminal(CardSession& session, const Document& document,
                                                  const trust::TerminalKeys& keys,
                                                  const TerminalAuthenticationInput& input, Date day);

} // namespace cancuoc::inspection
