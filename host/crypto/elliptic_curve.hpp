// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/openssl.hpp"

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"

#include <optional>

namespace cancuoc {

/// A prime-field curve with its standard base point: one of the standardized domain parameters 8 to 18 of
/// Doc 9303-11, 9.5.1 (NIST P-192 to P-521, brainpoolP192r1 to P512r1). All have cofactor 1. Cheap to copy.
/// Points are passed around in their uncompressed encoding, 04 || x || y (BSI TR-03111, 3.2.1).
class EllipticCurve {
public:
    /// `parameterId` as in PACEInfo. Throws BadConfiguration unless it is 8 to 18.
    [[nodiscard]] static EllipticCurve standardized(unsigned parameterId);
    /// By OpenSSL's name ("brainpoolP256r1", "secp384r1") or NIST's ("P-384"). Throws BadConfiguration.
    [[nodiscard]] static EllipticCurve named(std::string_view name);
    /// The known curve with exactly this field, equation, base point and order, if there is one. A cofactor
    /// is not compared: the order settles it, and only the known curve's own is ever used.
    [[nodiscard]] static std::optional<EllipticCurve> matching(const EC_GROUP& group);

    /// 8 to 18.
    [[nodiscard]] unsigned parameterId() const { return parameterId_; }
    /// "brainpoolP256r1", or NIST's name "P-256".
    [[nodiscard]] std::string_view name() const;
    /// OpenSSL's numeric identifier of the curve.
    [[nodiscard]] int nid() const;
    /// Bytes of a coordinate.
    [[nodiscard]] std::size_t fieldSize() const;
    /// Bytes of a private key, and of r and s of a signature.
    [[nodiscard]] std::size_t orderSize() const;
    [[nodiscard]] const EC_GROUP& group() const { return *group_; }

    /// Throws MalformedData unless `encoded` is an uncompressed point on the curve.
    [[nodiscard]] EcPointPtr decodePoint(BytesView encoded) const;
    [[nodiscard]] Bytes encodePoint(const EC_POINT& point) const;
    /// The x-coordinate in full width: leading zero bytes stay. Throws CryptographyError for the point at
    /// infinity.
    [[nodiscard]] SecretBytes xCoordinate(const EC_POINT& point) const;
    [[nodiscard]] EcPointPtr basePoint() const;
    /// `scalar` times `point`; `scalar` is big-endian and may be secret.
    [[nodiscard]] EcPointPtr multiply(BytesView scalar, const EC_POINT& point) const;
    [[nodiscard]] EcPointPtr add(const EC_POINT& left, const EC_POINT& right) const;

    friend bool operator==(const EllipticCurve& left, const EllipticCurve& right) {
        return left.parameterId_ == right.parameterId_;
    }

private:
    explicit EllipticCurve(unsigned parameterId);

    unsigned parameterId_;
    std::shared_ptr<const EC_GROUP> group_;
};

/// A private key d and its public key d * G on a curve; G is the curve's base point, or the mapped one of
/// PACE (Doc 9303-11, 4.4.3.3.1).
class EllipticCurveKeyPair {
public:
    /// Draws the private key from `random`: orderSize() bytes at a time, surplus high bits cleared, until
    /// they lie between 1 and the order less 1.
    [[nodiscard]] static EllipticCurveKeyPair generate(const EllipticCurve& curve, RandomSource& random);
    [[nodiscard]] static EllipticCurveKeyPair generate(const EllipticCurve& curve, const EC_POINT& generator,
                                                       RandomSource& random);
    /// Throws BadConfiguration unless `privateKey`, big-endian, lies between 1 and the order less 1.
    [[nodiscard]] static EllipticCurveKeyPair fromPrivateKey(const EllipticCurve& curve,
                                                             BytesView privateKey);

    [[nodiscard]] const EllipticCurve& curve() const { return curve_; }
    /// Uncompressed point.
    [[nodiscard]] BytesView publicKey() const { return publicKey_; }
    /// orderSize() bytes, big-endian.
    [[nodiscard]] BytesView privateKey() const { return privateKey_.view(); }

    /// The private key times the peer's public key. Throws MalformedData unless that is a point on the curve.
    [[nodiscard]] EcPointPtr agreedPoint(BytesView peerPublicKey) const;
    /// ECKA of BSI TR-03111, 4.3.1: the x-coordinate of agreedPoint in full width.
    [[nodiscard]] SecretBytes agree(BytesView peerPublicKey) const;
    /// The pair as an OpenSSL key, for signing. Only for pairs on the curve's own base point.
    [[nodiscard]] EvpKey toEvpKey() const;

private:
    EllipticCurveKeyPair(const EllipticCurve& curve, const EC_POINT& generator, SecretBytes privateKey);

    EllipticCurve curve_;
    SecretBytes privateKey_;
    Bytes publicKey_;
};

/// The public key `point` on `curve` as an OpenSSL key. Throws MalformedData unless it is a point on the
/// curve.
[[nodiscard]] EvpKey ellipticCurvePublicKey(const EllipticCurve& curve, BytesView point);

} // namespace cancuoc
