// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/access_key.hpp"
#include "host/access/card_session.hpp"
#include "host/reader/pace_channel.hpp"

namespace cancuoc {

/// Lets the reader run PACE with the card, and starts its channel in `session` (BSI TR-03119, D.1.2).
/// @param password which one is used
/// @param can given, the reader need not ask for the CAN; null: the holder types the password at the reader
/// Throws BadConfiguration when the reader does not run PACE, or not with this password; WrongAccessKey when
/// the card does not accept it; Cancelled when the holder cancelled, or typed nothing; CardError when the
/// card refuses a step; MalformedData when its answers do not follow the protocol; CardReset, CardRemoved and
/// what Connection::transmit throws.
[[nodiscard]] EstablishPaceChannelOutput performReaderPace(CardSession& session, PasswordType password,
                                                           const AccessKey* can);

} // namespace cancuoc
