// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"
#include "host/apdu/response.hpp"
#include "personalization/globalplatform/key_check_value.hpp"

#include <cstddef>
#include <cstdint>

namespace cancuoc::personalization {

/// P1 of EXTERNAL AUTHENTICATE: what protects each command and response (GlobalPlatform Card Specification
/// 2.3.1, E.5.2.3; Amendment D, 7.1.2.1). The last three are SCP03's alone.
enum class SecurityLevel : std::uint8_t {
    CommandMac = 0x01,
    CommandMacAndEncryption = 0x03,
    CommandAndResponseMac = 0x11,
    CommandMacAndEncryptionResponseMac = 0x13,
    CommandAndResponseMacAndEncryption = 0x33,
};

/// Bits of a security level.
namespace security_level {

inline constexpr std::uint8_t commandEncryption = 0x02;
inline constexpr std::uint8_t responseMac = 0x10;
inline constexpr std::uint8_t responseEncryption = 0x20;

} // namespace security_level

/// The host's end of a secure channel session, whichever protocol it follows: cryptograms, then the
/// protection of one command and its response after another.
class SecureChannelSession {
public:
    SecureChannelSession() = default;
    SecureChannelSession(const SecureChannelSession&) = delete;
    SecureChannelSession& operator=(const SecureChannelSession&) = delete;
    virtual ~SecureChannelSession() = default;

    /// Whether the card knows the static keys; compares in constant time.
    [[nodiscard]] virtual bool isCardCryptogram(BytesView cardCryptogram) const = 0;

    /// EXTERNAL AUTHENTICATE with the host cryptogram and its C-MAC; from then on `level` holds.
    [[nodiscard]] virtual CommandApdu externalAuthenticate(SecurityLevel level) = 0;

    /// Encrypts the data of `command` when the level says so, and adds the C-MAC. Throws BadConfiguration
    /// when the protected command would be longer than the protocol carries.
    [[nodiscard]] virtual CommandApdu wrap(const CommandApdu& command) = 0;

    /// Checks the protection of the response to the command wrapped last and takes it off. An error's status
    /// word comes bare and is passed on. Throws SecureMessagingError when the protection is missing or wrong.
    [[nodiscard]] virtual ResponseApdu unwrap(const ResponseApdu& response) const = 0;

    /// Encrypts keys and other sensitive data under the data encryption key. `plain` is whole blocks of
    /// sensitiveBlockSize().
    [[nodiscard]] virtual Bytes encryptSensitive(BytesView plain) const = 0;
    [[nodiscard]] virtual std::size_t sensitiveBlockSize() const = 0;

    /// The type of the keys that serve this protocol.
    [[nodiscard]] virtual KeyType keyType() const = 0;

    /// The most that wrapping adds to a command's data.
    [[nodiscard]] virtual std::size_t maximumOverhead() const = 0;

    /// Whether protected commands may have extended length fields.
    [[nodiscard]] virtual bool takesExtendedLength() const = 0;
};

} // namespace cancuoc::personalization
