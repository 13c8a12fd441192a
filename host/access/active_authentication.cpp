// SPDX-License-Identifier: Apache-2.0
#include "host/access/active_authentication.hpp"

#include "host/crypto/ecdsa.hpp"

namespace cancuoc {

namespace {

constexpr std::size_t challengeSize = 8;

// TR-03111, 5.2.1: r and s are each as long as the order of the base point.
std::size_t plainSignatureSize(const EVP_PKEY& publicKey) {
    return 2 * ((static_cast<std::size_t>(EVP_PKEY_get_bits(&publicKey)) + 7) / 8);
}

} // namespace

ActiveAuthentication::ActiveAuthentication(CardSession& session, RandomSource& random)
    : session_(session), random_(random) {}

// 6.1.3: INTERNAL AUTHENTICATE.
ActiveAuthenticationEvidence ActiveAuthentication::perform() {
    const CardSession::Step step(session_, "active-authentication");
    ActiveAuthenticationEvidence evidence;
    evidence.challenge = random_.bytes(challengeSize);
    evidence.signature = session_.transmitExpectingSuccess(
        {.ins = 0x88, .data = evidence.challenge, .le = CommandApdu::maximumShortLe},
        "Active Authentication");
    return evidence;
}

bool supportsActiveAuthentication(const EVP_PKEY& publicKey) {
    return EVP_PKEY_get_base_id(&publicKey) == EVP_PKEY_EC;
}

bool verifyActiveAuthentication(const ActiveAuthenticationEvidence& evidence, EVP_PKEY& publicKey,
                                HashAlgorithm algorithm) {
    if (!supportsActiveAuthentication(publicKey)) {
        throw BadConfiguration("Active Authentication is supported with elliptic curve keys only.");
    }
    if (evidence.signature.size() == plainSignatureSize(publicKey) &&
        verifyEcdsa(publicKey, algorithm, evidence.challenge, derFromPlainSignature(evidence.signature))) {
        return true;
    }
    return verifyEcdsa(publicKey, algorithm, evidence.challenge, evidence.signature);
}

} // namespace cancuoc
