// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/agreement_group.hpp"

#include "host/crypto/bignum.hpp"

#include <utility>

namespace cancuoc::e2e {
namespace {

/// Counts `scalar` up and adds `element` to its product until `accept` takes the product.
template <class Product, class Next, class Accept>
Bytes countUp(Bytes scalar, Product product, const Next& next, const Accept& accept) {
    while (!accept(*product)) {
        product = next(*product);
        for (auto digit = scalar.rbegin(); ++*digit == 0; ++digit) {
        }
    }
    return scalar;
}

} // namespace

AgreementGroup::AgreementGroup(DomainParameters parameters) : parameters_(std::move(parameters)) {}

Bytes AgreementGroup::generator() const {
    return curve() != nullptr ? curve()->encodePoint(*curve()->basePoint())
                              : modular().encodeElement(modular().generator());
}

Bytes AgreementGroup::multiply(BytesView scalar, BytesView element) const {
    if (curve() != nullptr) {
        return curve()->encodePoint(*curve()->multiply(scalar, *curve()->decodePoint(element)));
    }
    return modular().encodeElement(*modular().power(*modular().decodeElement(element), scalar));
}

Bytes AgreementGroup::divide(BytesView dividend, BytesView divisor) const {
    const auto context = newBignumContext();
    const auto quotient = newBignum();
    requireOpenssl(
        BN_mod_inverse(quotient.get(), toBignum(divisor).get(), &order(), context.get()) != nullptr ? 1 : 0,
        "The divisor cannot be inverted");
    requireOpenssl(
        BN_mod_mul(quotient.get(), quotient.get(), toBignum(dividend).get(), &order(), context.get()),
        "The numbers cannot be multiplied");
    return toBytes(toBytesOfWidth(*quotient, scalarSize()).view());
}

std::size_t AgreementGroup::scalarSize() const {
    return static_cast<std::size_t>(BN_num_bytes(&order()));
}

Bytes AgreementGroup::drawScalar(RandomSource& random) const {
    return toBytes(drawBelow(order(), random).view());
}

Bytes AgreementGroup::drawShortScalar(RandomSource& random) const {
    const auto bound = newBignum();
    requireOpenssl(BN_rshift(bound.get(), &order(), 8), "The order cannot be divided");
    return toBytes(toBytesOfWidth(*toBignum(drawBelow(*bound, random).view()), scalarSize()).view());
}

bool AgreementGroup::beginsWithZero(BytesView element, Part part) const {
    BytesView number = element;
    if (curve() != nullptr) {
        const auto size = curve()->fieldSize();
        number = element.subspan(part == Part::X ? 1 : 1 + size, size);
    }
    return static_cast<std::size_t>(BN_num_bits(toBignum(number).get())) + 8 <= fieldBits();
}

Bytes AgreementGroup::scalarThatGivesZero(BytesView element, Part part, RandomSource& random) const {
    Bytes scalar = drawShortScalar(random); // with room to count up below the order
    if (curve() != nullptr) {
        const auto point = curve()->decodePoint(element);
        auto product = curve()->multiply(scalar, *point);
        return countUp(
            std::move(scalar), std::move(product),
            [&](const EC_POINT& sum) { return curve()->add(sum, *point); },
            [&](const EC_POINT& sum) { return beginsWithZero(curve()->encodePoint(sum), part); });
    }
    const auto base = modular().decodeElement(element);
    auto power = modular().power(*base, scalar);
    return countUp(
        std::move(scalar), std::move(power),
        [&](const BIGNUM& product) { return modular().multiply(product, *base); },
        [&](const BIGNUM& product) { return beginsWithZero(modular().encodeElement(product), part); });
}

std::size_t AgreementGroup::fieldBits() const {
    return static_cast<std::size_t>(curve() != nullptr ? EC_GROUP_get_degree(&curve()->group())
                                                       : BN_num_bits(&modular().prime()));
}

const BIGNUM& AgreementGroup::order() const {
    return curve() != nullptr ? *EC_GROUP_get0_order(&curve()->group()) : *modular().order();
}

} // namespace cancuoc::e2e
