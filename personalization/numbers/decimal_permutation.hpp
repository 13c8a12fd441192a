// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/cipher.hpp"

#include <array>
#include <cstdint>

namespace cancuoc::personalization {

/// FF1 (NIST SP 800-38G, algorithm 7) over numbers of 2·n decimal digits under one key and one tweak: a keyed
/// permutation of 0 to 10^2n - 1, ready for any number of them. One thread at a time.
///
/// Why it is sound: FF1 is a Feistel network of ten rounds, and such a network is a permutation whatever its
/// round function is, so that no two numbers meet; its domain is exactly the 10^2n numbers, so that nothing
/// has to be walked over. The round function is AES from OpenSSL over one or two blocks (CBC-MAC of messages
/// of one length), a pseudorandom function as long as AES is one: whoever has seen any part of the results
/// learns of the rest only that they are others. For 10^6 numbers the standard's least domain is reached
/// (SP 800-38G revision 1, 5.2), and the attacks known on FF1 with small domains need the same number under
/// many tweaks, or more results than there are.
class DecimalPermutation {
public:
    /// `key` has 16, 24 or 32 bytes; `tweak` 0 to 10; `digits` is 6, 8 or 10. Throws BadConfiguration
    /// otherwise.
    DecimalPermutation(BytesView key, BytesView tweak, unsigned digits);

    /// 10^digits.
    [[nodiscard]] std::uint64_t domain() const { return half_ * half_; }

    /// The number in the place of `number`, which is below domain(). Throws BadConfiguration otherwise.
    [[nodiscard]] std::uint64_t apply(std::uint64_t number);

private:
    using Block = std::array<std::uint8_t, 16>;

    [[nodiscard]] std::uint64_t roundValue(unsigned round, std::uint64_t right);

    BlockEncryption aes_;
    std::uint64_t half_ = 1; ///< 10^n
    unsigned halfBytes_ = 0; ///< b of the standard: bytes of half a number
    Block first_{};          ///< AES of the block P, which is the same in all rounds
    Block second_{};         ///< the block Q with all that is the same in all rounds
};

} // namespace cancuoc::personalization
