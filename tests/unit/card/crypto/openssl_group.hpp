// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/unit/card/crypto/openssl_curve.hpp"

#include <optional>

namespace cancuoc::card::test {

/// OpenSSL's arithmetic in the group of any standardized domain parameters, written additively: the oracle of
/// the chip's.
class OpensslGroup {
public:
    explicit OpensslGroup(crypto::StandardizedDomainParameters id);

    [[nodiscard]] std::size_t orderSize() const;
    /// Bytes of the field's prime.
    [[nodiscard]] Bytes prime() const;
    [[nodiscard]] Bytes multiplyGenerator(const Bytes& scalar) const;
    [[nodiscard]] Bytes multiply(const Bytes& scalar, const Bytes& element) const;
    [[nodiscard]] Bytes add(const Bytes& left, const Bytes& right) const;
    /// The key material of an agreed element: its x-coordinate, or the integer at full width.
    [[nodiscard]] Bytes secretOf(const Bytes& element) const;
    /// Integrated Mapping's function f of a number (Doc 9303-11, B.2 and 4.4.3.3.2).
    [[nodiscard]] Bytes encodeNumber(const Bytes& number) const;

private:
    std::optional<OpensslCurve> curve_;
    /// Of DH; empty with a curve.
    Bytes prime_;
    Bytes order_;
    Bytes generator_;
};

} // namespace cancuoc::card::test
