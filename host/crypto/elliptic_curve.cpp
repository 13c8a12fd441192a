// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/elliptic_curve.hpp"

#include "host/crypto/bignum.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace cancuoc {

namespace {

struct StandardizedCurve {
    unsigned parameterId;
    int nid;
    std::string_view name;
};

// Doc 9303-11, 9.5.1, table "Standardized Domain Parameters".
constexpr std::array<StandardizedCurve, 11> standardizedCurves{{
    {8, NID_X9_62_prime192v1, "P-192"},
    {9, NID_brainpoolP192r1, "brainpoolP192r1"},
    {10, NID_secp224r1, "P-224"},
    {11, NID_brainpoolP224r1, "brainpoolP224r1"},
    {12, NID_X9_62_prime256v1, "P-256"},
    {13, NID_brainpoolP256r1, "brainpoolP256r1"},
    {14, NID_brainpoolP320r1, "brainpoolP320r1"},
    {15, NID_secp384r1, "P-384"},
    {16, NID_brainpoolP384r1, "brainpoolP384r1"},
    {17, NID_brainpoolP512r1, "brainpoolP512r1"},
    {18, NID_secp521r1, "P-521"},
}};

constexpr std::uint8_t uncompressedPoint = 0x04;

const StandardizedCurve& standardizedCurve(unsigned parameterId) {
    const auto found =
        std::find_if(standardizedCurves.begin(), standardizedCurves.end(),
                     [parameterId](const auto& curve) { return curve.parameterId == parameterId; });
    if (found == standardizedCurves.end()) {
        throw BadConfiguration("Standardized domain parameters " + std::to_string(parameterId) +
                               " are no elliptic curve that is supported (8 to 18 are).");
    }
    return *found;
}

EcPointPtr newPoint(const EC_GROUP& group) {
    return ownOpenssl<EcPointPtr>(EC_POINT_new(&group), "A point cannot be set up");
}

const BIGNUM& orderOf(const EllipticCurve& curve) {
    return *EC_GROUP_get0_order(&curve.group());
}

SecretBytes checkedPrivateKey(const EllipticCurve& curve, BytesView privateKey) {
    if (privateKey.size() > curve.orderSize() || !isBetweenZeroAnd(orderOf(curve), privateKey)) {
        throw BadConfiguration("The private key does not fit the curve " + std::string(curve.name()) + ".");
    }
    return toBytesOfWidth(*toBignum(privateKey), curve.orderSize());
}

using ParameterBuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, OpensslFree<OSSL_PARAM_BLD_free>>;
using ParametersPtr = std::unique_ptr<OSSL_PARAM, OpensslFree<OSSL_PARAM_free>>;

EvpKey makeEvpKey(const EllipticCurve& curve, BytesView publicKey, const BIGNUM* privateKey) {
    constexpr std::string_view action = "The elliptic curve key cannot be set up";
    const auto builder = ownOpenssl<ParameterBuilderPtr>(OSSL_PARAM_BLD_new(), action);
    requireOpenssl(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                                   OBJ_nid2sn(curve.nid()), 0),
                   action);
    requireOpenssl(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, publicKey.data(),
                                                    publicKey.size()),
                   action);
    if (privateKey != nullptr) {
        requireOpenssl(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, privateKey), action);
    }
    const auto parameters = ownOpenssl<ParametersPtr>(OSSL_PARAM_BLD_to_param(builder.get()), action);
    const auto context =
        ownOpenssl<EvpKeyContextPtr>(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), action);
    requireOpenssl(EVP_PKEY_fromdata_init(context.get()), action);
    EVP_PKEY* key = nullptr;
    requireOpenssl(EVP_PKEY_fromdata(context.get(), &key,
                                     privateKey != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                                     parameters.get()),
                   action);
    return EvpKey(key);
}

} // namespace

EllipticCurve EllipticCurve::standardized(unsigned parameterId) {
    return EllipticCurve(parameterId);
}

EllipticCurve EllipticCurve::named(std::string_view name) {
    for (const auto& curve : standardizedCurves) {
        if (name == curve.name || name == OBJ_nid2sn(curve.nid)) {
            return EllipticCurve(curve.parameterId);
        }
    }
    throw BadConfiguration("The elliptic curve \"" + std::string(name) + "\" is not supported.");
}

std::optional<EllipticCurve> EllipticCurve::matching(const EC_GROUP& group) {
    const BignumContextPtr context = newBignumContext();
    for (const auto& candidate : standardizedCurves) {
        const EcGroupPtr known(EC_GROUP_new_by_curve_name(candidate.nid));
        if (known && EC_GROUP_cmp(known.get(), &group, context.get()) == 0) {
            return EllipticCurve(candidate.parameterId);
        }
    }
    ERR_clear_error(); // of curves that OpenSSL was built without
    return std::nullopt;
}

