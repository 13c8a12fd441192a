// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "host/crypto/diffie_hellman.hpp"
#include "host/crypto/elliptic_curve.hpp"

namespace cancuoc {

/// How a SubjectPublicKeyInfo names its curve. Doc 9303-12, 4.1 demands explicit parameters in certificates,
/// which OpenSSL 3 refuses in chains; therefore they are mapped onto the known curve that they describe.
enum class CurveEncoding { Explicit, Named };

/// A public key on a curve or group that is not known here, or that OpenSSL was built without: whether it is
/// good cannot be told.
class UnknownDomainParameters : public MalformedData {
public:
    using MalformedData::MalformedData;
};

/// The public key of a DER SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). Elliptic curve keys come out on a known,
/// named curve. Throws UnknownDomainParameters for parameters of no known curve, MalformedData for broken
/// encodings and points that are not on their curve. Standardized domain parameters are understood as well
/// (Doc 9303-11, 9.5.1).
[[nodiscard]] EvpKey decodeSubjectPublicKeyInfo(BytesView der);

/// An elliptic curve public key: its curve and its uncompressed point.
struct EllipticCurvePublicKey {
    EllipticCurve curve;
    Bytes point;
};

/// The same for keys that must be elliptic curve keys; nothing for other kinds of keys. Throws as above.
[[nodiscard]] std::optional<EllipticCurvePublicKey> decodeEllipticCurvePublicKey(BytesView der);

/// A Diffie-Hellman public key: its group and its public value, an unsigned integer of the fewest bytes.
struct DiffieHellmanPublicKey {
    DiffieHellmanGroup group;
    Bytes value;
};

/// The same for keys that must be Diffie-Hellman keys: written as in PKCS#3, as Doc 9303-11, 9.6 says, as in
/// X9.42, as some chips do (8.5, note 2), or with standardized domain parameters (9.5.1). Throws as above.
[[nodiscard]] std::optional<DiffieHellmanPublicKey> decodeDiffieHellmanPublicKey(BytesView der);

/// The DER SubjectPublicKeyInfo of `point` on `curve`. Throws MalformedData unless it is a point on the
/// curve.
[[nodiscard]] Bytes encodeSubjectPublicKeyInfo(const EllipticCurve& curve, BytesView point,
                                               CurveEncoding encoding);

} // namespace cancuoc
