// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/digest.hpp"
#include "host/crypto/elliptic_curve.hpp"

namespace cancuoc {

/// Signs the hash of `message`; DER form, ECDSA-Sig-Value. The nonce comes from OpenSSL's private generator.
[[nodiscard]] Bytes signEcdsa(const EllipticCurveKeyPair& key, HashAlgorithm algorithm, BytesView message);

/// Whether `signature`, in DER form, is the key's over the hash of `message`. A malformed signature is false.
[[nodiscard]] bool verifyEcdsa(EVP_PKEY& publicKey, HashAlgorithm algorithm, BytesView message,
                               BytesView signature);

/// The DER form of a plain signature r || s (BSI TR-03111, 5.2.1), both of the same width. Throws
/// MalformedData for an empty one or an odd number of bytes.
[[nodiscard]] Bytes derFromPlainSignature(BytesView plain);

/// The plain form r || s of a DER signature, each number `width` bytes (the curve's orderSize()).
/// Throws MalformedData.
[[nodiscard]] Bytes plainFromDerSignature(BytesView der, std::size_t width);

} // namespace cancuoc
