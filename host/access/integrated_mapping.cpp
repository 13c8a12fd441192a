// SPDX-License-Identifier: Apache-2.0
#include "host/access/integrated_mapping.hpp"

#include "host/crypto/bignum.hpp"

#include <utility>

namespace cancuoc {

namespace {

constexpr std::size_t excessBits = 64;

// c_0 and c_1, for nonces of 128 and of 256 bits.
const Bytes& constant(std::size_t index, std::size_t nonceSize) {
    static const Bytes constants[] = {
        fromHex("A668892A7C41E3CA739F40B057D85904"), fromHex("A4E136AC725F738B01C1F60217C188AD"),
        fromHex("D463D65234124EF7897054986DCA0A174E28DF758CBAA03F240616414D5A1676"),
        fromHex("54BD7255F0AAF831BEC3423FCF39D69B6CBF066677D0FAAE5AADD99DF8E53517")};
    return constants[index + (nonceSize == 32 ? 2 : 0)];
}

// The smallest multiple of 128 bits that holds a key; 3DES counts as 128 bits (4.4.3.3.2, note).
std::size_t nonceSizeOf(BlockCipher cipher) {
    return keySizeOf(cipher) <= 16 ? 16 : 32;
}

SecretBytes encrypt(BlockCipher cipher, BytesView key, BytesView input) {
    return SecretBytes(encryptCbc(cipher, key.first(keySizeOf(cipher)), Bytes(blockSizeOf(cipher)), input));
}

// Arithmetic modulo the prime of a field, for formulas that read like the standard's.
class Field {
public:
    explicit Field(const BIGNUM& prime) : prime_(prime), context_(newBignumContext()) {}

    [[nodiscard]] BignumPtr reduce(const BIGNUM& number) const {
        return compute([&](BIGNUM* result) { return BN_nnmod(result, &number, &prime_, context_.get()); });
    }
    [[nodiscard]] BignumPtr add(const BignumPtr& left, const BignumPtr& right) const {
        return compute([&](BIGNUM* result) {
            return BN_mod_add(result, left.get(), right.get(), &prime_, context_.get());
        });
    }
    [[nodiscard]] BignumPtr negate(const BignumPtr& number) const {
        return compute([&](BIGNUM* result) {
            return BN_mod_sub(result, &prime_, number.get(), &prime_, context_.get());
        });
    }
    [[nodiscard]] BignumPtr multiply(const BignumPtr& left, const BignumPtr& right) const {
        return compute([&](BIGNUM* result) {
            return BN_mod_mul(result, left.get(), right.get(), &prime_, context_.get());
        });
    }
    [[nodiscard]] BignumPtr power(const BignumPtr& base, const BignumPtr& exponent) const {
        return compute([&](BIGNUM* result) {
            return BN_mod_exp_mont_consttime(result, base.get(), exponent.get(), &prime_, context_.get(),
                                             nullptr);
        });
    }
    [[nodiscard]] BignumPtr inverse(const BignumPtr& number) const {
        BignumPtr exponent = copyOf(prime_);
        requireOpenssl(BN_sub_word(exponent.get(), 2), failure);
        return power(number, exponent); // Fermat
    }
    [[nodiscard]] BignumPtr one() const { return copyOf(*BN_value_one()); }
    [[nodiscard]] static BignumPtr copyOf(const BIGNUM& number) {
        return ownOpenssl<BignumPtr>(BN_dup(&number), failure);
    }

private:
    static constexpr std::string_view failure = "The number cannot be mapped to a generator";

    template <class Operation>
    [[nodiscard]] static BignumPtr compute(const Operation& operation) {
        BignumPtr result = newBignum();
        requireOpenssl(operation(result.get()), failure);
        return result;
    }

