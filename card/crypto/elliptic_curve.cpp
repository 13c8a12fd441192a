// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/elliptic_curve.hpp"

#include "card/crypto/integer.hpp"

#include <algorithm>

#include <mbedtls/ecdsa.h>

namespace cancuoc::card::crypto {
namespace {

constexpr std::uint8_t uncompressedPoint = 0x04;

mbedtls_ecp_group_id groupOf(StandardizedDomainParameters id) {
    switch (id) {
    case StandardizedDomainParameters::Secp192r1:
        return MBEDTLS_ECP_DP_SECP192R1;
    case StandardizedDomainParameters::Secp224r1:
        return MBEDTLS_ECP_DP_SECP224R1;
    case StandardizedDomainParameters::Secp256r1:
        return MBEDTLS_ECP_DP_SECP256R1;
    case StandardizedDomainParameters::BrainpoolP256r1:
        return MBEDTLS_ECP_DP_BP256R1;
    case StandardizedDomainParameters::Secp384r1:
        return MBEDTLS_ECP_DP_SECP384R1;
    case StandardizedDomainParameters::BrainpoolP384r1:
        return MBEDTLS_ECP_DP_BP384R1;
    case StandardizedDomainParameters::BrainpoolP512r1:
        return MBEDTLS_ECP_DP_BP512R1;
    case StandardizedDomainParameters::Secp521r1:
        return MBEDTLS_ECP_DP_SECP521R1;
    case StandardizedDomainParameters::Modp1024Subgroup160:
    case StandardizedDomainParameters::Modp2048Subgroup224:
    case StandardizedDomainParameters::Modp2048Subgroup256:
    case StandardizedDomainParameters::BrainpoolP192r1:
    case StandardizedDomainParameters::BrainpoolP224r1:
    case StandardizedDomainParameters::BrainpoolP320r1:
        break;
    }
    return MBEDTLS_ECP_DP_NONE;
}

/// A point that wipes itself.
class Point {
public:
    Point() { mbedtls_ecp_point_init(&value_); }
    ~Point() { mbedtls_ecp_point_free(&value_); }
    Point(const Point&) = delete;
    Point& operator=(const Point&) = delete;

    /// Reads an uncompressed point and refuses whatever is not on the curve (TR-03111, 3.2.1 and 4.3.2.1).
    [[nodiscard]] bool read(const mbedtls_ecp_group& group, std::span<const std::uint8_t> encoded) {
        return !encoded.empty() && encoded.front() == uncompressedPoint &&
               mbedtls_ecp_point_read_binary(&group, &value_, encoded.data(), encoded.size()) == 0 &&
               mbedtls_ecp_check_pubkey(&group, &value_) == 0;
    }
    mbedtls_ecp_point* get() { return &value_; }

private:
    mbedtls_ecp_point value_;
};

bool writePoint(const mbedtls_ecp_group& group, const mbedtls_ecp_point& point, GroupElement& encoded) {
    const std::size_t size = 1 + 2 * ((group.pbits + 7) / 8);
    std::size_t written = 0;
    return encoded.resize(size) &&
           mbedtls_ecp_point_write_binary(&group, &point, MBEDTLS_ECP_PF_UNCOMPRESSED, &written,
                                          encoded.bytes().data(), encoded.size()) == 0 &&
           written == size; // the point at infinity is one byte
}

/// Arithmetic modulo the field's prime p.
class FieldArithmetic {
public:
    explicit FieldArithmetic(const mbedtls_mpi& prime) : prime_(&prime) {}

    [[nodiscard]] bool reduce(Integer& value) const {
        return mbedtls_mpi_mod_mpi(value.get(), value.get(), prime_) == 0;
    }
    [[nodiscard]] bool add(Integer& sum, const Integer& left, const mbedtls_mpi& right) const {
        return mbedtls_mpi_add_mpi(sum.get(), left.get(), &right) == 0 && reduce(sum);
    }
    [[nodiscard]] bool increment(Integer& value) const {
        return mbedtls_mpi_add_int(value.get(), value.get(), 1) == 0 && reduce(value);
    }
    [[nodiscard]] bool negate(Integer& value) const {
        return mbedtls_mpi_sub_mpi(value.get(), prime_, value.get()) == 0 && reduce(value);
    }
    [[nodiscard]] bool multiply(Integer& product, const Integer& left, const mbedtls_mpi& right) const {
        return mbedtls_mpi_mul_mpi(product.get(), left.get(), &right) == 0 && reduce(product);
    }
    [[nodiscard]] bool multiply(Integer& product, const Integer& left, const Integer& right) const {
        return multiply(product, left, *right.get());
    }
    /// value^(p-2)
    [[nodiscard]] bool invert(Integer& value) const {
        Integer exponent;
        Integer base;
        return mbedtls_mpi_copy(base.get(), value.get()) == 0 &&
               mbedtls_mpi_sub_int(exponent.get(), prime_, 2) == 0 && raise(value, base, exponent);
    }
    /// value^(p-1-(p+1)/4), where p is 3 modulo 4.
    [[nodiscard]] bool inverseSquareRoot(Integer& root, const Integer& value) const {
        Integer exponent;
        Integer quarter;
        return mbedtls_mpi_add_int(quarter.get(), prime_, 1) == 0 &&
               mbedtls_mpi_shift_r(quarter.get(), 2) == 0 &&
               mbedtls_mpi_sub_int(exponent.get(), prime_, 1) == 0 &&
               mbedtls_mpi_sub_mpi(exponent.get(), exponent.get(), quarter.get()) == 0 &&
               raise(root, value, exponent);
    }

private:
    [[nodiscard]] bool raise(Integer& power, const Integer& base, const Integer& exponent) const {
        return mbedtls_mpi_exp_mod(power.get(), base.get(), exponent.get(), prime_, nullptr) == 0;
    }

