// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/key_strength.hpp"

#include <openssl/core_names.h>

namespace cancuoc {

namespace {

using Level = KeyStrength::Level;

constexpr int shortestRsaNobodyFactors = 1024;
constexpr int shortestRsa = 2048;
constexpr int shortestCurve = 224;
constexpr BN_ULONG smallestExponent = 3;

KeyStrength strengthOfRsa(const EVP_PKEY& publicKey, int bits) {
    BIGNUM* number = nullptr;
    requireOpenssl(EVP_PKEY_get_bn_param(&publicKey, OSSL_PKEY_PARAM_RSA_E, &number),
                   "The public exponent of the key cannot be read");
    const BignumPtr exponent(number);
    const BN_ULONG value = BN_get_word(exponent.get()); // the largest there is for longer numbers
    const auto size = "RSA with " + std::to_string(bits) + " bits";
    const auto smallExponent = "RSA with the public exponent " + std::to_string(value);
    if (value < smallestExponent) {
        return {Level::Forgeable, smallExponent};
    }
    if (bits < shortestRsaNobodyFactors) {
        return {Level::Forgeable, size};
    }
    if (value == smallestExponent) {
        return {Level::Weak, smallExponent};
    }
    return bits < shortestRsa ? KeyStrength{Level::Weak, size} : KeyStrength{};
}

} // namespace

KeyStrength strengthOf(const EVP_PKEY& publicKey) {
    const int bits = EVP_PKEY_get_bits(&publicKey);
    switch (EVP_PKEY_get_base_id(&publicKey)) {
    case EVP_PKEY_RSA:
        return strengthOfRsa(publicKey, bits);
    case EVP_PKEY_EC:
        return bits < shortestCurve
                   ? KeyStrength{Level::Weak, "an elliptic curve of " + std::to_string(bits) + " bits"}
                   : KeyStrength{};
    default:
        return {};
    }
}

} // namespace cancuoc
