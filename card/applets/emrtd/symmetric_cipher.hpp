// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/fault_guard.hpp"
#include "card/crypto/aes.hpp"
#include "card/crypto/secret_array.hpp"
#include "card/crypto/triple_des.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// The symmetric algorithms of PACE, Chip Authentication and secure messaging (Doc 9303-11, Tables 3 and 6).
/// The values are the last arcs of the protocols' object identifiers.
enum class SymmetricCipher : std::uint8_t { TripleDes = 1, Aes128 = 2, Aes192 = 3, Aes256 = 4 };

/// Longest key in bytes (AES-256).
inline constexpr std::size_t maximumKeySize = 32;
/// Longest block in bytes (AES).
inline constexpr std::size_t maximumBlockSize = crypto::aesBlockSize;
/// Size in bytes of every message authentication code in Doc 9303-11: secure messaging, tokens and BAC.
inline constexpr std::size_t macSize = 8;

using SymmetricKey = crypto::SecretBuffer<maximumKeySize>;

/// Key size in bytes, with the parity bits of 3DES: 16, 16, 24, 32.
[[nodiscard]] std::size_t keySizeOf(SymmetricCipher cipher);
/// Block size in bytes: 8 or 16.
[[nodiscard]] std::size_t blockSizeOf(SymmetricCipher cipher);

/// Encrypts whole blocks in CBC mode, without padding. `initializationVector` has one block, `input` and
/// `output` have the same length and are the same memory or apart. False when a length is wrong.
[[nodiscard]] bool cbcEncrypt(SymmetricCipher cipher, const SymmetricKey& key,
                              std::span<const std::uint8_t> initializationVector,
                              std::span<const std::uint8_t> input, std::span<std::uint8_t> output);

/// The inverse of cbcEncrypt, under the same conditions.
[[nodiscard]] bool cbcDecrypt(SymmetricCipher cipher, const SymmetricKey& key,
                              std::span<const std::uint8_t> initializationVector,
                              std::span<const std::uint8_t> input, std::span<std::uint8_t> output);

/// The message authentication code that belongs to a cipher, over a message that arrives in pieces: CMAC cut
/// to 8 bytes with AES, ISO/IEC 9797-1 MAC algorithm 3 with 3DES.
class MessageAuthenticationCode {
public:
    MessageAuthenticationCode(SymmetricCipher cipher, const SymmetricKey& key);

    /// Appends a piece of any length to the message.
    void update(std::span<const std::uint8_t> message);

    /// Pads the message up to here to whole blocks by ISO/IEC 9797-1 padding method 2.
    void pad();

    /// Ends the message; to be called once. With 3DES the message must have ended with `pad`. False when the
    /// key does not fit the cipher or the message does not fill whole blocks of 3DES.
    [[nodiscard]] bool finish(std::span<std::uint8_t, macSize> mac);

    /// Ends the message and lets `guard` compare its code in constant time with the one received; false when
    /// they differ.
    [[nodiscard]] bool verify(std::span<const std::uint8_t> received, const FaultGuard& guard);

private:
    std::size_t blockSize_;
    std::size_t filled_ = 0;
    std::optional<crypto::AesCmac> cmac_;
    std::optional<crypto::RetailMac> retailMac_;
};

} // namespace cancuoc::card::emrtd
