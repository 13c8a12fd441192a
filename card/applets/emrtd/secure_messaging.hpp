// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/key_derivation.hpp"
#include "card/core/command.hpp"
#include "card/core/fault_guard.hpp"
#include "card/core/status_word.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// The chip's end of a secure messaging session (Doc 9303-11, 9.8): commands are unwrapped and responses
/// wrapped in turn, each step counting the Send Sequence Counter on.
///
/// A session that met an error is over: its keys are wiped and nothing unwraps any more (9.8.3, 9.8.5). The
/// application drops it and with it every access right.
class SecureMessaging {
public:
    /// What wrapping adds to response data at most: DO'87' header with padding-content indicator (5), padding
    /// (16), DO'99' (4), DO'8E' (10).
    static constexpr std::size_t maximumOverhead = 5 + maximumBlockSize + 4 + 10;

    /// A session with `keys`; `guard` decides whether a command comes from whoever has them too.
    SecureMessaging(const SessionKeys& keys, FaultGuard guard);

    /// Whether a class byte of the first interindustry range indicates secure messaging (ISO/IEC
    /// 7816-4, 5.4.1).
    [[nodiscard]] static constexpr bool isProtected(std::uint8_t cla) { return (cla & 0x0C) != 0; }

    /// Verifies and decrypts a protected command. On Success `plain` is the unprotected command: its data
    /// view `buffer`, its class byte keeps the chaining bit, its expected length is cut so that the wrapped
    /// response fits the protected command's Le (256 bytes in short form). `buffer` is at least as long as
    /// the protected data and may be the very memory that holds them.
    ///
    /// Otherwise the session is over, and the status is to be answered without protection:
    /// SecureMessagingObjectsMissing (6987) when the command is plain or lacks its DO'8E';
    /// SecureMessagingObjectsIncorrect (6988) when a data object is malformed, unknown, repeated or out of
    /// the order [DO'85' or DO'87'] [DO'97'] DO'8E' (9.8.4), or the checksum or the padding is wrong.
    [[nodiscard]] StatusWord unwrap(const Command& command, std::span<std::uint8_t> buffer, Command& plain);

    /// Protects the response to the command unwrapped before. `buffer` begins with the `size` bytes of
    /// response data and ends up beginning with the protected data field, whose length is returned. Zero when
    /// `buffer` has less than `size` + maximumOverhead bytes, when the last command was not unwrapped, or
    /// when the session is over.
    [[nodiscard]] std::size_t wrap(StatusWord status, std::size_t size, std::span<std::uint8_t> buffer);

private:
    struct ProtectedObjects;

    [[nodiscard]] StatusWord open(const Command& command, std::span<std::uint8_t> buffer, Command& plain);
    [[nodiscard]] bool verify(const Command& command, const ProtectedObjects& objects) const;
    [[nodiscard]] bool decrypt(std::span<const std::uint8_t> cryptogram, std::span<std::uint8_t> buffer,
                               std::span<const std::uint8_t>& data) const;
    [[nodiscard]] std::size_t seal(StatusWord status, std::size_t size, std::span<std::uint8_t> buffer);
    [[nodiscard]] std::size_t encrypt(std::size_t size, std::span<std::uint8_t> buffer) const;
    [[nodiscard]] bool initializationVector(std::span<std::uint8_t> vector) const;
    [[nodiscard]] std::size_t longestResponseFor(const Command& command) const;
    [[nodiscard]] std::span<const std::uint8_t> sendSequenceCounter() const;
    void incrementSendSequenceCounter();
    void end();

    SessionKeys keys_;
    FaultGuard guard_;
    bool active_ = true;
    bool awaitsResponse_ = false;
    bool oddInstruction_ = false;
};

} // namespace cancuoc::card::emrtd
