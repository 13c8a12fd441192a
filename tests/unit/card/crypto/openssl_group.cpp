// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/crypto/openssl_group.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

namespace cancuoc::card::test {
namespace {

using crypto::StandardizedDomainParameters;

void require(bool condition) {
    if (!condition) {
        throw std::runtime_error("OpenSSL refused an operation of the test oracle");
    }
}

/// An integer of OpenSSL with the operators of modular arithmetic.
class Number {
public:
    explicit Number(const Bytes& bytes)
        : value_(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr), &BN_clear_free) {}
    explicit Number(const BIGNUM* value) : value_(BN_dup(value), &BN_clear_free) {}
    Number(const Number& other) : Number(other.get()) {}
    explicit Number(unsigned long word) : value_(BN_new(), &BN_clear_free) {
        require(BN_set_word(value_.get(), word) == 1);
    }
    [[nodiscard]] BIGNUM* get() const { return value_.get(); }
    [[nodiscard]] Bytes bytes(std::size_t size) const {
        Bytes bytes(size);
        require(BN_bn2binpad(get(), bytes.data(), static_cast<int>(size)) == static_cast<int>(size));
        return bytes;
    }
    [[nodiscard]] Bytes bytes() const { return bytes(static_cast<std::size_t>(BN_num_bytes(get()))); }

private:
    std::unique_ptr<BIGNUM, decltype(&BN_clear_free)> value_;
};

class Field {
public:
    explicit Field(const Bytes& prime) : prime_(prime), context_(BN_CTX_new(), &BN_CTX_free) {}

    [[nodiscard]] Number product(const Number& left, const Number& right) const {
        Number result(0UL);
        require(BN_mod_mul(result.get(), left.get(), right.get(), prime_.get(), context_.get()) == 1);
        return result;
    }
    [[nodiscard]] Number sum(const Number& left, const Number& right) const {
        Number result(0UL);
        require(BN_mod_add(result.get(), left.get(), right.get(), prime_.get(), context_.get()) == 1);
        return result;
    }
    [[nodiscard]] Number negative(const Number& value) const {
        Number result(0UL);
        require(BN_mod_sub(result.get(), result.get(), value.get(), prime_.get(), context_.get()) == 1);
        return result;
    }
    [[nodiscard]] Number power(const Number& base, const Number& exponent) const {
        Number result(0UL);
        require(BN_mod_exp(result.get(), base.get(), exponent.get(), prime_.get(), context_.get()) == 1);
        return result;
    }
    [[nodiscard]] Number inverse(const Number& value) const {
        Number result(0UL);
        require(BN_mod_inverse(result.get(), value.get(), prime_.get(), context_.get()) != nullptr);
        return result;
    }
    [[nodiscard]] Number remainder(const Number& value) const {
        Number result(0UL);
        require(BN_nnmod(result.get(), value.get(), prime_.get(), context_.get()) == 1);
        return result;
    }
    [[nodiscard]] Number quotient(const Number& dividend, const Number& divisor) const {
        Number result(0UL);
        require(BN_div(result.get(), nullptr, dividend.get(), divisor.get(), context_.get()) == 1);
        return result;
    }
    [[nodiscard]] const Number& prime() const { return prime_; }

private:
    Number prime_;
    std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context_;
};

const char* nameOf(StandardizedDomainParameters id) {
    switch (id) {
    case StandardizedDomainParameters::Modp1024Subgroup160:
        return "dh_1024_160";
    case StandardizedDomainParameters::Modp2048Subgroup224:
        return "dh_2048_224";
    case StandardizedDomainParameters::Modp2048Subgroup256:
        return "dh_2048_256";
    default:
        throw std::invalid_argument("not a DH group");
    }
}

Bytes parameterOf(const EVP_PKEY& key, const char* name) {
    BIGNUM* value = nullptr;
    require(EVP_PKEY_get_bn_param(&key, name, &value) == 1);
    const Number number(value);
    BN_clear_free(value);
    return number.bytes();
}

/// B.2, with divisions by modular inversion.
Bytes encodePoint(const OpensslCurve& curve, const Bytes& number) {
    const Field f(curve.prime());
    const Number a(curve.coefficientA());
    const Number b(curve.coefficientB());
    const auto t = f.remainder(Number(number));
    const auto alpha = f.negative(f.product(t, t));
    const auto fraction = f.inverse(f.sum(alpha, f.product(alpha, alpha)));
    const auto x2 = f.negative(f.product(f.product(b, f.inverse(a)), f.sum(Number(1UL), fraction)));
    const auto h2 = f.sum(f.product(x2, f.sum(f.product(x2, x2), a)), b);
    Number exponent(f.prime().get());
    Number quarter(f.prime().get());
    require(BN_add_word(quarter.get(), 1) == 1 && BN_rshift(quarter.get(), quarter.get(), 2) == 1 &&
            BN_sub(exponent.get(), exponent.get(), quarter.get()) == 1);
    // A h2 = h2^(p - (p + 1) / 4)
    const auto root = f.power(h2, exponent);
    const bool square = BN_cmp(f.product(root, root).get(), h2.get()) == 0;
    const auto x = square ? x2 : f.product(alpha, x2);
    const auto y = square ? root : f.product(f.product(f.product(t, t), t), root);
    return join(hex("04"), x.bytes(curve.fieldSize()), y.bytes(curve.fieldSize()));
}

} // namespace

