// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"

namespace cancuoc {

/// Sends a command whose data may be longer than the channel takes at once: in one command where it fits,
/// with extended length where reader and card know it, and in parts with command chaining otherwise (ISO/IEC
/// 7816-4, 5.3.3; Doc 9303-11, 9.3). Returns the answer to the last part, or the first refusal. Throws what
/// CardSession::transmit throws.
[[nodiscard]] ResponseApdu transmitLong(CardSession& session, const CommandApdu& command);

} // namespace cancuoc
