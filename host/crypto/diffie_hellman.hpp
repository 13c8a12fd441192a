// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"

#include <optional>
#include <string>

namespace cancuoc {

/// A subgroup of the numbers modulo a prime p, with its generator g and, where it is known, its prime order
/// q: one of the standardized domain parameters 0 to 2 of Doc 9303-11, 9.5.1 (RFC 5114), or explicit ones.
/// Cheap to copy. Elements are passed around as unsigned integers of the fewest bytes (Doc 9303-11, 9.4.1 and
/// 9.4.3).
class DiffieHellmanGroup {
public:
    /// The bits of p that explicit parameters may have.
    static constexpr int smallestPrimeBits = 1024;
    static constexpr int largestPrimeBits = 8192;

    /// `parameterId` as in PACEInfo. Throws BadConfiguration unless it is 0, 1 or 2.
    [[nodiscard]] static DiffieHellmanGroup standardized(unsigned parameterId);
    /// The known group with exactly this prime and generator (big-endian), or an explicit one. `order` is
    /// empty where the encoding has none, as in PKCS#3. Throws MalformedData for numbers that make no group:
    /// p even or of a wrong size, g outside 2 to p - 2, q no divisor of p - 1 or not the order of g.
    [[nodiscard]] static DiffieHellmanGroup fromParameters(BytesView prime, BytesView generator,
                                                           BytesView order);

    /// 0 to 2; nothing for explicit parameters.
    [[nodiscard]] std::optional<unsigned> parameterId() const { return parameterId_; }
    /// "MODP-2048/256": the bits of p and q; "MODP-2048" without q.
    [[nodiscard]] std::string name() const;
    /// Bytes of p, and of a shared secret.
    [[nodiscard]] std::size_t primeSize() const;
    /// Bytes of a private key: those of q, or of p where q is not known.
    [[nodiscard]] std::size_t privateKeySize() const;
    [[nodiscard]] const BIGNUM& prime() const { return *numbers_->prime; }
    [[nodiscard]] const BIGNUM& generator() const { return *numbers_->generator; }
    /// Null where it is not known.
    [[nodiscard]] const BIGNUM* order() const { return numbers_->order.get(); }

    /// The element that a peer's public key writes, validated as RFC 2631, 2.1.5 demands: it lies between 2
    /// and p - 2 and, where q is known, in the subgroup of that order. Throws MalformedData otherwise.
    [[nodiscard]] BignumPtr decodeElement(BytesView encoded) const;
    /// The fewest bytes that write `element`.
    [[nodiscard]] Bytes encodeElement(const BIGNUM& element) const;
    /// `base` to the power of `exponent` modulo p; `exponent` is big-endian and may be secret.
    [[nodiscard]] BignumPtr power(const BIGNUM& base, BytesView exponent) const;
    /// The product modulo p.
    [[nodiscard]] BignumPtr multiply(const BIGNUM& left, const BIGNUM& right) const;

    friend bool operator==(const DiffieHellmanGroup& left, const DiffieHellmanGroup& right);

private:
    struct Numbers {
        BignumPtr prime;
        BignumPtr generator;
        BignumPtr order;
        MontgomeryPtr montgomery;
    };

    DiffieHellmanGroup(std::optional<unsigned> parameterId, Numbers numbers);

    std::optional<unsigned> parameterId_;
    std::shared_ptr<const Numbers> numbers_;
};

/// A private key x and its public key g^x in a group; g is the group's generator, or the mapped one of PACE
/// (Doc 9303-11, 4.4.3.3.1).
class DiffieHellmanKeyPair {
public:
    /// Draws the private key from `random`: privateKeySize() bytes at a time, surplus high bits cleared,
    /// until they lie between 1 and q - 1, or p - 2 where q is not known.
    [[nodiscard]] static DiffieHellmanKeyPair generate(const DiffieHellmanGroup& group, RandomSource& random);
    [[nodiscard]] static DiffieHellmanKeyPair generate(const DiffieHellmanGroup& group,
                                                       const BIGNUM& generator, RandomSource& random);
    /// Throws BadConfiguration unless `privateKey`, big-endian, lies in that range.
    [[nodiscard]] static DiffieHellmanKeyPair fromPrivateKey(const DiffieHellmanGroup& group,
                                                             BytesView privateKey);

    [[nodiscard]] const DiffieHellmanGroup& group() const { return group_; }
    /// Unsigned integer of the fewest bytes.
    [[nodiscard]] BytesView publicKey() const { return publicKey_; }
    /// privateKeySize() bytes, big-endian.
    [[nodiscard]] BytesView privateKey() const { return privateKey_.view(); }

    /// The peer's public key to the power of the private key. Throws MalformedData unless the public key is
    /// valid, see DiffieHellmanGroup::decodeElement, and for an agreement on 1.
    [[nodiscard]] BignumPtr agreedElement(BytesView peerPublicKey) const;
    /// The shared secret of PKCS#3, 8.3: agreedElement in the full width of p, leading zero bytes kept.
    [[nodiscard]] SecretBytes agree(BytesView peerPublicKey) const;

private:
    DiffieHellmanKeyPair(const DiffieHellmanGroup& group, const BIGNUM& generator, SecretBytes privateKey);

    DiffieHellmanGroup group_;
    SecretBytes privateKey_;
    Bytes publicKey_;
};

} // namespace cancuoc
