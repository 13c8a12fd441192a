// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/cv_key.hpp"

#include "host/base/error.hpp"
#include "personalization/pki/key_kind.hpp"

namespace cancuoc::personalization {

CvKey CvKey::generate(std::string_view kind, RandomSource& random) {
    EvpKey key = KeyKind::named(kind).generate(random);
    return {schemeOf(*key), std::move(key)};
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
        return {scheme,
                KeyKind{std::nullopt, static_cast<unsigned>(8 * rsa->modulus.size())}.generate(random)};
    }
    return {scheme, KeyKind{model.curve() ? *model.curve() : curve.value()}.generate(random)};
}

} // namespace cancuoc::personalization
