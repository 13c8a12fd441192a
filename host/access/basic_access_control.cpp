// SPDX-License-Identifier: Apache-2.0
#include "host/access/basic_access_control.hpp"

#include "host/access/document_basic_access_keys.hpp"
#include "host/access/key_derivation.hpp"
#include "host/base/error.hpp"

namespace cancuoc {

namespace {

constexpr BlockCipher cipher = BlockCipher::TripleDes;
constexpr std::size_t challengeSize = 8;
constexpr std::size_t keySeedSize = 16;
constexpr std::size_t authenticationDataSize = DocumentBasicAccessKeys::protectedSize;

constexpr const char* wrongKey =
    "Wrong access key: the card does not accept this MRZ. Check the document number and both dates.";

// Chips refuse a wrong MRZ in several ways; what the status words share is that the keys did not fit.
bool refusesKeys(StatusWord statusWord) {
    return statusWord.sw1() == 0x63 || statusWord == status_word::securityStatusNotSatisfied ||
           statusWord == status_word::secureMessagingObjectsIncorrect;
}

SecretBytes exclusiveOr(BytesView left, BytesView right) {
    SecretBytes result(left.size());
    for (std::size_t index = 0; index < left.size(); ++index) {
        result.span()[index] = static_cast<std::uint8_t>(left[index] ^ right[index]);
    }
    return result;
}

SecureMessaging sessionFrom(BytesView keySeed, BytesView chipChallenge, BytesView terminalChallenge) {
    return {cipher, deriveKey(keySeed, KeyPurpose::Encryption, cipher).view(),
            deriveKey(keySeed, KeyPurpose::MessageAuthentication, cipher).view(),
            concat(chipChallenge.last(4), terminalChallenge.last(4))};
}

} // namespace

BasicAccessControl::BasicAccessControl(CardSession& session, RandomSource& random)
    : session_(session), random_(random) {}

// 4.3.1 and D.3, with the names used there.
void BasicAccessControl::perform(const AccessKey& key) {
    if (key.type() != PasswordType::Mrz) {
        throw BadConfiguration("Basic Access Control needs the MRZ; the CAN opens PACE only.");
    }
    const CardSession::Step step(session_, "bac");
    const DocumentBasicAccessKeys keys(key);
    const Bytes chipChallenge = getChallenge();
    const Bytes terminalChallenge = random_.bytes(challengeSize);
    SecretBytes terminalKey(keySeedSize);
    random_.fill(terminalKey.span());

    const SecretBytes plaintext(concat(terminalChallenge, chipChallenge, terminalKey.view()));
    const auto answer = keys.unprotect(externalAuthenticate(keys.protect(plaintext.view())));
    if (!answer || !equalConstantTime(answer->view().first(2 * challengeSize),
                                      concat(chipChallenge, terminalChallenge))) {
        throw WrongAccessKey(wrongKey);
    }
    const SecretBytes keySeed = exclusiveOr(terminalKey.view(), answer->view().last(keySeedSize));
    session_.startSecureMessaging(sessionFrom(keySeed.view(), chipChallenge, terminalChallenge));
}

Bytes BasicAccessControl::getChallenge() {
    Bytes challenge =
        session_.transmitExpectingSuccess({.ins = 0x84, .le = challengeSize}, "Basic Access Control");
    if (challenge.size() != challengeSize) {
        throw MalformedData("The card's challenge must have 8 bytes.");
    }
    return challenge;
}

Bytes BasicAccessControl::externalAuthenticate(BytesView authenticationData) {
    ResponseApdu response =
        session_.transmit({.ins = 0x82, .data = toBytes(authenticationData), .le = authenticationDataSize});
    if (refusesKeys(response.sw)) {
        throw WrongAccessKey(wrongKey);
    }
    if (!response.sw.isSuccess()) {
        throw CardError("The card refuses Basic Access Control with " + describe(response.sw) + ".",
                        response.sw.value());
    }
    return std::move(response.data);
}

} // namespace cancuoc
