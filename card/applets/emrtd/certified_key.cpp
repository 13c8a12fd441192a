// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/certified_key.hpp"

#include "card/crypto/elliptic_curve.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

// The stored form: algorithm (2), domain parameters (1), role and rights (1), both dates (6 each), lengths of
// the holder reference and of the exponent (1 each), these two, and the key to the end.
constexpr std::size_t domainParametersPosition = 2;
constexpr std::size_t authorizationPosition = 3;
constexpr std::size_t effectiveDatePosition = 4;
constexpr std::size_t expirationDatePosition = effectiveDatePosition + CvDate{}.size();
constexpr std::size_t lengthsPosition = expirationDatePosition + CvDate{}.size();
constexpr std::size_t headerSize = lengthsPosition + 2;

constexpr std::uint8_t roleMask = 0xC0;

} // namespace

bool CertifiedKey::verifies(std::initializer_list<Bytes> message, Bytes signature) const {
    const auto hash = algorithm.hash();
    std::array<std::uint8_t, crypto::maximumDigestSize> room{};
    if (!hash) {
        return false;
    }
    const auto digest = std::span(room).first(crypto::digestSize(*hash));
    if (!crypto::digest(*hash, message, digest)) {
        return false;
    }
    return algorithm.isRsa() ? crypto::verifyRsa(key.view(), exponent.view(), algorithm.rsaPadding(), *hash,
                                                 digest, signature)
                             : crypto::EllipticCurve(domainParameters).verify(key.view(), digest, signature);
}

bool CertifiedKey::assign(const CvCertificate& certificate, const CertifiedKey* issuer) {
    algorithm = certificate.publicKey.algorithm;
    role = certificate.role;
    rights = certificate.rights;
    effectiveDate = certificate.effectiveDate;
    expirationDate = certificate.expirationDate;
    if (!holderReference.assign(certificate.holderReference)) {
        return false;
    }
    if (algorithm.isRsa()) {
        return exponent.assign(certificate.publicKey.exponent) && key.assign(certificate.publicKey.modulus);
    }
    exponent.clear();
    if (certificate.publicKey.domainParameters) {
        domainParameters = *certificate.publicKey.domainParameters;
    } else if (issuer != nullptr && !issuer->algorithm.isRsa()) {
        domainParameters = issuer->domainParameters;
    } else {
        return false;
    }
    return crypto::EllipticCurve(domainParameters).isValidPublicKey(certificate.publicKey.point) &&
           key.assign(certificate.publicKey.point);
}

bool encode(const CertifiedKey& key, StoredCertifiedKey& stored) {
    if (!stored.resize(headerSize + key.holderReference.size() + key.exponent.size() + key.key.size())) {
        return false;
    }
    const auto output = stored.bytes();
    output[0] = key.algorithm.family;
    output[1] = key.algorithm.scheme;
    output[domainParametersPosition] = static_cast<std::uint8_t>(key.domainParameters);
    output[authorizationPosition] =
        static_cast<std::uint8_t>(static_cast<std::uint8_t>(key.role) | key.rights);
    std::ranges::copy(key.effectiveDate, output.subspan(effectiveDatePosition).begin());
    std::ranges::copy(key.expirationDate, output.subspan(expirationDatePosition).begin());
    output[lengthsPosition] = static_cast<std::uint8_t>(key.holderReference.size());
    output[lengthsPosition + 1] = static_cast<std::uint8_t>(key.exponent.size());
    auto end = std::ranges::copy(key.holderReference.view(), output.subspan(headerSize).begin()).out;
    end = std::ranges::copy(key.exponent.view(), end).out;
    std::ranges::copy(key.key.view(), end);
    return true;
}

bool decode(Bytes stored, CertifiedKey& key) {
    if (stored.size() < headerSize) {
        return false;
    }
    const std::size_t referenceLength = stored[lengthsPosition];
    const std::size_t exponentLength = stored[lengthsPosition + 1];
    if (stored.size() < headerSize + referenceLength + exponentLength) {
        return false;
    }
    key.algorithm = {stored[0], stored[1]};
    key.domainParameters =
        static_cast<crypto::StandardizedDomainParameters>(stored[domainParametersPosition]);
    key.role = static_cast<CvRole>(stored[authorizationPosition] & roleMask);
    key.rights = static_cast<std::uint8_t>(stored[authorizationPosition] & ~roleMask);
    std::ranges::copy(stored.subspan(effectiveDatePosition, CvDate{}.size()), key.effectiveDate.begin());
    std::ranges::copy(stored.subspan(expirationDatePosition, CvDate{}.size()), key.expirationDate.begin());
    return key.algorithm.hash() && key.holderReference.assign(stored.subspan(headerSize, referenceLength)) &&
           key.exponent.assign(stored.subspan(headerSize + referenceLength, exponentLength)) &&
           key.key.assign(stored.subspan(headerSize + referenceLength + exponentLength));
}

} // namespace cancuoc::card::emrtd
