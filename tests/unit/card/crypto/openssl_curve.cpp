// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/crypto/openssl_curve.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>

namespace cancuoc::card::test {
namespace {

using crypto::StandardizedDomainParameters;
using Number = std::unique_ptr<BIGNUM, decltype(&BN_clear_free)>;

void require(bool condition) {
    if (!condition) {
        throw std::runtime_error("OpenSSL refused an operation of the test oracle");
    }
}

int nidOf(StandardizedDomainParameters id) {
    switch (id) {
    case StandardizedDomainParameters::Secp192r1:
        return NID_X9_62_prime192v1;
    case StandardizedDomainParameters::BrainpoolP192r1:
        return NID_brainpoolP192r1;
    case StandardizedDomainParameters::Secp224r1:
        return NID_secp224r1;
    case StandardizedDomainParameters::BrainpoolP224r1:
        return NID_brainpoolP224r1;
    case StandardizedDomainParameters::Secp256r1:
        return NID_X9_62_prime256v1;
    case StandardizedDomainParameters::BrainpoolP256r1:
        return NID_brainpoolP256r1;
    case StandardizedDomainParameters::BrainpoolP320r1:
        return NID_brainpoolP320r1;
    case StandardizedDomainParameters::Secp384r1:
        return NID_secp384r1;
    case StandardizedDomainParameters::BrainpoolP384r1:
        return NID_brainpoolP384r1;
    case StandardizedDomainParameters::BrainpoolP512r1:
        return NID_brainpoolP512r1;
    case StandardizedDomainParameters::Secp521r1:
        return NID_secp521r1;
    default:
        break;
    }
    throw std::invalid_argument("not a curve");
}

Number number(const Bytes& bytes) {
    return {BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr), &BN_clear_free};
}

Bytes fixedWidth(const BIGNUM& value, std::size_t size) {
    Bytes bytes(size);
    require(BN_bn2binpad(&value, bytes.data(), static_cast<int>(size)) == static_cast<int>(size));
    return bytes;
}

} // namespace

OpensslCurve::OpensslCurve(StandardizedDomainParameters id)
    : nid_(nidOf(id)), group_(EC_GROUP_new_by_curve_name(nid_), &EC_GROUP_free) {
    require(group_ != nullptr);
}

std::size_t OpensslCurve::fieldSize() const {
    return static_cast<std::size_t>(EC_GROUP_get_degree(group_.get()) + 7) / 8;
}

std::size_t OpensslCurve::orderSize() const {
    return static_cast<std::size_t>(EC_GROUP_order_bits(group_.get()) + 7) / 8;
}

OpensslCurve::Point OpensslCurve::newPoint() const {
    return {EC_POINT_new(group_.get()), &EC_POINT_free};
}

OpensslCurve::Point OpensslCurve::decode(const Bytes& encoded) const {
    auto point = newPoint();
    require(EC_POINT_oct2point(group_.get(), point.get(), encoded.data(), encoded.size(), nullptr) == 1);
    return point;
}

Bytes OpensslCurve::encode(const EC_POINT& point) const {
    Bytes encoded(1 + 2 * fieldSize());
    const auto size = EC_POINT_point2oct(group_.get(), &point, POINT_CONVERSION_UNCOMPRESSED, encoded.data(),
                                         encoded.size(), nullptr);
    encoded.resize(size);
    return encoded;
}

Bytes OpensslCurve::multiplyGenerator(const Bytes& scalar) const {
    const auto product = newPoint();
    require(EC_POINT_mul(group_.get(), product.get(), number(scalar).get(), nullptr, nullptr, nullptr) == 1);
    return encode(*product);
}

Bytes OpensslCurve::multiply(const Bytes& scalar, const Bytes& point) const {
    const auto product = newPoint();
    require(EC_POINT_mul(group_.get(), product.get(), nullptr, decode(point).get(), number(scalar).get(),
                         nullptr) == 1);
    return encode(*product);
}

Bytes OpensslCurve::add(const Bytes& left, const Bytes& right) const {
    const auto sum = newPoint();
    require(EC_POINT_add(group_.get(), sum.get(), decode(left).get(), decode(right).get(), nullptr) == 1);
    return encode(*sum);
}

Bytes OpensslCurve::largestScalar() const {
    const Number value(BN_dup(EC_GROUP_get0_order(group_.get())), &BN_clear_free);
    require(BN_sub_word(value.get(), 1) == 1);
    return fixedWidth(*value, orderSize());
}

Bytes OpensslCurve::order() const {
    return fixedWidth(*EC_GROUP_get0_order(group_.get()), orderSize());
}

Bytes OpensslCurve::prime() const {
    return fixedWidth(*EC_GROUP_get0_field(group_.get()), fieldSize());
}

Bytes OpensslCurve::coefficientA() const {
    const Number a(BN_new(), &BN_clear_free);
    require(EC_GROUP_get_curve(group_.get(), nullptr, a.get(), nullptr, nullptr) == 1);
    return fixedWidth(*a, fieldSize());
}

Bytes OpensslCurve::coefficientB() const {
    const Number b(BN_new(), &BN_clear_free);
    require(EC_GROUP_get_curve(group_.get(), nullptr, nullptr, b.get(), nullptr) == 1);
    return fixedWidth(*b, fieldSize());
}

Bytes OpensslCurve::basePoint() const {
    return encode(*EC_GROUP_get0_generator(group_.get()));
}

bool OpensslCurve::verifies(const Bytes& publicKey, const Bytes& hash, const Bytes& signature) const {
    const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(OSSL_PARAM_BLD_new(),
                                                                                  &OSSL_PARAM_BLD_free);
    require(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, OBJ_nid2sn(nid_), 0) ==
                1 &&
            OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, publicKey.data(),
                                             publicKey.size()) == 1);
    const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> parameters(
        OSSL_PARAM_BLD_to_param(builder.get()), &OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> import(
        EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), &EVP_PKEY_CTX_free);
    EVP_PKEY* imported = nullptr;
    require(EVP_PKEY_fromdata_init(import.get()) == 1 &&
            EVP_PKEY_fromdata(import.get(), &imported, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(imported, &EVP_PKEY_free);

    const auto half = static_cast<std::ptrdiff_t>(signature.size() / 2);
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> values(ECDSA_SIG_new(), &ECDSA_SIG_free);
    require(ECDSA_SIG_set0(values.get(), number(Bytes(signature.begin(), signature.begin() + half)).release(),
                           number(Bytes(signature.begin() + half, signature.end())).release()) == 1);
    Bytes der(signature.size() + 16);
    auto* end = der.data();
    const int size = i2d_ECDSA_SIG(values.get(), &end);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> verification(
        EVP_PKEY_CTX_new(key.get(), nullptr), &EVP_PKEY_CTX_free);
    require(size > 0 && EVP_PKEY_verify_init(verification.get()) == 1);
    return EVP_PKEY_verify(verification.get(), der.data(), static_cast<std::size_t>(size), hash.data(),
                           hash.size()) == 1;
}

Bytes xOf(const Bytes& point) {
    const auto size = static_cast<std::ptrdiff_t>(point.size() / 2);
    return {point.begin() + 1, point.begin() + 1 + size};
}

} // namespace cancuoc::card::test
