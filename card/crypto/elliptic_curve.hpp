// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/crypto/key_agreement_group.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

#include <mbedtls/ecp.h>

namespace cancuoc::card::crypto {

class Integer;

/// A signature r || s, each half at the full width of the group order (TR-03111, 5.2.1 plain format).
using PlainSignature = SecretBuffer<2 * maximumOrderSize>;

static_assert(configuration::maximumGroupElement >= 1 + 2 * maximumOrderSize, "a point of secp521r1 fits");

/// ECDH and ECDSA on one curve. Elements are points in uncompressed encoding 04 || X || Y (TR-03111, 3.2.1)
/// with coordinates at full width, and the shared secret is an x-coordinate (TR-03111, 4.3).
///
/// Blinding randomizes the coordinates against side channels; without a source it derives from the scalar
/// itself.
class EllipticCurve final : public KeyAgreementGroup {
public:
    explicit EllipticCurve(StandardizedDomainParameters id);
    ~EllipticCurve();
    EllipticCurve(const EllipticCurve&) = delete;
    EllipticCurve& operator=(const EllipticCurve&) = delete;

    /// Whether the cryptographic library knows the domain parameters: all curves except BrainpoolP192r1,
    /// BrainpoolP224r1 and BrainpoolP320r1.
    [[nodiscard]] bool supported() const override { return supported_; }
    [[nodiscard]] std::size_t fieldBits() const override;
    [[nodiscard]] std::size_t orderBits() const override;
    [[nodiscard]] bool generator(GroupElement& point) const override;
    [[nodiscard]] bool isValidPublicKey(std::span<const std::uint8_t> encoded) const override;
    [[nodiscard]] bool isValidPrivateKey(std::span<const std::uint8_t> scalar) const override;
    [[nodiscard]] bool multiply(std::span<const std::uint8_t> scalar, std::span<const std::uint8_t> point,
                                RandomSource* blinding, GroupElement& product) override;
    [[nodiscard]] bool multiplyGeneratorAndAdd(std::span<const std::uint8_t> scalar,
                                               std::span<const std::uint8_t> point,
                                               GroupElement& sum) override;
    /// The point encoding for affine coordinates (Doc 9303-11, B.2); false on secp224r1, whose prime is not
    /// 3 modulo 4.
    [[nodiscard]] bool encodeNumber(std::span<const std::uint8_t> number, GroupElement& point) override;
    [[nodiscard]] bool agree(std::span<const std::uint8_t> privateKey,
                             std::span<const std::uint8_t> publicKey, RandomSource* blinding,
                             SharedSecret& secret) override;

    /// Signs `hash` by ECDSA (TR-03111, 4.2.1) with a random ephemeral scalar, drawn first, and blinding from
    /// `random`.
    [[nodiscard]] bool sign(std::span<const std::uint8_t> privateKey, std::span<const std::uint8_t> hash,
                            RandomSource& random, PlainSignature& signature);

    /// Whether the plain signature r || s of `hash` is that of `publicKey` (TR-03111, 4.2.1.2).
    [[nodiscard]] bool verify(std::span<const std::uint8_t> publicKey, std::span<const std::uint8_t> hash,
                              std::span<const std::uint8_t> signature);

    /// Whether the curve has these domain parameters, each an unsigned integer with or without leading zero
    /// bytes, the base point encoded.
    [[nodiscard]] bool hasDomainParameters(std::span<const std::uint8_t> prime,
                                           std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                                           std::span<const std::uint8_t> basePoint,
                                           std::span<const std::uint8_t> order) const;

    /// left^-1 × right modulo the group order, at its full width; both are valid private keys.
    [[nodiscard]] bool divideScalars(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right,
                                     PrivateKey& quotient) const;

private:
    [[nodiscard]] bool readCoefficientA(Integer& a) const;

    mbedtls_ecp_group group_;
    bool supported_ = false;
};

} // namespace cancuoc::card::crypto
