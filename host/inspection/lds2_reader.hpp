// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/inspection/inspection_event.hpp"
#include "host/inspection/lds2_content.hpp"
#include "host/lds/directory.hpp"

namespace cancuoc::inspection {

/// Whether EF.DIR lists one of the applications of LDS2.
[[nodiscard]] bool listsLds2(const lds::Directory& directory);

/// Reads the applications of LDS2 that `directory` lists, whose files open after PACE and Terminal
/// Authentication (Doc 9303-10, 5). What the card refuses, and what cannot be decoded, is named and left out.
/// Afterwards another application than the eMRTD's is selected.
/// @param observer is told of every file of records that was read
/// @throws what CardSession::transmit throws when the card is gone
[[nodiscard]] Lds2Content readLds2(CardSession& session, const lds::Directory& directory,
                                   const EventObserver& observer);

} // namespace cancuoc::inspection
