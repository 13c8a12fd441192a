// SPDX-License-Identifier: Apache-2.0
#include "host/access/ephemeral_key_pair.hpp"

#include "host/crypto/public_key_compression.hpp"

#include <utility>

namespace cancuoc {

namespace {

[[noreturn]] void refuseOtherParameters() {
    throw MalformedData("The chip's key and the terminal's have different domain parameters.");
}

} // namespace

std::optional<ChipPublicKey> decodeChipPublicKey(BytesView der) {
    if (auto key = decodeEllipticCurvePublicKey(der)) {
        return *std::move(key);
    }
    if (auto key = decodeDiffieHellmanPublicKey(der)) {
        return *std::move(key);
    }
    return std::nullopt;
}

EphemeralKeyPair::EphemeralKeyPair(EllipticCurveKeyPair keyPair) : keyPair_(std::move(keyPair)) {}

EphemeralKeyPair::EphemeralKeyPair(DiffieHellmanKeyPair keyPair) : keyPair_(std::move(keyPair)) {}

EphemeralKeyPair EphemeralKeyPair::generate(const DomainParameters& parameters, RandomSource& random) {
    if (const auto* const curve = std::get_if<EllipticCurve>(&parameters)) {
        return EphemeralKeyPair(EllipticCurveKeyPair::generate(*curve, random));
    }
    return EphemeralKeyPair(DiffieHellmanKeyPair::generate(std::get<DiffieHellmanGroup>(parameters), random));
}

EphemeralKeyPair EphemeralKeyPair::generate(const ChipPublicKey& chipKey, RandomSource& random) {
    if (const auto* const elliptic = std::get_if<EllipticCurvePublicKey>(&chipKey)) {
        return generate(DomainParameters(elliptic->curve), random);
    }
    return generate(DomainParameters(std::get<DiffieHellmanPublicKey>(chipKey).group), random);
}

BytesView EphemeralKeyPair::publicKey() const {
    return std::visit([](const auto& keyPair) { return keyPair.publicKey(); }, keyPair_);
}

Bytes EphemeralKeyPair::compressedPublicKey() const {
    return std::holds_alternative<EllipticCurveKeyPair>(keyPair_) ? compressPoint(publicKey())
                                                                  : compressElement(publicKey());
}

SecretBytes EphemeralKeyPair::agree(const ChipPublicKey& chipKey) const {
    if (const auto* const own = std::get_if<EllipticCurveKeyPair>(&keyPair_)) {
        const auto* const peer = std::get_if<EllipticCurvePublicKey>(&chipKey);
        if (peer == nullptr || !(peer->curve == own->curve())) {
            refuseOtherParameters();
        }
        return own->agree(peer->point);
    }
    const auto& own = std::get<DiffieHellmanKeyPair>(keyPair_);
    const auto* const peer = std::get_if<DiffieHellmanPublicKey>(&chipKey);
    if (peer == nullptr || !(peer->group == own.group())) {
        refuseOtherParameters();
    }
    return own.agree(peer->value);
}

SecretBytes EphemeralKeyPair::agree(BytesView peerPublicKey) const {
    return std::visit([peerPublicKey](const auto& keyPair) { return keyPair.agree(peerPublicKey); },
                      keyPair_);
}

const EllipticCurveKeyPair* EphemeralKeyPair::ellipticCurve() const {
    return std::get_if<EllipticCurveKeyPair>(&keyPair_);
}

const DiffieHellmanKeyPair* EphemeralKeyPair::diffieHellman() const {
    return std::get_if<DiffieHellmanKeyPair>(&keyPair_);
}

} // namespace cancuoc