OpensslGroup::OpensslGroup(StandardizedDomainParameters id) {
    if (!crypto::isModpGroup(id)) {
        curve_.emplace(id);
        return;
    }
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "DHX", nullptr), &EVP_PKEY_CTX_free);
    std::string name = nameOf(id);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size()),
        OSSL_PARAM_construct_end()};
    EVP_PKEY* imported = nullptr;
    require(EVP_PKEY_fromdata_init(context.get()) == 1 &&
            EVP_PKEY_fromdata(context.get(), &imported, EVP_PKEY_KEY_PARAMETERS,
                              const_cast<OSSL_PARAM*>(parameters)) == 1);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(imported, &EVP_PKEY_free);
    prime_ = parameterOf(*key, OSSL_PKEY_PARAM_FFC_P);
    order_ = parameterOf(*key, OSSL_PKEY_PARAM_FFC_Q);
    generator_ = parameterOf(*key, OSSL_PKEY_PARAM_FFC_G);
}

std::size_t OpensslGroup::orderSize() const {
    return curve_ ? curve_->orderSize() : order_.size();
}

Bytes OpensslGroup::prime() const {
    return curve_ ? curve_->prime() : prime_;
}

Bytes OpensslGroup::multiplyGenerator(const Bytes& scalar) const {
    return curve_ ? curve_->multiplyGenerator(scalar) : multiply(scalar, generator_);
}

Bytes OpensslGroup::multiply(const Bytes& scalar, const Bytes& element) const {
    return curve_ ? curve_->multiply(scalar, element)
                  : Field(prime_).power(Number(element), Number(scalar)).bytes();
}

Bytes OpensslGroup::add(const Bytes& left, const Bytes& right) const {
    return curve_ ? curve_->add(left, right) : Field(prime_).product(Number(left), Number(right)).bytes();
}

Bytes OpensslGroup::secretOf(const Bytes& element) const {
    return curve_ ? xOf(element) : Number(element).bytes(prime_.size());
}

Bytes OpensslGroup::encodeNumber(const Bytes& number) const {
    if (curve_) {
        return encodePoint(*curve_, number);
    }
    const Field field(prime_);
    Number cofactor(prime_);
    require(BN_sub_word(cofactor.get(), 1) == 1);
    return field.power(field.remainder(Number(number)), field.quotient(cofactor, Number(order_))).bytes();
}

} // namespace cancuoc::card::test
