// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "host/base/random.hpp"
#include "host/reader/connection.hpp"
#include "personalization/globalplatform/initialize_update.hpp"
#include "personalization/globalplatform/secure_channel_session.hpp"
#include "personalization/globalplatform/security_domain_keys.hpp"

#include <memory>

namespace cancuoc::personalization {

/// The chip and the host do not share keys. Nothing is tried again, for a card counts failures and locks.
class AuthenticationRefused : public Error {
public:
    using Error::Error;
};

/// What the host must know of a chip's secure channel protocol before it asks. A chip that answers with the
/// other protocol is refused: nobody between may choose the weaker one.
struct SecureChannelProtocol {
    std::uint8_t identifier = 0x03; ///< 02 or 03
    /// The implementation option "i". Of SCP03, whose cards tell theirs, only the bit of the S16 mode counts;
    /// of SCP02 the bit of pseudo-random challenges.
    std::uint8_t option = 0x60;
    /// The identifier of the selected domain. With it, a challenge that the option calls pseudo-random must
    /// be the one that follows from the sequence counter; without it nobody looks.
    Bytes domain{};
};

/// A secure channel to the security domain that is selected, over a connection that must outlive it.
class SecureChannel {
public:
    /// INITIALIZE UPDATE and EXTERNAL AUTHENTICATE, with the host challenge from `random`. The card must
    /// prove its keys before the host proves its own. Throws AuthenticationRefused, naming the chip's key
    /// diversification data and key version, when either does not accept the other; BadConfiguration when the
    /// chip does not offer `level`; CardError when the chip opens no channel for another reason.
    [[nodiscard]] static SecureChannel open(Connection& connection, const SecurityDomainKeys& keys,
                                            SecurityLevel level, RandomSource& random,
                                            const SecureChannelProtocol& protocol = {});

    /// Sends `command` protected and returns the response, unprotected. Throws SecureMessagingError for a
    /// response with a wrong R-MAC; what Connection::transmit throws.
    [[nodiscard]] ResponseApdu transmit(const CommandApdu& command);

    /// The most data that a command may have for the reader and the card to take it protected.
    [[nodiscard]] std::size_t maximumCommandData() const;

    /// The most that the protection adds to a command's data.
    [[nodiscard]] std::size_t maximumOverhead() const { return session_->maximumOverhead(); }

    /// 10 bytes that name the chip: its serial.
    [[nodiscard]] const Bytes& keyDiversificationData() const { return card_.keyDiversificationData; }

    /// The version of the keys that opened the channel.
    [[nodiscard]] std::uint8_t keyVersion() const { return card_.keyVersion; }

    /// The type of the keys that serve the chip's protocol.
    [[nodiscard]] KeyType keyType() const { return session_->keyType(); }

    /// `key` under the data encryption key; it is whole blocks already (16 bytes with AES, 8 with 3DES).
    [[nodiscard]] Bytes encryptKey(BytesView key) const { return session_->encryptSensitive(key); }

    /// `secret` padded by method 2 of ISO/IEC 9797-1 and encrypted under the data encryption key.
    [[nodiscard]] Bytes encryptSecret(BytesView secret) const;

private:
    SecureChannel(Connection& connection, std::unique_ptr<SecureChannelSession> session,
                  InitializeUpdateResponse card);

    Connection* connection_;
    std::unique_ptr<SecureChannelSession> session_;
    InitializeUpdateResponse card_;
};

/// The size in bytes of the host challenge of a protocol.
[[nodiscard]] std::size_t hostChallengeSizeOf(const SecureChannelProtocol& protocol);

/// Sends INITIALIZE UPDATE to the selected security domain with this host challenge. Key version 0 leaves the
/// choice of the keys to the chip. Throws CardError when the chip does not answer 9000, MalformedData when it
/// answers with something else.
[[nodiscard]] InitializeUpdateResponse initializeUpdate(Connection& connection, std::uint8_t keyVersion,
                                                        BytesView hostChallenge);

} // namespace cancuoc::personalization
