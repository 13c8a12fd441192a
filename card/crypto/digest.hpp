// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

#include <mbedtls/md.h>

namespace cancuoc::card::crypto {

/// The hash functions of Doc 9303-11 (FIPS 180-4).
enum class HashAlgorithm : std::uint8_t { Sha1, Sha224, Sha256, Sha384, Sha512 };

/// Size of the longest digest in bytes.
inline constexpr std::size_t maximumDigestSize = 64;

/// Size of the digest in bytes: 20, 28, 32, 48 or 64.
[[nodiscard]] constexpr std::size_t digestSize(HashAlgorithm algorithm) {
    switch (algorithm) {
    case HashAlgorithm::Sha1:
        return 20;
    case HashAlgorithm::Sha224:
        return 28;
    case HashAlgorithm::Sha256:
        return 32;
    case HashAlgorithm::Sha384:
        return 48;
    case HashAlgorithm::Sha512:
        return 64;
    }
    return 0;
}

/// Hashes a message that comes in pieces.
class Hash {
public:
    explicit Hash(HashAlgorithm algorithm);
    ~Hash();
    Hash(const Hash&) = delete;
    Hash& operator=(const Hash&) = delete;

    /// Appends a piece of any length to the message.
    void update(std::span<const std::uint8_t> message);

    /// Writes the digest, of exactly digestSize bytes. To be called once; false when `output` has another
    /// size or the cryptographic library fails.
    [[nodiscard]] bool finish(std::span<std::uint8_t> output);

private:
    mbedtls_md_context_t context_;
    std::size_t size_;
    bool usable_ = false;
};

/// Hashes the concatenation of `parts` into `output`, which has exactly digestSize(algorithm) bytes; false
/// when it has not.
[[nodiscard]] bool digest(HashAlgorithm algorithm, std::initializer_list<std::span<const std::uint8_t>> parts,
                          std::span<std::uint8_t> output);

} // namespace cancuoc::card::crypto
