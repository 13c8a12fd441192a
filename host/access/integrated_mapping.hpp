// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/mapping.hpp"
#include "host/crypto/cipher.hpp"

namespace cancuoc {

/// The integrated mapping, Doc 9303-11, 4.4.3.3.2: the terminal adds a nonce of its own in clear, and both
/// nonces are mapped to a pseudo-random number, the number to a generator.
class IntegratedMapping final : public Mapping {
public:
    /// Draws the terminal's nonce t from `random`: as many bytes as a key of `cipher` has.
    IntegratedMapping(DomainParameters parameters, BlockCipher cipher, RandomSource& random);

    [[nodiscard]] BytesView terminalData() const override { return terminalNonce_; }
    /// Throws MalformedData unless the nonce has the cipher's length and the card's answer is empty.
    [[nodiscard]] EphemeralDomainParameters map(BytesView nonce, BytesView chipData) override;

private:
    DomainParameters parameters_;
    BlockCipher cipher_;
    Bytes terminalNonce_;
};

/// R_p(s, t) of 4.4.3.3.2 before it is reduced: int(x_1 || x_2 || ... || x_n), at least 64 bits longer than a
/// prime of `primeBits`.
[[nodiscard]] SecretBytes pseudoRandomNumber(BlockCipher cipher, BytesView nonce, BytesView terminalNonce,
                                             std::size_t primeBits);

/// f_G of 4.4.3.3.2 and Appendix B.2: a point of the curve from a number, which is reduced modulo the curve's
/// prime first. Only for primes that are 3 modulo 4, that is for all curves but P-224. Throws
/// CryptographyError for numbers that give no point.
[[nodiscard]] EcPointPtr encodeToPoint(const EllipticCurve& curve, BytesView number);

/// f_g of 4.4.3.3.2: the number, reduced modulo p, to the power of the cofactor (p - 1) / q. Throws
/// CryptographyError if that is 0 or 1.
[[nodiscard]] BignumPtr encodeToElement(const DiffieHellmanGroup& group, BytesView number);

} // namespace cancuoc