EllipticCurve::EllipticCurve(unsigned parameterId) : parameterId_(parameterId) {
    group_ = ownOpenssl<EcGroupPtr>(EC_GROUP_new_by_curve_name(standardizedCurve(parameterId).nid),
                                    "The elliptic curve is not available");
}

std::string_view EllipticCurve::name() const {
    return standardizedCurve(parameterId_).name;
}

int EllipticCurve::nid() const {
    return standardizedCurve(parameterId_).nid;
}

std::size_t EllipticCurve::fieldSize() const {
    return (static_cast<std::size_t>(EC_GROUP_get_degree(group_.get())) + 7) / 8;
}

std::size_t EllipticCurve::orderSize() const {
    return static_cast<std::size_t>(BN_num_bytes(EC_GROUP_get0_order(group_.get())));
}

EcPointPtr EllipticCurve::decodePoint(BytesView encoded) const {
    EcPointPtr point = newPoint(*group_);
    // OpenSSL checks that the coordinates are in the field and the point is on the curve.
    if (encoded.size() != 1 + 2 * fieldSize() || encoded[0] != uncompressedPoint ||
        EC_POINT_oct2point(group_.get(), point.get(), encoded.data(), encoded.size(), nullptr) != 1) {
        throw MalformedData("A public key is no uncompressed point of the curve " + std::string(name()) +
                            ".");
    }
    return point;
}

Bytes EllipticCurve::encodePoint(const EC_POINT& point) const {
    Bytes encoded(1 + 2 * fieldSize());
    if (EC_POINT_point2oct(group_.get(), &point, POINT_CONVERSION_UNCOMPRESSED, encoded.data(),
                           encoded.size(), nullptr) != encoded.size()) {
        throw opensslError("The point cannot be encoded");
    }
    return encoded;
}

SecretBytes EllipticCurve::xCoordinate(const EC_POINT& point) const {
    const BignumPtr x = newBignum();
    requireOpenssl(EC_POINT_get_affine_coordinates(group_.get(), &point, x.get(), nullptr, nullptr),
                   "The point has no coordinates");
    return toBytesOfWidth(*x, fieldSize());
}

EcPointPtr EllipticCurve::basePoint() const {
    EcPointPtr point = newPoint(*group_);
    requireOpenssl(EC_POINT_copy(point.get(), EC_GROUP_get0_generator(group_.get())),
                   "The base point cannot be copied");
    return point;
}

EcPointPtr EllipticCurve::multiply(BytesView scalar, const EC_POINT& point) const {
    EcPointPtr product = newPoint(*group_);
    const BignumPtr factor = toBignum(scalar);
    requireOpenssl(
        EC_POINT_mul(group_.get(), product.get(), nullptr, &point, factor.get(), newBignumContext().get()),
        "The point cannot be multiplied");
    return product;
}

EcPointPtr EllipticCurve::add(const EC_POINT& left, const EC_POINT& right) const {
    EcPointPtr sum = newPoint(*group_);
    requireOpenssl(EC_POINT_add(group_.get(), sum.get(), &left, &right, newBignumContext().get()),
                   "The points cannot be added");
    return sum;
}

EllipticCurveKeyPair::EllipticCurveKeyPair(const EllipticCurve& curve, const EC_POINT& generator,
                                           SecretBytes privateKey)
    : curve_(curve), privateKey_(std::move(privateKey)),
      publicKey_(curve_.encodePoint(*curve_.multiply(privateKey_.view(), generator))) {}

EllipticCurveKeyPair EllipticCurveKeyPair::generate(const EllipticCurve& curve, RandomSource& random) {
    return generate(curve, *curve.basePoint(), random);
}

EllipticCurveKeyPair EllipticCurveKeyPair::generate(const EllipticCurve& curve, const EC_POINT& generator,
                                                    RandomSource& random) {
    return {curve, generator, drawBelow(orderOf(curve), random)};
}

EllipticCurveKeyPair EllipticCurveKeyPair::fromPrivateKey(const EllipticCurve& curve, BytesView privateKey) {
    return {curve, *curve.basePoint(), checkedPrivateKey(curve, privateKey)};
}

EcPointPtr EllipticCurveKeyPair::agreedPoint(BytesView peerPublicKey) const {
    return curve_.multiply(privateKey_.view(), *curve_.decodePoint(peerPublicKey));
}

SecretBytes EllipticCurveKeyPair::agree(BytesView peerPublicKey) const {
    return curve_.xCoordinate(*agreedPoint(peerPublicKey));
}

EvpKey EllipticCurveKeyPair::toEvpKey() const {
    return makeEvpKey(curve_, publicKey_, toBignum(privateKey_.view()).get());
}

EvpKey ellipticCurvePublicKey(const EllipticCurve& curve, BytesView point) {
    static_cast<void>(curve.decodePoint(point));
    return makeEvpKey(curve, point, nullptr);
}

} // namespace cancuoc
