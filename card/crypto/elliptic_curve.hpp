// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/random.hpp"
#include "card/crypto/secret_array.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

#include <mbedtls/ecp.h>

namespace cancuoc::card::crypto {

/// The standardized elliptic curve domain parameters by their id (Doc 9303-11, 9.5.1, Table 12). The chip's
/// cryptographic library knows all of them except BrainpoolP192r1, BrainpoolP224r1 and BrainpoolP320r1.
enum class StandardizedDomainParameters : std::uint8_t {
    Secp192r1 = 8,
    BrainpoolP192r1 = 9,
    Secp224r1 = 10,
    BrainpoolP224r1 = 11,
    Secp256r1 = 12,
    BrainpoolP256r1 = 13,
    BrainpoolP320r1 = 14,
    Secp384r1 = 15,
    BrainpoolP384r1 = 16,
    BrainpoolP512r1 = 17,
    Secp521r1 = 18,
};

/// Bytes of the longest field element or scalar (secp521r1).
inline constexpr std::size_t maximumFieldSize = 66;

/// A point in uncompressed encoding 04 || X || Y (TR-03111, 3.2.1), coordinates at full width. Wiped, as the
/// points of PACE's mapping are secret.
using EncodedPoint = SecretBuffer<1 + 2 * maximumFieldSize>;
/// A scalar of a private key, big-endian, at the full width of the group order.
using PrivateKey = SecretBuffer<maximumFieldSize>;
/// The x-coordinate of an agreed point at the full width of the field, leading zero bytes included.
using SharedSecret = SecretBuffer<maximumFieldSize>;
/// A signature r || s, each half at the full width of the group order (TR-03111, 5.2.1 plain format).
using PlainSignature = SecretBuffer<2 * maximumFieldSize>;

/// Arithmetic in the group of one set of domain parameters.
///
/// Multiplications take a `blinding` source, which randomizes the coordinates against side channels. Null
/// derives the blinding from the scalar itself, which suffices for a scalar that lives for one protocol run;
/// long-term keys need fresh randomness.
class EllipticCurve {
public:
    explicit EllipticCurve(StandardizedDomainParameters id);
    ~EllipticCurve();
    EllipticCurve(const EllipticCurve&) = delete;
    EllipticCurve& operator=(const EllipticCurve&) = delete;

    /// Whether the cryptographic library knows the domain parameters; all else fails when it does not.
    [[nodiscard]] bool supported() const { return supported_; }
    /// Bytes of a coordinate.
    [[nodiscard]] std::size_t fieldSize() const;
    /// Bytes of a scalar.
    [[nodiscard]] std::size_t orderSize() const;

    /// Writes the base point G.
    [[nodiscard]] bool generator(EncodedPoint& point) const;

    /// Whether `encoded` is an uncompressed point of full width, with coordinates in the field and on the
    /// curve. The point at infinity is not.
    [[nodiscard]] bool isValidPoint(std::span<const std::uint8_t> encoded) const;

    /// Whether `scalar` has the width of the group order and lies in 1 to order - 1.
    [[nodiscard]] bool isValidPrivateKey(std::span<const std::uint8_t> scalar) const;

    /// Draws a uniform private key: orderSize() bytes at a time from `random` until they form one.
    [[nodiscard]] bool generatePrivateKey(RandomSource& random, PrivateKey& key) const;

    /// Computes scalar × point; false when either is invalid. `scalar` may be shorter than the group order.
    [[nodiscard]] bool multiply(std::span<const std::uint8_t> scalar, std::span<const std::uint8_t> point,
                                RandomSource* blinding, EncodedPoint& product);

    /// Computes scalar × G + point; false when an input is invalid or the sum is the point at infinity.
    [[nodiscard]] bool multiplyGeneratorAndAdd(std::span<const std::uint8_t> scalar,
                                               std::span<const std::uint8_t> point, EncodedPoint& sum);

    /// Key agreement ECKA (TR-03111, 4.3): the x-coordinate of privateKey × publicKey.
    [[nodiscard]] bool agree(std::span<const std::uint8_t> privateKey,
                             std::span<const std::uint8_t> publicKey, RandomSource* blinding,
                             SharedSecret& secret);

    /// Signs `hash` by ECDSA (TR-03111, 4.2.1) with a random ephemeral scalar, drawn first, and blinding from
    /// `random`.
    [[nodiscard]] bool sign(std::span<const std::uint8_t> privateKey, std::span<const std::uint8_t> hash,
                            RandomSource& random, PlainSignature& signature);

private:
    mbedtls_ecp_group group_;
    bool supported_ = false;
};

} // namespace cancuoc::card::crypto