    const mbedtls_mpi* prime_;
};

bool equals(std::span<const std::uint8_t> bytes, const mbedtls_mpi& expected) {
    Integer value;
    return value.read(bytes) && mbedtls_mpi_cmp_mpi(value.get(), &expected) == 0;
}

int fillFromSource(void* source, unsigned char* output, std::size_t size) {
    return static_cast<RandomSource*>(source)->fill(std::span(output, size)) ? 0
                                                                             : MBEDTLS_ERR_ECP_RANDOM_FAILED;
}

} // namespace

EllipticCurve::EllipticCurve(StandardizedDomainParameters id) {
    mbedtls_ecp_group_init(&group_);
    supported_ = mbedtls_ecp_group_load(&group_, groupOf(id)) == 0;
}

EllipticCurve::~EllipticCurve() {
    mbedtls_ecp_group_free(&group_);
}

std::size_t EllipticCurve::fieldBits() const {
    return group_.pbits;
}

std::size_t EllipticCurve::orderBits() const {
    return group_.nbits;
}

bool EllipticCurve::generator(GroupElement& point) const {
    return supported_ && writePoint(group_, group_.G, point);
}

bool EllipticCurve::isValidPublicKey(std::span<const std::uint8_t> encoded) const {
    Point point;
    return supported_ && point.read(group_, encoded);
}

bool EllipticCurve::isValidPrivateKey(std::span<const std::uint8_t> scalar) const {
    Integer value;
    return supported_ && scalar.size() == orderSize() && value.read(scalar) &&
           mbedtls_ecp_check_privkey(&group_, value.get()) == 0;
}

bool EllipticCurve::multiply(std::span<const std::uint8_t> scalar, std::span<const std::uint8_t> point,
                             RandomSource* blinding, GroupElement& product) {
    Integer factor;
    Point input;
    Point output;
    return supported_ && factor.read(scalar) && input.read(group_, point) &&
           mbedtls_ecp_mul(&group_, output.get(), factor.get(), input.get(),
                           blinding != nullptr ? fillFromSource : nullptr, blinding) == 0 &&
           writePoint(group_, *output.get(), product);
}

bool EllipticCurve::multiplyGeneratorAndAdd(std::span<const std::uint8_t> scalar,
                                            std::span<const std::uint8_t> point, GroupElement& sum) {
    Integer factor;
    Integer one;
    Point input;
    Point output;
    return supported_ && factor.read(scalar) && input.read(group_, point) &&
           mbedtls_mpi_lset(one.get(), 1) == 0 &&
           mbedtls_ecp_muladd(&group_, output.get(), factor.get(), &group_.G, one.get(), input.get()) == 0 &&
           writePoint(group_, *output.get(), sum);
}

bool EllipticCurve::readCoefficientA(Integer& a) const {
    // The library leaves a = -3 away.
    return group_.A.p == nullptr ? mbedtls_mpi_sub_int(a.get(), &group_.P, 3) == 0
                                 : mbedtls_mpi_copy(a.get(), &group_.A) == 0;
}

bool EllipticCurve::encodeNumber(std::span<const std::uint8_t> number, GroupElement& point) {
    Integer t;
    Integer a;
    if (!supported_ || (mbedtls_mpi_get_bit(&group_.P, 0) & mbedtls_mpi_get_bit(&group_.P, 1)) == 0 ||
        !t.read(number) || !readCoefficientA(a)) {
        return false;
    }
    const FieldArithmetic field(group_.P);
    Integer alpha;
    Integer sum;
    Integer inverse;
    Integer x2;
    Integer x3;
    Integer h2;
    Integer u;
    Integer root;
    Integer square;
    // 1. alpha = -t^2; 2. X2 = -b (1 + alpha + alpha^2) (a (alpha + alpha^2))^(p-2); 3. X3 = alpha X2
    bool done = field.reduce(t) && field.multiply(alpha, t, t) && field.negate(alpha) &&
                field.multiply(sum, alpha, alpha) && field.add(sum, sum, *alpha.get()) &&
                field.multiply(inverse, sum, a) && field.invert(inverse) && field.increment(sum) &&
                field.multiply(x2, sum, inverse) && field.multiply(x2, x2, group_.B) && field.negate(x2) &&
                field.multiply(x3, alpha, x2);
    // 4. h2 = X2^3 + a X2 + b; 6. U = t^3 h2; 7. A = h2^(p-1-(p+1)/4)
    done = done && field.multiply(h2, x2, x2) && field.add(h2, h2, *a.get()) && field.multiply(h2, h2, x2) &&
           field.add(h2, h2, group_.B) && field.multiply(u, t, t) && field.multiply(u, u, t) &&
           field.multiply(u, u, h2) && field.inverseSquareRoot(root, h2);
    // 8. A^2 h2 = 1: (X2, A h2); 9. otherwise (X3, A U). Both are computed, and the choice takes no branch.
    Integer y2;
    Integer y3;
    done = done && field.multiply(square, root, root) && field.multiply(square, square, h2) &&
           field.multiply(y2, root, h2) && field.multiply(y3, root, u);
    if (!done) {
        return false;
    }
    const auto isSquare = static_cast<unsigned char>(mbedtls_mpi_cmp_int(square.get(), 1) == 0);
    const std::size_t size = fieldSize();
    GroupElement encoded;
    Point checked;
    if (!encoded.resize(1 + 2 * size)) {
        return false;
    }
    encoded.bytes().front() = uncompressedPoint;
    // 10. The cofactor is 1 on every curve.
    return mbedtls_mpi_safe_cond_assign(x3.get(), x2.get(), isSquare) == 0 &&
           mbedtls_mpi_safe_cond_assign(y3.get(), y2.get(), isSquare) == 0 &&
           x3.write(encoded.bytes().subspan(1, size)) && y3.write(encoded.bytes().subspan(1 + size)) &&
           checked.read(group_, encoded.view()) && point.assign(encoded.view());
}

bool EllipticCurve::agree(std::span<const std::uint8_t> privateKey, std::span<const std::uint8_t> publicKey,
                          RandomSource* blinding, SharedSecret& secret) {
    GroupElement agreed;
    return multiply(privateKey, publicKey, blinding, agreed) &&
           secret.assign(agreed.view().subspan(1, fieldSize()));
}

bool EllipticCurve::sign(std::span<const std::uint8_t> privateKey, std::span<const std::uint8_t> hash,
                         RandomSource& random, PlainSignature& signature) {
    Integer key;
    Integer r;
    Integer s;
    return supported_ && isValidPrivateKey(privateKey) && key.read(privateKey) &&
           mbedtls_ecdsa_sign(&group_, r.get(), s.get(), key.get(), hash.data(), hash.size(), fillFromSource,
                              &random) == 0 &&
           signature.resize(2 * orderSize()) && r.write(signature.bytes().first(orderSize())) &&
           s.write(signature.bytes().subspan(orderSize()));
}

bool EllipticCurve::verify(std::span<const std::uint8_t> publicKey, std::span<const std::uint8_t> hash,
                           std::span<const std::uint8_t> signature) {
    Point point;
    Integer r;
    Integer s;
    return supported_ && signature.size() == 2 * orderSize() && point.read(group_, publicKey) &&
           r.read(signature.first(orderSize())) && s.read(signature.subspan(orderSize())) &&
           mbedtls_ecdsa_verify(&group_, hash.data(), hash.size(), point.get(), r.get(), s.get()) == 0;
}

bool EllipticCurve::hasDomainParameters(std::span<const std::uint8_t> prime, std::span<const std::uint8_t> a,
                                        std::span<const std::uint8_t> b,
                                        std::span<const std::uint8_t> basePoint,
                                        std::span<const std::uint8_t> order) const {
    Integer coefficient;
    GroupElement expectedBasePoint;
    return supported_ && readCoefficientA(coefficient) && equals(prime, group_.P) &&
           equals(a, *coefficient.get()) && equals(b, group_.B) && equals(order, group_.N) &&
           generator(expectedBasePoint) && std::ranges::equal(basePoint, expectedBasePoint.view());
}

bool EllipticCurve::divideScalars(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right,
                                  PrivateKey& quotient) const {
    Integer divisor;
    Integer exponent;
    Integer result;
    Integer dividend;
    // The order is prime, so that left^(order - 2) is the inverse.
    return isValidPrivateKey(left) && isValidPrivateKey(right) && divisor.read(left) &&
           dividend.read(right) && mbedtls_mpi_sub_int(exponent.get(), &group_.N, 2) == 0 &&
           mbedtls_mpi_exp_mod(result.get(), divisor.get(), exponent.get(), &group_.N, nullptr) == 0 &&
           mbedtls_mpi_mul_mpi(result.get(), result.get(), dividend.get()) == 0 &&
           mbedtls_mpi_mod_mpi(result.get(), result.get(), &group_.N) == 0 && quotient.resize(orderSize()) &&
           result.write(quotient.bytes());
}

} // namespace cancuoc::card::crypto
