// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "host/base/random.hpp"
#include "host/reader/connection.hpp"
#include "personalization/loading/scp03_session.hpp"

#include <string>

namespace cancuoc::personalization {

/// The chip and the host do not share keys. Nothing is tried again, for a card counts failures and locks.
class AuthenticationRefused : public Error {
public:
    using Error::Error;
};

/// An SCP03 secure channel to the security domain that is selected (GlobalPlatform Amendment D), over a
/// connection that must outlive it.
class Scp03Channel {
public:
    /// INITIALIZE UPDATE and EXTERNAL AUTHENTICATE, with the host challenge from `random`. The card must
    /// prove its keys before the host proves its own. Throws AuthenticationRefused, naming the chip's key
    /// diversification data and key version, when either does not accept the other; CardError when the chip
    /// opens no channel for another reason.
    [[nodiscard]] static Scp03Channel open(Connection& connection, const Scp03Keys& keys,
                                           Scp03SecurityLevel level, RandomSource& random);

    /// Sends `command` protected and returns the response, unprotected. Throws SecureMessagingError for a
    /// response with a wrong R-MAC; what Connection::transmit throws.
    [[nodiscard]] ResponseApdu transmit(const CommandApdu& command);

    /// The most data that a command may have for the reader and the card to take it protected.
    [[nodiscard]] std::size_t maximumCommandData() const;

    /// 10 bytes that name the chip: its serial.
    [[nodiscard]] const Bytes& keyDiversificationData() const { return card_.keyDiversificationData; }

private:
    Scp03Channel(Connection& connection, Scp03Session session, InitializeUpdateResponse card);

    Connection* connection_;
    Scp03Session session_;
    InitializeUpdateResponse card_;
};

/// Sends INITIALIZE UPDATE to the selected security domain with this host challenge (8 bytes).
/// Throws CardError when the chip does not answer 9000.
[[nodiscard]] InitializeUpdateResponse initializeUpdate(Connection& connection, std::uint8_t keyVersion,
                                                        BytesView hostChallenge);

} // namespace cancuoc::personalization
