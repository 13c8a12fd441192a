// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/random.hpp"
#include "card/crypto/digest.hpp"
#include "card/crypto/secret_array.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

#include <mbedtls/rsa.h>

namespace cancuoc::card::crypto {

/// Bytes of the shortest and the longest modulus of a private key: 1024 to 2048 bits.
inline constexpr std::size_t minimumRsaPrivateModulusSize = 128;
inline constexpr std::size_t maximumRsaPrivateModulusSize = 256;
/// Bytes of the shortest and the longest modulus of a public key: 2048 to 3072 bits (Doc 9303-11, 7.1.4.1.2).
inline constexpr std::size_t minimumRsaPublicModulusSize = 256;
inline constexpr std::size_t maximumRsaPublicModulusSize = 384;
/// Bytes of the longest public exponent.
inline constexpr std::size_t maximumRsaPublicExponentSize = 4;

/// An RSA private key as its two primes and its public exponent.
class RsaPrivateKey {
public:
    /// The primes and the exponent are unsigned integers, big-endian.
    RsaPrivateKey(std::span<const std::uint8_t> firstPrime, std::span<const std::uint8_t> secondPrime,
                  std::span<const std::uint8_t> publicExponent);
    ~RsaPrivateKey();
    RsaPrivateKey(const RsaPrivateKey&) = delete;
    RsaPrivateKey& operator=(const RsaPrivateKey&) = delete;

    /// Whether the numbers belong together and the modulus has 1024 to 2048 bits, a multiple of eight; all
    /// else fails when not.
    [[nodiscard]] bool usable() const { return usable_; }

    /// Bytes of the modulus.
    [[nodiscard]] std::size_t modulusSize() const;

    /// Writes the modulus, modulusSize() bytes.
    [[nodiscard]] bool modulus(std::span<std::uint8_t> output) const;

    /// Computes input^d modulo the modulus; both have modulusSize() bytes and may be the same memory. The
    /// input is blinded with `random`, and the result checked against faults.
    [[nodiscard]] bool decrypt(std::span<const std::uint8_t> input, RandomSource& random,
                               std::span<std::uint8_t> output);

private:
    mbedtls_rsa_context context_;
    bool usable_ = false;
};

/// How an RSA signature is padded (RFC 8017, 8.1 and 8.2).
enum class RsaPadding : std::uint8_t { Pkcs1Version15, Pss };

/// Whether `signature` is that of a message with the digest `hash` under the public key. PSS takes the same
/// hash function for its mask and a salt of the digest's length (Doc 9303-11, 7.1.4.1.1). False also when the
/// modulus does not have 2048 to 3072 bits or the exponent more than 32.
[[nodiscard]] bool verifyRsa(std::span<const std::uint8_t> modulus,
                             std::span<const std::uint8_t> publicExponent, RsaPadding padding,
                             HashAlgorithm algorithm, std::span<const std::uint8_t> hash,
                             std::span<const std::uint8_t> signature);

} // namespace cancuoc::card::crypto
