// SPDX-License-Identifier: Apache-2.0
#include "host/access/active_authentication.hpp"

#include "host/apdu/tlv.hpp"
#include "host/crypto/digital_signature_scheme_1.hpp"
#include "host/crypto/ecdsa.hpp"

#include <algorithm>

namespace cancuoc {

namespace {

constexpr std::string_view action = "Active Authentication";

bool isRsa(const EVP_PKEY& publicKey) {
    return EVP_PKEY_get_base_id(&publicKey) == EVP_PKEY_RSA;
}

bool isEllipticCurve(const EVP_PKEY& publicKey) {
    return EVP_PKEY_get_base_id(&publicKey) == EVP_PKEY_EC;
}

// The modulus' size for RSA; for ECDSA that of the longest DER form, which is longer than the plain one.
std::size_t longestSignature(const EVP_PKEY& publicKey) {
    return static_cast<std::size_t>(EVP_PKEY_get_size(&publicKey));
}

// BSI TR-03111, 5.2.1: r and s have the same width. Chips that leave leading zeros out of both, or write more
// of them, are understood as well.
std::optional<Bytes> readPlainSignature(BytesView signature) {
    if (signature.empty() || signature.size() % 2 != 0) {
        return std::nullopt;
    }
    return derFromPlainSignature(signature);
}

// ECDSA-Sig-Value read as two unsigned numbers, also where a chip writes too many leading zeros or too few.
std::optional<Bytes> readDerSignature(BytesView signature) {
    constexpr std::uint32_t sequence = 0x30;
    constexpr std::uint32_t integer = 0x02;
    try {
        TlvReader numbers = readTlv(signature, sequence, "An ECDSA signature").children();
        const BytesView r = numbers.expect(integer, "The number r").value;
        const BytesView s = numbers.expect(integer, "The number s").value;
        numbers.expectEnd("An ECDSA signature");
        const std::size_t width = std::max(r.size(), s.size());
        return readPlainSignature(concat(Bytes(width - r.size()), r, Bytes(width - s.size()), s));
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

bool verifyAnyForm(const ActiveAuthenticationEvidence& evidence, EVP_PKEY& publicKey, HashAlgorithm hash) {
    for (const auto& form : {readPlainSignature(evidence.signature), readDerSignature(evidence.signature)}) {
        if (form && verifyEcdsa(publicKey, hash, evidence.challenge, *form)) {
            return true;
        }
    }
    return false;
}

} // namespace

ActiveAuthentication::ActiveAuthentication(CardSession& session, RandomSource& random, bool extendedLength)
    : session_(session), random_(random), extendedLength_(extendedLength) {}

ActiveAuthenticationEvidence ActiveAuthentication::perform(const EVP_PKEY& publicKey) {
    return perform(publicKey, random_.bytes(challengeSize));
}

ActiveAuthenticationEvidence ActiveAuthentication::perform(const EVP_PKEY& publicKey, BytesView challenge) {
    if (challenge.size() != challengeSize) {
        throw BadConfiguration("The challenge of Active Authentication must have 8 bytes.");
    }
    const CardSession::Step step(session_, "active-authentication");
    const std::size_t wanted = longestSignature(publicKey);
    const bool isLong = extendedLength_ && wanted > session_.maximumShortResponseData() &&
                        wanted <= session_.maximumResponseData();
    ResponseApdu response = internalAuthenticate(challenge, isLong ? wanted : CommandApdu::maximumShortLe);
    if (isLong && response.sw == status_word::wrongLength) {
        response = internalAuthenticate(challenge, CommandApdu::maximumShortLe);
    }
    if (!response.sw.isSuccess()) {
        throw CardError(std::string(action) + " failed: the card answered " + describe(response.sw) + ".",
                        response.sw.value());
    }
    return {toBytes(challenge), std::move(response.data)};
}

// 6.1.3: INTERNAL AUTHENTICATE.
ResponseApdu ActiveAuthentication::internalAuthenticate(BytesView challenge, std::size_t expectedLength) {
    return session_.transmit({.ins = 0x88,
                              .data = toBytes(challenge),
                              .le = expectedLength,
                              .forceExtendedLength = expectedLength != CommandApdu::maximumShortLe});
}

bool supportsActiveAuthentication(const EVP_PKEY& publicKey) {
    return isRsa(publicKey) || isEllipticCurve(publicKey);
}

bool verifyActiveAuthentication(const ActiveAuthenticationEvidence& evidence, EVP_PKEY& publicKey,
                                std::span<const HashAlgorithm> ecdsaHashes) {
    if (isRsa(publicKey)) {
        return verifyDigitalSignatureScheme1(publicKey, evidence.challenge, evidence.signature);
    }
    if (!isEllipticCurve(publicKey)) {
        throw BadConfiguration("Active Authentication knows RSA and elliptic curve keys only.");
    }
    return std::any_of(ecdsaHashes.begin(), ecdsaHashes.end(),
                       [&](HashAlgorithm hash) { return verifyAnyForm(evidence, publicKey, hash); });
}

} // namespace cancuoc
