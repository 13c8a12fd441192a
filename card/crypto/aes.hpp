// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <mbedtls/cipher.h>

namespace cancuoc::card::crypto {

/// Block size of AES in bytes.
inline constexpr std::size_t aesBlockSize = 16;

using AesBlock = std::array<std::uint8_t, aesBlockSize>;

/// Encrypts one block (AES-ECB). `key` has 16, 24 or 32 bytes; false for any other length.
[[nodiscard]] bool aesEncryptBlock(std::span<const std::uint8_t> key,
                                   std::span<const std::uint8_t, aesBlockSize> input,
                                   std::span<std::uint8_t, aesBlockSize> output);

/// Encrypts whole blocks in CBC mode, without padding (ISO/IEC 10116). `key` has 16, 24 or 32 bytes; `input`
/// and `output` have the same length, a multiple of 16, and are the same memory or apart. False when a length
/// is wrong.
[[nodiscard]] bool aesCbcEncrypt(std::span<const std::uint8_t> key,
                                 std::span<const std::uint8_t, aesBlockSize> initializationVector,
                                 std::span<const std::uint8_t> input, std::span<std::uint8_t> output);

/// The inverse of aesCbcEncrypt, under the same conditions.
[[nodiscard]] bool aesCbcDecrypt(std::span<const std::uint8_t> key,
                                 std::span<const std::uint8_t, aesBlockSize> initializationVector,
                                 std::span<const std::uint8_t> input, std::span<std::uint8_t> output);

/// AES-CMAC (NIST SP 800-38B) over a message that arrives in pieces.
class AesCmac {
public:
    /// `key` has 16, 24 or 32 bytes; with any other length `finish` answers false.
    explicit AesCmac(std::span<const std::uint8_t> key);
    ~AesCmac();
    AesCmac(const AesCmac&) = delete;
    AesCmac& operator=(const AesCmac&) = delete;

    /// Appends a piece of any length to the message.
    void update(std::span<const std::uint8_t> message);

    /// Ends the message and writes the leftmost bytes of its MAC, as many as `mac` holds: 1 to 16. To be
    /// called once. False when the key, a piece before or the length of `mac` is at fault.
    [[nodiscard]] bool finish(std::span<std::uint8_t> mac);

private:
    mbedtls_cipher_context_t context_;
    bool usable_ = false;
};

/// AES-CMAC of one message, truncated to the length of `mac` (1 to 16 bytes): see AesCmac.
[[nodiscard]] bool aesCmac(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message,
                           std::span<std::uint8_t> mac);

} // namespace cancuoc::card::crypto
