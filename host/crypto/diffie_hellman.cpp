// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/diffie_hellman.hpp"

#include "host/crypto/bignum.hpp"

#include <openssl/core_names.h>

#include <array>
#include <utility>

namespace cancuoc {

namespace {

// Doc 9303-11, 9.5.1: the groups of RFC 5114, 2.1 to 2.3, by OpenSSL's names.
constexpr std::array<const char*, 3> standardizedGroups{"dh_1024_160", "dh_2048_224", "dh_2048_256"};

[[noreturn]] void refuse(const char* reason) {
    throw MalformedData(std::string("The domain parameters are no Diffie-Hellman group: ") + reason + ".");
}

EvpKey standardizedParameters(unsigned parameterId) {
    constexpr std::string_view action = "The Diffie-Hellman group is not available";
    const auto context =
        ownOpenssl<EvpKeyContextPtr>(EVP_PKEY_CTX_new_from_name(nullptr, "DHX", nullptr), action);
    requireOpenssl(EVP_PKEY_paramgen_init(context.get()), action);
    std::string name = standardizedGroups.at(parameterId);
    const std::array<OSSL_PARAM, 2> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name.data(), 0),
        OSSL_PARAM_construct_end()};
    requireOpenssl(EVP_PKEY_CTX_set_params(context.get(), parameters.data()), action);
    EVP_PKEY* key = nullptr;
    requireOpenssl(EVP_PKEY_paramgen(context.get(), &key), action);
    return EvpKey(key);
}

BignumPtr parameterOf(EVP_PKEY& key, const char* name) {
    BIGNUM* number = nullptr;
    requireOpenssl(EVP_PKEY_get_bn_param(&key, name, &number), "A domain parameter cannot be read");
    return BignumPtr(number);
}

MontgomeryPtr montgomeryFor(const BIGNUM& prime) {
    constexpr std::string_view action = "The arithmetic modulo a prime cannot be set up";
    auto montgomery = ownOpenssl<MontgomeryPtr>(BN_MONT_CTX_new(), action);
    requireOpenssl(BN_MONT_CTX_set(montgomery.get(), &prime, newBignumContext().get()), action);
    return montgomery;
}

BignumPtr lessOne(const BIGNUM& number) {
    auto result = ownOpenssl<BignumPtr>(BN_dup(&number), "A number cannot be copied");
    requireOpenssl(BN_sub_word(result.get(), 1), "A number cannot be made smaller");
    return result;
}

bool isBetweenTwoAndPrimeLessTwo(const BIGNUM& number, const BIGNUM& prime) {
    return BN_cmp(&number, BN_value_one()) > 0 && BN_cmp(&number, lessOne(prime).get()) < 0;
}

bool divides(const BIGNUM& divisor, const BIGNUM& number) {
    const BignumPtr remainder = newBignum();
    requireOpenssl(BN_mod(remainder.get(), &number, &divisor, newBignumContext().get()),
                   "A number cannot be divided");
    return BN_is_zero(remainder.get()) == 1;
}

bool hasOrder(const DiffieHellmanGroup& group, const BIGNUM& element) {
    const auto width = static_cast<std::size_t>(BN_num_bytes(group.order()));
    return BN_is_one(group.power(element, toBytesOfWidth(*group.order(), width).view()).get()) == 1;
}

void requireGroup(const DiffieHellmanGroup& group) {
    if (!isBetweenTwoAndPrimeLessTwo(group.generator(), group.prime())) {
        refuse("the generator is out of range");
    }
    if (group.order() == nullptr) {
        return;
    }
    if (BN_cmp(group.order(), BN_value_one()) <= 0 || !divides(*group.order(), *lessOne(group.prime())) ||
        !hasOrder(group, group.generator())) {
        refuse("the generator does not have the order given");
    }
}

// What private keys lie below: the order, or the largest of all orders where it is not known.
BignumPtr privateKeyBound(const DiffieHellmanGroup& group) {
    return group.order() != nullptr
               ? ownOpenssl<BignumPtr>(BN_dup(group.order()), "A number cannot be copied")
               : lessOne(group.prime());
}

} // namespace

DiffieHellmanGroup::DiffieHellmanGroup(std::optional<unsigned> parameterId, Numbers numbers)
    : parameterId_(parameterId), numbers_(std::make_shared<const Numbers>(std::move(numbers))) {}

DiffieHellmanGroup DiffieHellmanGroup::standardized(unsigned parameterId) {
    if (parameterId >= standardizedGroups.size()) {
        throw BadConfiguration("Standardized domain parameters " + std::to_string(parameterId) +
                               " are no Diffie-Hellman group that is supported (0 to 2 are).");
    }
    const EvpKey parameters = standardizedParameters(parameterId);
    Numbers numbers{parameterOf(*parameters, OSSL_PKEY_PARAM_FFC_P),
                    parameterOf(*parameters, OSSL_PKEY_PARAM_FFC_G),
                    parameterOf(*parameters, OSSL_PKEY_PARAM_FFC_Q), nullptr};
    numbers.montgomery = montgomeryFor(*numbers.prime);
    return {parameterId, std::move(numbers)};
}

