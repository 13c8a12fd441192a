// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"
#include "card/core/random.hpp"
#include "card/crypto/secret_array.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::crypto {

/// The standardized domain parameters by their id (Doc 9303-11, 9.5.1, Table 12).
enum class StandardizedDomainParameters : std::uint8_t {
    Modp1024Subgroup160 = 0,
    Modp2048Subgroup224 = 1,
    Modp2048Subgroup256 = 2,
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

/// Whether the domain parameters are those of DH; all others are elliptic curves.
[[nodiscard]] constexpr bool isModpGroup(StandardizedDomainParameters id) {
    return id <= StandardizedDomainParameters::Modp2048Subgroup256;
}

/// Bytes of the longest scalar (secp521r1).
inline constexpr std::size_t maximumOrderSize = 66;

/// A group element in its encoding: a point, or an unsigned integer without leading zero bytes (Doc
/// 9303-11, 9.4.1). Wiped, as the elements of PACE's mapping are secret.
using GroupElement = SecretBuffer<configuration::maximumGroupElement>;
/// A scalar of a private key, big-endian, at the full width of the group order.
using PrivateKey = SecretBuffer<maximumOrderSize>;
/// An agreed secret at the full width of the field, leading zero bytes included.
using SharedSecret = SecretBuffer<configuration::maximumGroupElement>;

/// An element as the chip writes it, whatever zeros were put before an integer (Doc 9303-11, 9.4.1).
[[nodiscard]] constexpr std::span<const std::uint8_t>
withoutLeadingZeros(std::span<const std::uint8_t> element) {
    while (!element.empty() && element.front() == 0) {
        element = element.subspan(1);
    }
    return element;
}

/// A group in which PACE and Chip Authentication agree on keys (Doc 9303-11, 9.6), written additively: ECDH
/// or DH over one set of standardized domain parameters.
///
/// Multiplications by a secret scalar are blinded against side channels, from a source or from the scalar
/// itself. The latter suffices for one that lives for one protocol run, as those of PACE do, and leaves the
/// order in which the run draws its numbers as it is; long-term keys need a source.
class KeyAgreementGroup {
public:
    /// Whether the domain parameters are known; all else fails when they are not.
    [[nodiscard]] virtual bool supported() const = 0;
    /// Bits of the field's prime.
    [[nodiscard]] virtual std::size_t fieldBits() const = 0;
    /// Bits of the order of the generator.
    [[nodiscard]] virtual std::size_t orderBits() const = 0;
    /// Bytes of a field element.
    [[nodiscard]] std::size_t fieldSize() const { return (fieldBits() + 7) / 8; }
    /// Bytes of a scalar.
    [[nodiscard]] std::size_t orderSize() const { return (orderBits() + 7) / 8; }

    /// Writes the generator.
    [[nodiscard]] virtual bool generator(GroupElement& element) const = 0;

    /// Whether `encoded` is an element that the generator generates and not the neutral one (TR-03111,
    /// 4.3.2.1 and RFC 2631, 2.1.5).
    [[nodiscard]] virtual bool isValidPublicKey(std::span<const std::uint8_t> encoded) const = 0;

    /// Whether `scalar` has the width of the group order and lies in 1 to order - 1.
    [[nodiscard]] virtual bool isValidPrivateKey(std::span<const std::uint8_t> scalar) const = 0;

    /// Draws a uniform private key: orderSize() bytes at a time from `random` until they form one.
    [[nodiscard]] bool generatePrivateKey(RandomSource& random, PrivateKey& key) const;

    /// Computes scalar × element; false when either is invalid. `scalar` may be shorter than the order.
    [[nodiscard]] virtual bool multiply(std::span<const std::uint8_t> scalar,
                                        std::span<const std::uint8_t> element, RandomSource* blinding,
                                        GroupElement& product) = 0;

    /// Computes scalar × generator + element; false when an input is invalid or the sum is the neutral
    /// element.
    [[nodiscard]] virtual bool multiplyGeneratorAndAdd(std::span<const std::uint8_t> scalar,
                                                       std::span<const std::uint8_t> element,
                                                       GroupElement& sum) = 0;

    /// The function f of Integrated Mapping: the element that belongs to `number` modulo the field's prime
    /// (Doc 9303-11, 4.4.3.3.2); false when that is the neutral one.
    [[nodiscard]] virtual bool encodeNumber(std::span<const std::uint8_t> number, GroupElement& element) = 0;

    /// KA(privateKey, publicKey): the field element that both sides come to.
    [[nodiscard]] virtual bool agree(std::span<const std::uint8_t> privateKey,
                                     std::span<const std::uint8_t> publicKey, RandomSource* blinding,
                                     SharedSecret& secret) = 0;

protected:
    ~KeyAgreementGroup() = default;
};

} // namespace cancuoc::card::crypto
