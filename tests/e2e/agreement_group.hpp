// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/crypto/domain_parameters.hpp"

namespace cancuoc::e2e {

/// Which part of an element is looked at: a coordinate of a point. Elements of DH have one part alone.
enum class Part { X, Y };

/// The group of a key agreement, ECDH or DH, with the arithmetic that makes a part of an element begin with a
/// zero byte: be shorter, by eight bits or more, than the field allows. Elements stand in the encoding that
/// goes over the wire.
class AgreementGroup {
public:
    explicit AgreementGroup(DomainParameters parameters);

    [[nodiscard]] Bytes generator() const;
    [[nodiscard]] Bytes multiply(BytesView scalar, BytesView element) const;
    /// dividend / divisor modulo the order, at its full width.
    [[nodiscard]] Bytes divide(BytesView dividend, BytesView divisor) const;
    /// Bytes of a private key.
    [[nodiscard]] std::size_t scalarSize() const;
    /// A private key: between 1 and the order less 1, at its full width.
    [[nodiscard]] Bytes drawScalar(RandomSource& random) const;
    /// One that is shorter than the order by eight bits or more.
    [[nodiscard]] Bytes drawShortScalar(RandomSource& random) const;

    [[nodiscard]] bool beginsWithZero(BytesView element, Part part) const;
    /// A private key whose product with `element` begins with a zero byte in that part.
    [[nodiscard]] Bytes scalarThatGivesZero(BytesView element, Part part, RandomSource& random) const;

private:
    [[nodiscard]] std::size_t fieldBits() const;
    [[nodiscard]] const BIGNUM& order() const;
    [[nodiscard]] const EllipticCurve* curve() const { return std::get_if<EllipticCurve>(&parameters_); }
    [[nodiscard]] const DiffieHellmanGroup& modular() const {
        return std::get<DiffieHellmanGroup>(parameters_);
    }

    DomainParameters parameters_;
};

} // namespace cancuoc::e2e
