// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/elliptic_curve.hpp"

#include <mbedtls/ecdsa.h>

namespace cancuoc::card::crypto {
namespace {

/// Tries before a source of randomness counts as broken; a working one fails them all with less than 2^-90.
constexpr int maximumKeyGenerationTries = 128;

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
    case StandardizedDomainParameters::BrainpoolP192r1:
    case StandardizedDomainParameters::BrainpoolP224r1:
    case StandardizedDomainParameters::BrainpoolP320r1:
        break;
    }
    return MBEDTLS_ECP_DP_NONE;
}

/// A multiple precision integer that wipes itself.
class Integer {
public:
    Integer() { mbedtls_mpi_init(&value_); }
    ~Integer() { mbedtls_mpi_free(&value_); }
    Integer(const Integer&) = delete;
    Integer& operator=(const Integer&) = delete;

    [[nodiscard]] bool read(std::span<const std::uint8_t> bytes) {
        return mbedtls_mpi_read_binary(&value_, bytes.data(), bytes.size()) == 0;
    }
    /// Writes big-endian, padded with leading zero bytes.
    [[nodiscard]] bool write(std::span<std::uint8_t> bytes) const {
        return mbedtls_mpi_write_binary(&value_, bytes.data(), bytes.size()) == 0;
    }
    mbedtls_mpi* get() { return &value_; }
    [[nodiscard]] const mbedtls_mpi* get() const { return &value_; }

private:
    mbedtls_mpi value_;
};

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

std::size_t bytesFor(std::size_t bits) {
    return (bits + 7) / 8;
}

bool writePoint(const mbedtls_ecp_group& group, const mbedtls_ecp_point& point, EncodedPoint& encoded) {
    const std::size_t size = 1 + 2 * bytesFor(group.pbits);
    std::size_t written = 0;
    return encoded.resize(size) &&
           mbedtls_ecp_point_write_binary(&group, &point, MBEDTLS_ECP_PF_UNCOMPRESSED, &written,
                                          encoded.bytes().data(), encoded.size()) == 0 &&
           written == size; // the point at infinity is one byte
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

std::size_t EllipticCurve::fieldSize() const {
    return bytesFor(group_.pbits);
}

std::size_t EllipticCurve::orderSize() const {
    return bytesFor(group_.nbits);
}

bool EllipticCurve::generator(EncodedPoint& point) const {
    return supported_ && writePoint(group_, group_.G, point);
}

bool EllipticCurve::isValidPoint(std::span<const std::uint8_t> encoded) const {
    Point point;
    return supported_ && point.read(group_, encoded);
}

bool EllipticCurve::isValidPrivateKey(std::span<const std::uint8_t> scalar) const {
    Integer value;
    return supported_ && scalar.size() == orderSize() && value.read(scalar) &&
           mbedtls_ecp_check_privkey(&group_, value.get()) == 0;
}

bool EllipticCurve::generatePrivateKey(RandomSource& random, PrivateKey& key) const {
    if (!supported_ || !key.resize(orderSize())) {
        return false;
    }
    const auto excessBits = key.size() * 8 - group_.nbits;
    for (int tries = 0; tries < maximumKeyGenerationTries; ++tries) {
        if (!random.fill(key.bytes())) {
            break;
        }
        key.bytes().front() = static_cast<std::uint8_t>(key.bytes().front() & (0xFFU >> excessBits));
        if (isValidPrivateKey(key.view())) {
            return true;
        }
    }
    key.clear();
    return false;
}

bool EllipticCurve::multiply(std::span<const std::uint8_t> scalar, std::span<const std::uint8_t> point,
                             RandomSource* blinding, EncodedPoint& product) {
    Integer factor;
    Point input;
    Point output;
    return supported_ && factor.read(scalar) && input.read(group_, point) &&
           mbedtls_ecp_mul(&group_, output.get(), factor.get(), input.get(),
                           blinding != nullptr ? fillFromSource : nullptr, blinding) == 0 &&
           writePoint(group_, *output.get(), product);
}

bool EllipticCurve::multiplyGeneratorAndAdd(std::span<const std::uint8_t> scalar,
                                            std::span<const std::uint8_t> point, EncodedPoint& sum) {
    Integer factor;
    Integer one;
    Point input;
    Point output;
    return supported_ && factor.read(scalar) && input.read(group_, point) &&
           mbedtls_mpi_lset(one.get(), 1) == 0 &&
           mbedtls_ecp_muladd(&group_, output.get(), factor.get(), &group_.G, one.get(), input.get()) == 0 &&
           writePoint(group_, *output.get(), sum);
}

bool EllipticCurve::agree(std::span<const std::uint8_t> privateKey, std::span<const std::uint8_t> publicKey,
                          RandomSource* blinding, SharedSecret& secret) {
    EncodedPoint agreed;
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

} // namespace cancuoc::card::crypto
