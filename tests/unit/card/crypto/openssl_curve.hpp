// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/crypto/elliptic_curve.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <memory>

#include <openssl/ec.h>

namespace cancuoc::card::test {

/// OpenSSL's arithmetic on the same curve: the oracle of the chip's, which stands on mbedTLS.
class OpensslCurve {
public:
    explicit OpensslCurve(crypto::StandardizedDomainParameters id);

    [[nodiscard]] std::size_t fieldSize() const;
    [[nodiscard]] std::size_t orderSize() const;
    /// scalar × G.
    [[nodiscard]] Bytes multiplyGenerator(const Bytes& scalar) const;
    /// scalar × point.
    [[nodiscard]] Bytes multiply(const Bytes& scalar, const Bytes& point) const;
    /// left + right.
    [[nodiscard]] Bytes add(const Bytes& left, const Bytes& right) const;
    /// The group order less one.
    [[nodiscard]] Bytes largestScalar() const;
    /// The group order.
    [[nodiscard]] Bytes order() const;
    /// The field prime.
    [[nodiscard]] Bytes prime() const;
    /// The coefficients of the curve's equation.
    [[nodiscard]] Bytes coefficientA() const;
    [[nodiscard]] Bytes coefficientB() const;
    /// The base point G.
    [[nodiscard]] Bytes basePoint() const;
    /// Whether the plain signature r || s of `hash` is that of `publicKey`.
    [[nodiscard]] bool verifies(const Bytes& publicKey, const Bytes& hash, const Bytes& signature) const;

private:
    using Group = std::unique_ptr<EC_GROUP, decltype(&EC_GROUP_free)>;
    using Point = std::unique_ptr<EC_POINT, decltype(&EC_POINT_free)>;

    [[nodiscard]] Point newPoint() const;
    [[nodiscard]] Point decode(const Bytes& encoded) const;
    [[nodiscard]] Bytes encode(const EC_POINT& point) const;

    int nid_;
    Group group_;
};

/// The x-coordinate of an encoded point, at full width.
[[nodiscard]] Bytes xOf(const Bytes& point);

} // namespace cancuoc::card::test
