// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/crypto/integer.hpp"
#include "card/crypto/key_agreement_group.hpp"

namespace cancuoc::card::crypto {

/// DH in a subgroup of prime order modulo a prime (RFC 5114, 2.1 to 2.3). Elements are unsigned integers
/// without leading zero bytes; they are read with leading zero bytes too, up to the width of the prime.
///
/// Blinding adds a multiple of the order to the exponent: a random one, or without a source one that is
/// derived from the exponent.
class ModpGroup final : public KeyAgreementGroup {
public:
    explicit ModpGroup(StandardizedDomainParameters id);

    [[nodiscard]] bool supported() const override { return supported_; }
    [[nodiscard]] std::size_t fieldBits() const override;
    [[nodiscard]] std::size_t orderBits() const override;
    [[nodiscard]] bool generator(GroupElement& element) const override;
    [[nodiscard]] bool isValidPublicKey(std::span<const std::uint8_t> encoded) const override;
    [[nodiscard]] bool isValidPrivateKey(std::span<const std::uint8_t> scalar) const override;
    [[nodiscard]] bool multiply(std::span<const std::uint8_t> scalar, std::span<const std::uint8_t> element,
                                RandomSource* blinding, GroupElement& product) override;
    [[nodiscard]] bool multiplyGeneratorAndAdd(std::span<const std::uint8_t> scalar,
                                               std::span<const std::uint8_t> element,
                                               GroupElement& sum) override;
    /// The number to the power of the cofactor.
    [[nodiscard]] bool encodeNumber(std::span<const std::uint8_t> number, GroupElement& element) override;
    [[nodiscard]] bool agree(std::span<const std::uint8_t> privateKey,
                             std::span<const std::uint8_t> publicKey, RandomSource* blinding,
                             SharedSecret& secret) override;

private:
    [[nodiscard]] bool readElement(std::span<const std::uint8_t> encoded, Integer& element) const;
    [[nodiscard]] bool writeElement(const Integer& element, GroupElement& encoded) const;
    [[nodiscard]] bool raise(const Integer& base, const Integer& exponent, Integer& power) const;
    [[nodiscard]] bool raiseBlinded(std::span<const std::uint8_t> exponent, const Integer& base,
                                    RandomSource* blinding, Integer& power) const;

    Integer prime_;
    Integer generator_;
    Integer order_;
    bool supported_ = false;
};

} // namespace cancuoc::card::crypto
