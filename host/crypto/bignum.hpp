// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"

namespace cancuoc {

/// Zero, in memory that OpenSSL keeps for secrets.
[[nodiscard]] BignumPtr newBignum();

/// The unsigned number that `bytes` write, most significant byte first. OpenSSL treats it as a secret.
[[nodiscard]] BignumPtr toBignum(BytesView bytes);

/// The number in `width` bytes, most significant byte first, leading zero bytes kept. Throws
/// CryptographyError when it needs more.
[[nodiscard]] SecretBytes toBytesOfWidth(const BIGNUM& number, std::size_t width);

/// Working memory of OpenSSL's arithmetic, wiped when freed.
[[nodiscard]] BignumContextPtr newBignumContext();

/// Draws a number between 1 and `bound` less 1 from `random`: as many bytes as `bound` has at a time, surplus
/// high bits cleared, until they lie in the range. In the width of `bound`.
[[nodiscard]] SecretBytes drawBelow(const BIGNUM& bound, RandomSource& random);

/// Whether `number`, big-endian, lies between 1 and `bound` less 1.
[[nodiscard]] bool isBetweenZeroAnd(const BIGNUM& bound, BytesView number);

} // namespace cancuoc
