// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/cv_key.hpp"

#include <array>

#include <openssl/rsa.h>

#include "host/base/error.hpp"
#include "personalization/pki/pem_file.hpp"

namespace cancuoc::personalization {

namespace {

struct RsaKind {
    std::string_view name;
    unsigned bits;
};

constexpr std::array<RsaKind, 3> rsaKinds{{{"RSA-2048", 2048}, {"RSA-3072", 3072}, {"RSA-4096", 4096}}};

EvpKey generateRsa(unsigned bits) {
    return ownOpenssl<EvpKey>(EVP_RSA_gen(bits), "An RSA key cannot be made");
}

// As long as the order, of those that TR-03110-3, table 18 has.
HashAlgorithm hashFor(const EllipticCurve& curve) {
    constexpr std::size_t sha256Size = 32;
    constexpr std::size_t sha384Size = 48;
    return curve.orderSize() <= sha256Size   ? HashAlgorithm::Sha256
           : curve.orderSize() <= sha384Size ? HashAlgorithm::Sha384
                                             : HashAlgorithm::Sha512;
}

EvpKey generateElliptic(const EllipticCurve& curve, RandomSource& random) {
    return EllipticCurveKeyPair::generate(curve, random).toEvpKey();
}

} // namespace

CvKey CvKey::generate(std::string_view kind, RandomSource& random) {
    for (const auto& rsa : rsaKinds) {
        if (rsa.name == kind) {
            return {{SignatureScheme::Kind::RsaPss, HashAlgorithm::Sha256}, generateRsa(rsa.bits)};
        }
    }
    try {
        const auto curve = EllipticCurve::named(kind);
        return {{SignatureScheme::Kind::EcdsaPlain, hashFor(curve)}, generateElliptic(curve, random)};
    } catch (const BadConfiguration&) {
        throw BadConfiguration(
            "\"" + std::string(kind) +
            "\" is no kind of key; name a curve like P-256 or brainpoolP256r1, or RSA-2048, "
            "RSA-3072 or RSA-4096.");
    }
}

CvKey CvKey::load(const std::filesystem::path& file, const trust::CvPublicKey& publicKey,
                  const KeyStore& keys) {
    CvKey loaded{publicKey.scheme(), keys.read(file)};
    if (!publicKey.belongsTo(*loaded.key)) {
        throw BadConfiguration("\"" + file.string() + "\" does not belong to the certificate beside it.");
    }
    return loaded;
}

CvKey CvKey::like(const trust::CvPublicKey& model, const std::optional<EllipticCurve>& curve,
                  RandomSource& random) {
    const auto scheme = model.scheme();
    if (const auto* const rsa = std::get_if<trust::CvPublicKey::Rsa>(&model.key)) {
        return {scheme, generateRsa(static_cast<unsigned>(8 * rsa->modulus.size()))};
    }
    return {scheme, generateElliptic(model.curve() ? *model.curve() : curve.value(), random)};
}

} // namespace cancuoc::personalization