    const BIGNUM& prime_;
    BignumContextPtr context_;
};

struct CurveEquation {
    BignumPtr prime = newBignum();
    BignumPtr a = newBignum();
    BignumPtr b = newBignum();
};

CurveEquation equationOf(const EllipticCurve& curve) {
    CurveEquation equation;
    requireOpenssl(
        EC_GROUP_get_curve(&curve.group(), equation.prime.get(), equation.a.get(), equation.b.get(), nullptr),
        "The curve's equation cannot be read");
    return equation;
}

// p - 1 - (p + 1) / 4
BignumPtr exponentOfStep7(const BIGNUM& prime) {
    BignumPtr quarter = Field::copyOf(prime);
    BignumPtr exponent = Field::copyOf(prime);
    if (BN_add_word(quarter.get(), 1) != 1 || BN_rshift(quarter.get(), quarter.get(), 2) != 1 ||
        BN_sub_word(exponent.get(), 1) != 1 || BN_sub(exponent.get(), exponent.get(), quarter.get()) != 1) {
        throw opensslError("The exponent of the point encoding cannot be computed");
    }
    return exponent;
}

} // namespace

IntegratedMapping::IntegratedMapping(DomainParameters parameters, BlockCipher cipher, RandomSource& random)
    : parameters_(std::move(parameters)), cipher_(cipher), terminalNonce_(random.bytes(keySizeOf(cipher))) {}

EphemeralDomainParameters IntegratedMapping::map(BytesView nonce, BytesView chipData) {
    if (nonce.size() != nonceSizeOf(cipher_)) {
        throw MalformedData("The card's nonce has a wrong length for the integrated mapping.");
    }
    if (!chipData.empty()) {
        throw MalformedData("The card sends mapping data where the integrated mapping has none.");
    }
    if (const auto* const curve = std::get_if<EllipticCurve>(&parameters_)) {
        const SecretBytes number = pseudoRandomNumber(
            cipher_, nonce, terminalNonce_, static_cast<std::size_t>(EC_GROUP_get_degree(&curve->group())));
        return {*curve, encodeToPoint(*curve, number.view())};
    }
    const auto& group = std::get<DiffieHellmanGroup>(parameters_);
    const SecretBytes number = pseudoRandomNumber(cipher_, nonce, terminalNonce_,
                                                  static_cast<std::size_t>(BN_num_bits(&group.prime())));
    return {group, encodeToElement(group, number.view())};
}

// 4.4.3.3.2, figure 2: k_0 = E(t, s); x_i = E(k_(i-1), c_1), k_i = E(k_(i-1), c_0).
SecretBytes pseudoRandomNumber(BlockCipher cipher, BytesView nonce, BytesView terminalNonce,
                               std::size_t primeBits) {
    const std::size_t outputBits = 8 * nonce.size();
    const std::size_t count = (primeBits + excessBits + outputBits - 1) / outputBits;
    SecretBytes number(count * nonce.size());
    SecretBytes key = encrypt(cipher, terminalNonce, nonce);
    for (std::size_t index = 0; index < count; ++index) {
        const SecretBytes part = encrypt(cipher, key.view(), constant(1, nonce.size()));
        std::copy(part.view().begin(), part.view().end(),
                  number.span().begin() + static_cast<std::ptrdiff_t>(index * nonce.size()));
        key = encrypt(cipher, key.view(), constant(0, nonce.size()));
    }
    return number;
}

// Appendix B.2, step by step with its names.
EcPointPtr encodeToPoint(const EllipticCurve& curve, BytesView number) {
    const CurveEquation equation = equationOf(curve);
    const auto& [p, a, b] = equation;
    const Field field(*p);
    const auto valueAt = [&field, &a = a, &b = b](const BignumPtr& x) { // x^3 + a x + b
        return field.add(field.multiply(field.add(field.multiply(x, x), a), x), b);
    };

    const BignumPtr t = field.reduce(*toBignum(number));
    const BignumPtr alpha = field.negate(field.multiply(t, t));
    const BignumPtr sum = field.add(alpha, field.multiply(alpha, alpha));
    const BignumPtr x2 = field.negate(
        field.multiply(field.multiply(b, field.inverse(a)), field.add(field.one(), field.inverse(sum))));
    const BignumPtr x3 = field.multiply(alpha, x2);
    const BignumPtr h2 = valueAt(x2);
    const BignumPtr u = field.multiply(field.multiply(field.multiply(t, t), t), h2);
    const BignumPtr root = field.power(h2, exponentOfStep7(*p));
    const bool isSquare = BN_is_one(field.multiply(field.multiply(root, root), h2).get()) == 1;
    const BignumPtr y = field.multiply(root, isSquare ? h2 : u);

    auto point = ownOpenssl<EcPointPtr>(EC_POINT_new(&curve.group()), "A point cannot be set up");
    requireOpenssl(EC_POINT_set_affine_coordinates(&curve.group(), point.get(), (isSquare ? x2 : x3).get(),
                                                   y.get(), nullptr),
                   "The nonces map to no point");
    return point;
}

BignumPtr encodeToElement(const DiffieHellmanGroup& group, BytesView number) {
    const Field field(group.prime());
    BignumPtr cofactor = newBignum();
    BignumPtr order = Field::copyOf(group.prime());
    requireOpenssl(BN_sub_word(order.get(), 1), "The cofactor cannot be computed");
    requireOpenssl(BN_div(cofactor.get(), nullptr, order.get(), group.order(), newBignumContext().get()),
                   "The cofactor cannot be computed");
    BignumPtr generator = field.power(field.reduce(*toBignum(number)), cofactor);
    if (BN_is_zero(generator.get()) == 1 || BN_is_one(generator.get()) == 1) {
        throw CryptographyError("The nonces map to no generator.");
    }
    return generator;
}

} // namespace cancuoc