DiffieHellmanGroup DiffieHellmanGroup::fromParameters(BytesView prime, BytesView generator, BytesView order) {
    Numbers numbers{toBignum(prime), toBignum(generator), order.empty() ? nullptr : toBignum(order), nullptr};
    const int bits = BN_num_bits(numbers.prime.get());
    if (bits < smallestPrimeBits || bits > largestPrimeBits || BN_is_odd(numbers.prime.get()) == 0) {
        refuse("the modulus is even, or of a size that is not taken");
    }
    for (unsigned parameterId = 0; parameterId < standardizedGroups.size(); ++parameterId) {
        DiffieHellmanGroup known = standardized(parameterId);
        if (BN_cmp(&known.prime(), numbers.prime.get()) == 0 &&
            BN_cmp(&known.generator(), numbers.generator.get()) == 0 &&
            (!numbers.order || BN_cmp(known.order(), numbers.order.get()) == 0)) {
            return known;
        }
    }
    numbers.montgomery = montgomeryFor(*numbers.prime);
    DiffieHellmanGroup group(std::nullopt, std::move(numbers));
    requireGroup(group);
    return group;
}

std::string DiffieHellmanGroup::name() const {
    std::string name = "MODP-" + std::to_string(BN_num_bits(&prime()));
    if (order() != nullptr) {
        name += "/" + std::to_string(BN_num_bits(order()));
    }
    return name;
}

std::size_t DiffieHellmanGroup::primeSize() const {
    return static_cast<std::size_t>(BN_num_bytes(&prime()));
}

std::size_t DiffieHellmanGroup::privateKeySize() const {
    return static_cast<std::size_t>(BN_num_bytes(order() != nullptr ? order() : &prime()));
}

BignumPtr DiffieHellmanGroup::decodeElement(BytesView encoded) const {
    BignumPtr element = encoded.size() <= primeSize() ? toBignum(encoded) : nullptr;
    if (!element || !isBetweenTwoAndPrimeLessTwo(*element, prime()) ||
        (order() != nullptr && !hasOrder(*this, *element))) {
        throw MalformedData("A public key is no element of the group " + name() + ".");
    }
    return element;
}

Bytes DiffieHellmanGroup::encodeElement(const BIGNUM& element) const {
    return toBytes(toBytesOfWidth(element, static_cast<std::size_t>(BN_num_bytes(&element))).view());
}

BignumPtr DiffieHellmanGroup::power(const BIGNUM& base, BytesView exponent) const {
    BignumPtr result = newBignum();
    requireOpenssl(BN_mod_exp_mont_consttime(result.get(), &base, toBignum(exponent).get(), &prime(),
                                             newBignumContext().get(), numbers_->montgomery.get()),
                   "The power cannot be computed");
    return result;
}

BignumPtr DiffieHellmanGroup::multiply(const BIGNUM& left, const BIGNUM& right) const {
    BignumPtr product = newBignum();
    requireOpenssl(BN_mod_mul(product.get(), &left, &right, &prime(), newBignumContext().get()),
                   "The product cannot be computed");
    return product;
}

bool operator==(const DiffieHellmanGroup& left, const DiffieHellmanGroup& right) {
    const bool sameOrder = left.order() == nullptr || right.order() == nullptr
                               ? left.order() == right.order()
                               : BN_cmp(left.order(), right.order()) == 0;
    return sameOrder && BN_cmp(&left.prime(), &right.prime()) == 0 &&
           BN_cmp(&left.generator(), &right.generator()) == 0;
}

DiffieHellmanKeyPair::DiffieHellmanKeyPair(const DiffieHellmanGroup& group, const BIGNUM& generator,
                                           SecretBytes privateKey)
    : group_(group), privateKey_(std::move(privateKey)),
      publicKey_(group_.encodeElement(*group_.power(generator, privateKey_.view()))) {}

DiffieHellmanKeyPair DiffieHellmanKeyPair::generate(const DiffieHellmanGroup& group, RandomSource& random) {
    return generate(group, group.generator(), random);
}

DiffieHellmanKeyPair DiffieHellmanKeyPair::generate(const DiffieHellmanGroup& group, const BIGNUM& generator,
                                                    RandomSource& random) {
    return {group, generator, drawBelow(*privateKeyBound(group), random)};
}

DiffieHellmanKeyPair DiffieHellmanKeyPair::fromPrivateKey(const DiffieHellmanGroup& group,
                                                          BytesView privateKey) {
    if (privateKey.size() > group.privateKeySize() ||
        !isBetweenZeroAnd(*privateKeyBound(group), privateKey)) {
        throw BadConfiguration("The private key does not fit the group " + group.name() + ".");
    }
    return {group, group.generator(), toBytesOfWidth(*toBignum(privateKey), group.privateKeySize())};
}

BignumPtr DiffieHellmanKeyPair::agreedElement(BytesView peerPublicKey) const {
    BignumPtr element = group_.power(*group_.decodeElement(peerPublicKey), privateKey_.view());
    // Without q, an element of a small subgroup passes the validation (NIST SP 800-56A, 5.7.1.1).
    if (BN_is_one(element.get()) == 1) {
        throw MalformedData("A public key leads to no secret in the group " + group_.name() + ".");
    }
    return element;
}

SecretBytes DiffieHellmanKeyPair::agree(BytesView peerPublicKey) const {
    return toBytesOfWidth(*agreedElement(peerPublicKey), group_.primeSize());
}

} // namespace cancuoc
