// SPDX-License-Identifier: Apache-2.0
#include "personalization/numbers/decimal_permutation.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

constexpr unsigned rounds = 10;
constexpr std::size_t longestTweak = 10;

BlockCipher cipherFor(BytesView key) {
    for (const BlockCipher cipher : {BlockCipher::Aes128, BlockCipher::Aes192, BlockCipher::Aes256}) {
        if (keySizeOf(cipher) == key.size()) {
            return cipher;
        }
    }
    throw BadConfiguration("The key of a permutation has 16, 24 or 32 bytes.");
}

/// Step 3 of the standard: b = ceil(ceil(v * log2(radix)) / 8) for halves of v digits.
unsigned bytesFor(std::uint64_t half) {
    unsigned bytes = 1;
    while ((std::uint64_t{1} << (8 * bytes)) < half) {
        ++bytes;
    }
    return bytes;
}

} // namespace

DecimalPermutation::DecimalPermutation(BytesView key, BytesView tweak, unsigned digits)
    : aes_(cipherFor(key), key) {
    if (tweak.size() > longestTweak || (digits != 6 && digits != 8 && digits != 10)) {
        throw BadConfiguration("A permutation is over 6, 8 or 10 digits, with a tweak of at most 10 bytes.");
    }
    for (unsigned digit = 0; digit < digits / 2; ++digit) {
        half_ *= 10;
    }
    halfBytes_ = bytesFor(half_);
    // Step 5: P = 1 || 2 || 1 || radix (3 bytes) || 10 || u mod 256 || n (4 bytes) || t (4 bytes).
    const Block first{1, 2,  1,  0,
                      0, 10, 10, static_cast<std::uint8_t>(digits / 2),
                      0, 0,  0,  static_cast<std::uint8_t>(digits),
                      0, 0,  0,  static_cast<std::uint8_t>(tweak.size())};
    aes_.encrypt(first, first_);
    // Step 6.i: Q = T || zeros || round || NUM(B); with such a tweak it is one block.
    std::copy(tweak.begin(), tweak.end(), second_.begin());
}

// Steps 6.i to 6.iv: y = NUM of the first d = 4 * ceil(b / 4) + 4 = 8 bytes of PRF(P || Q).
std::uint64_t DecimalPermutation::roundValue(unsigned round, std::uint64_t right) {
    Block block = second_;
    block[block.size() - halfBytes_ - 1] = static_cast<std::uint8_t>(round);
    for (unsigned index = 0; index < halfBytes_; ++index) {
        block[block.size() - 1 - index] = static_cast<std::uint8_t>(right >> (8 * index));
    }
    for (std::size_t index = 0; index < block.size(); ++index) {
        block[index] = static_cast<std::uint8_t>(block[index] ^ first_[index]);
    }
    Block value{};
    aes_.encrypt(block, value);
    return fromBigEndian(BytesView(value).first(8));
}

std::uint64_t DecimalPermutation::apply(std::uint64_t number) {
    if (number >= domain()) {
        throw BadConfiguration("The number has more digits than the permutation.");
    }
    std::uint64_t left = number / half_;
    std::uint64_t right = number % half_;
    for (unsigned round = 0; round < rounds; ++round) {
        // Steps 6.v to 6.ix.
        const std::uint64_t next = (left + roundValue(round, right) % half_) % half_;
        left = right;
        right = next;
    }
    return left * half_ + right;
}

} // namespace cancuoc::personalization
