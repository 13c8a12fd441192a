// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/command.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"
#include "card/crypto/secret_array.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::manager {

/// The longest static or session key: AES-256.
inline constexpr std::size_t maximumKeySize = 32;

using ChannelKey = crypto::SecretBuffer<maximumKeySize>;

/// The static keys of a security domain, all of one length: 16, 24 or 32 bytes for AES, 16 for two-key 3DES
/// (GlobalPlatform Amendment D, 6.1; Card Specification, E.4.1).
struct StaticKeys {
    ChannelKey encryption;
    ChannelKey mac;
    ChannelKey dataEncryption;
};

/// Bits of the security level that EXTERNAL AUTHENTICATE asks for (GlobalPlatform Amendment D, 7.1.2.1).
enum SecurityLevel : std::uint8_t {
    CommandMac = 0x01,
    CommandDecryption = 0x02,
    ResponseMac = 0x10,
    ResponseEncryption = 0x20,
};

/// The class bytes of a command under a secure channel, of the plain command in it, and of one as ISO/IEC
/// 7816-4 has it.
inline constexpr std::uint8_t protectedClass = 0x84;
inline constexpr std::uint8_t plainClass = 0x80;
inline constexpr std::uint8_t interindustryClass = 0x00;

/// The card's side of a secure channel once it was initialized, whichever protocol it follows:
/// authenticateHost, then unprotect and protect for each command. Every failure ends the session.
class SecureChannel {
public:
    /// EXTERNAL AUTHENTICATE with its data, host cryptogram and MAC: 9000, and the session is open at the
    /// security level of P1; or an error, and there is no session.
    [[nodiscard]] virtual StatusWord authenticateHost(const Command& command) = 0;

    /// Whether the host has authenticated itself and the session goes on.
    [[nodiscard]] virtual bool active() const = 0;

    /// Verifies the MAC of a command and decrypts its data in place, as the level demands. `command` then
    /// holds the plain data and CLA 80. 6982 ends the session.
    [[nodiscard]] virtual StatusWord unprotect(Command& command, std::span<std::uint8_t> data) = 0;

    /// Encrypts the response data and appends the MAC, as the level demands. An error status goes out bare.
    /// False when there is no room; the session is ended.
    [[nodiscard]] virtual bool protect(StatusWord status, Response& response) = 0;

    /// Decrypts sensitive data (keys, passwords) under the data encryption key; `plain` has the length of
    /// `cryptogram`. False when that is not a multiple of `sensitiveBlockSize`.
    [[nodiscard]] virtual bool decryptSensitive(std::span<const std::uint8_t> cryptogram,
                                                std::span<std::uint8_t> plain) const = 0;

    /// Block size of that encryption in bytes.
    [[nodiscard]] virtual std::size_t sensitiveBlockSize() const = 0;

    /// Wipes the session.
    virtual void reset() = 0;

protected:
    ~SecureChannel() = default;
};

} // namespace cancuoc::card::manager
