// SPDX-License-Identifier: Apache-2.0
#include "host/access/generic_mapping.hpp"

namespace cancuoc {

EcPointPtr mapGenerically(const EllipticCurve& curve, BytesView nonce, const EC_POINT& agreedPoint) {
    EcPointPtr generator = curve.add(*curve.multiply(nonce, *curve.basePoint()), agreedPoint);
    if (EC_POINT_is_at_infinity(&curve.group(), generator.get()) == 1) {
        throw CryptographyError("The nonce maps to no generator.");
    }
    return generator;
}

} // namespace cancuoc
