// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <mbedtls/des.h>

namespace cancuoc::card::crypto {

/// Block size of DES and 3DES in bytes.
inline constexpr std::size_t desBlockSize = 8;
/// Size of a two-key 3DES key in bytes, parity bits included.
inline constexpr std::size_t tripleDesKeySize = 16;

using DesBlock = std::array<std::uint8_t, desBlockSize>;

/// Encrypts whole blocks with two-key 3DES in CBC mode, without padding. `input` and `output` have the same
/// length, a multiple of 8, and are the same memory or apart. False when a length is wrong.
[[nodiscard]] bool tripleDesCbcEncrypt(std::span<const std::uint8_t, tripleDesKeySize> key,
                                       std::span<const std::uint8_t, desBlockSize> initializationVector,
                                       std::span<const std::uint8_t> input, std::span<std::uint8_t> output);

/// The inverse of tripleDesCbcEncrypt, under the same conditions.
[[nodiscard]] bool tripleDesCbcDecrypt(std::span<const std::uint8_t, tripleDesKeySize> key,
                                       std::span<const std::uint8_t, desBlockSize> initializationVector,
                                       std::span<const std::uint8_t> input, std::span<std::uint8_t> output);

/// Sets the lowest bit of every byte so that the byte has odd parity (FIPS 46-3).
void adjustDesParity(std::span<std::uint8_t> key);

/// The retail MAC: ISO/IEC 9797-1 MAC algorithm 3 with DES, zero initialization vector and padding method 2,
/// over a message that arrives in pieces.
class RetailMac {
public:
    explicit RetailMac(std::span<const std::uint8_t, tripleDesKeySize> key);
    ~RetailMac();
    RetailMac(const RetailMac&) = delete;
    RetailMac& operator=(const RetailMac&) = delete;

    /// Appends a piece of any length to the message.
    void update(std::span<const std::uint8_t> message);

    /// Pads the message up to here by padding method 2; more may follow (Doc 9303-11, 9.8.4 pads the command
    /// header on its own).
    void pad();

    /// Ends a message whose last act was `pad`, and writes its MAC. To be called once; false when the message
    /// does not fill whole blocks.
    [[nodiscard]] bool finish(std::span<std::uint8_t, desBlockSize> mac);

private:
    void absorb(std::uint8_t byte);

    mbedtls_des_context left_;
    mbedtls_des_context rightDecryption_;
    DesBlock chaining_{};
    std::size_t filled_ = 0;
    bool usable_ = false;
};

} // namespace cancuoc::card::crypto
