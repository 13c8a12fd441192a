// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/cv_key.hpp"

#include "host/base/error.hpp"
#include "personalization/pki/key_kind.hpp"

namespace cancuoc::personalization {

namespace {

EvpKey make(const KeyKind& kind, RandomSource& random, const KeyPlace& place) {
    return place.keys.generate(kind, CurveEncoding::Named, place.token, place.label, random, place.announce);
}

} // namespace

CvKey CvKey::generate(std::string_view kind, RandomSource& random, const KeyPlace& place) {
    EvpKey key = make(KeyKind::named(kind), random, place);
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
                  RandomSource& random, const KeyPlace& place) {
    const auto* const rsa = std::get_if<trust::CvPublicKey::Rsa>(&model.key);
    const KeyKind kind = rsa != nullptr
                             ? KeyKind{std::nullopt, static_cast<unsigned>(8 * rsa->modulus.size())}
                             : KeyKind{model.curve() ? *model.curve() : curve.value()};
    return {model.scheme(), make(kind, random, place)};
}

} // namespace cancuoc::personalization
