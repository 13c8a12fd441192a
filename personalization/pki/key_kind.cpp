// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/key_kind.hpp"

#include <array>

#include <openssl/rsa.h>

#include "host/base/error.hpp"

namespace cancuoc::personalization {

namespace {

struct RsaKind {
    std::string_view name;
    unsigned bits;
};

constexpr std::array<RsaKind, 3> rsaKinds{{{"RSA-2048", 2048}, {"RSA-3072", 3072}, {"RSA-4096", 4096}}};

// As long as the order, of those that BSI TR-03110-3, table 18 has.
HashAlgorithm hashFor(int orderBits) {
    constexpr int sha256Bits = 256;
    constexpr int sha384Bits = 384;
    return orderBits <= sha256Bits   ? HashAlgorithm::Sha256
           : orderBits <= sha384Bits ? HashAlgorithm::Sha384
                                     : HashAlgorithm::Sha512;
}

} // namespace

KeyKind KeyKind::named(std::string_view name) {
    for (const auto& rsa : rsaKinds) {
        if (rsa.name == name) {
            return {std::nullopt, rsa.bits};
        }
    }
    try {
        return {EllipticCurve::named(name), 0};
    } catch (const BadConfiguration&) {
        throw BadConfiguration(
            "\"" + std::string(name) +
            "\" is no kind of key; name a curve like P-256 or brainpoolP256r1, or RSA-2048, "
            "RSA-3072 or RSA-4096.");
    }
}

KeyKind KeyKind::strong(std::string_view name) {
    constexpr std::size_t shortestOrder = 28; // bytes
    constexpr unsigned shortestModulus = 3072;
    KeyKind kind = named(name);
    if (kind.curve ? kind.curve->orderSize() < shortestOrder : kind.rsaBits < shortestModulus) {
        throw BadConfiguration(
            "\"" + std::string(name) +
            "\" is too weak for a key that signs documents for years (Doc 9303-12, 4.1.6); "
            "name a curve of 224 bits or more, RSA-3072 or RSA-4096.");
    }
    return kind;
}

std::string KeyKind::nameOf(const EVP_PKEY& key) {
    if (EVP_PKEY_get_base_id(&key) == EVP_PKEY_RSA) {
        return "RSA-" + std::to_string(EVP_PKEY_get_bits(&key));
    }
    char name[64] = {};
    std::size_t size = 0;
    // OpenSSL knows a curve by its parameters too.
    if (EVP_PKEY_get_group_name(&key, name, sizeof name, &size) != 1) {
        throw BadConfiguration(opensslError("The curve of the former key is not known").what());
    }
    return {name, size};
}

EvpKey KeyKind::generate(RandomSource& random) const {
    return curve ? EllipticCurveKeyPair::generate(*curve, random).toEvpKey()
                 : ownOpenssl<EvpKey>(EVP_RSA_gen(rsaBits), "An RSA key cannot be made");
}

SignatureScheme schemeOf(const EVP_PKEY& key) {
    return EVP_PKEY_get_base_id(&key) == EVP_PKEY_RSA
               ? SignatureScheme{SignatureScheme::Kind::RsaPss, HashAlgorithm::Sha256}
               : SignatureScheme{SignatureScheme::Kind::EcdsaPlain, hashFor(EVP_PKEY_get_bits(&key))};
}

DigestContextPtr signingContext(EVP_PKEY& key) {
    constexpr const char* failure = "The key cannot sign";
    auto context = ownOpenssl<DigestContextPtr>(EVP_MD_CTX_new(), failure);
    EVP_PKEY_CTX* keyContext = nullptr;
    requireOpenssl(
        EVP_DigestSignInit(context.get(), &keyContext, opensslDigest(schemeOf(key).hash), nullptr, &key),
        failure);
    choosePadding(key, *keyContext);
    return context;
}

void choosePadding(const EVP_PKEY& key, EVP_PKEY_CTX& context) {
    if (schemeOf(key).kind == SignatureScheme::Kind::RsaPss) {
        constexpr const char* failure = "RSASSA-PSS cannot be chosen";
        requireOpenssl(EVP_PKEY_CTX_set_rsa_padding(&context, RSA_PKCS1_PSS_PADDING), failure);
        requireOpenssl(EVP_PKEY_CTX_set_rsa_pss_saltlen(&context, RSA_PSS_SALTLEN_DIGEST), failure);
    }
}

} // namespace cancuoc::personalization
