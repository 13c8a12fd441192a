// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/elliptic_curve.hpp"

namespace cancuoc {

/// The generic mapping with elliptic curves, Doc 9303-11, 4.4.3.3.1: the ephemeral generator s * G + H, where
/// s is the nonce and H the point both sides agreed on. Throws CryptographyError if that is the point at
/// infinity.
[[nodiscard]] EcPointPtr mapGenerically(const EllipticCurve& curve, BytesView nonce,
                                        const EC_POINT& agreedPoint);

} // namespace cancuoc
