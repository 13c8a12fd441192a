// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/basic_access_control.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr auto nonceSize = BasicAccessControl::nonceSize;
constexpr auto keyingMaterialSize = BasicAccessControl::keyingMaterialSize;
constexpr std::size_t cryptogramSize = 2 * nonceSize + keyingMaterialSize;
constexpr std::size_t messageSize = cryptogramSize + macSize;

/// Zero initialization vector (4.3.3.1).
constexpr crypto::DesBlock zeroVector{};

/// S = RND.IFD || RND.IC || K.IFD, or R = RND.IC || RND.IFD || K.IC (4.3.1).
struct Secrets {
    crypto::SecretArray<cryptogramSize> bytes;

    Bytes ownNonce() const { return bytes.view().first(nonceSize); }
    Bytes otherNonce() const { return bytes.view().subspan(nonceSize, nonceSize); }
    Bytes keyingMaterial() const { return bytes.view().last(keyingMaterialSize); }
};

/// Checks M_IFD and decrypts E_IFD.
bool openMessage(Bytes message, const DocumentBasicAccessKeys& keys, const FaultGuard& guard,
                 Secrets& secrets) {
    MessageAuthenticationCode mac(SymmetricCipher::TripleDes, keys.authentication);
    mac.update(message.first(cryptogramSize));
    mac.pad();
    return mac.verify(message.subspan(cryptogramSize), guard) &&
           cbcDecrypt(SymmetricCipher::TripleDes, keys.encryption, zeroVector, message.first(cryptogramSize),
                      secrets.bytes.bytes());
}

/// Writes E_IC || M_IC.
bool sealMessage(const Secrets& secrets, const DocumentBasicAccessKeys& keys,
                 std::span<std::uint8_t, messageSize> message) {
    const auto cryptogram = message.first<cryptogramSize>();
    MessageAuthenticationCode mac(SymmetricCipher::TripleDes, keys.authentication);
    if (!cbcEncrypt(SymmetricCipher::TripleDes, keys.encryption, zeroVector, secrets.bytes.view(),
                    cryptogram)) {
        return false;
    }
    mac.update(cryptogram);
    mac.pad();
    return mac.finish(message.last<macSize>());
}

/// Session keys from K.IC xor K.IFD, Send Sequence Counter from both nonces (4.3.1 step 5, 9.8.6.3).
bool establish(const Secrets& chip, const Secrets& terminal, std::optional<SessionKeys>& established) {
    crypto::SecretArray<keyingMaterialSize> keySeed;
    std::transform(
        chip.keyingMaterial().begin(), chip.keyingMaterial().end(), terminal.keyingMaterial().begin(),
        keySeed.bytes().begin(),
        [](std::uint8_t left, std::uint8_t right) { return static_cast<std::uint8_t>(left ^ right); });
    SessionKeys keys;
    if (!deriveSessionKeys(keySeed.view(), SymmetricCipher::TripleDes, keys)) {
        return false;
    }
    constexpr std::size_t half = crypto::desBlockSize / 2;
    const auto counter = std::span(keys.sendSequenceCounter).last(crypto::desBlockSize);
    std::ranges::copy(chip.ownNonce().last(half), counter.begin());
    std::ranges::copy(terminal.ownNonce().last(half), counter.subspan(half).begin());
    established = keys;
    return true;
}

} // namespace

StatusWord BasicAccessControl::getChallenge(const Command& command, RandomSource& random,
                                            Response& response) {
    reset();
    if (command.p1 != 0 || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    if (!command.data.empty() || command.expectedLength.value_or(0) < nonceSize) {
        return StatusWord::WrongLength;
    }
    if (!random.fill(challenge_.bytes()) || !response.append(challenge_.view())) {
        return StatusWord::InternalError;
    }
    challengeIsFresh_ = true;
    return StatusWord::Success;
}

StatusWord BasicAccessControl::externalAuthenticate(const Command& command, Bytes mrzInformation,
                                                    RandomSource& random, Response& response,
                                                    std::optional<SessionKeys>& established) {
    const auto challenge = challenge_;
    const bool fresh = challengeIsFresh_;
    reset();
    if (command.p1 != 0 || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    if (command.data.size() != messageSize) {
        return StatusWord::WrongLength;
    }
    if (!fresh) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (mrzInformation.empty()) {
        return StatusWord::ReferenceDataNotUsable;
    }
    DocumentBasicAccessKeys keys;
    if (!deriveDocumentBasicAccessKeys(mrzInformation, keys)) {
        return StatusWord::InternalError;
    }
    Secrets terminal;
    if (!openMessage(command.data, keys, guard_, terminal) ||
        !guard_.holds([&] { return crypto::equalConstantTime(terminal.otherNonce(), challenge.view()); })) {
        return StatusWord::AuthenticationFailed;
    }
    Secrets chip;
    const auto own = chip.bytes.bytes();
    std::ranges::copy(challenge.view(), own.begin());
    std::ranges::copy(terminal.ownNonce(), own.subspan(nonceSize).begin());
    std::array<std::uint8_t, messageSize> message{};
    if (!random.fill(own.last(keyingMaterialSize)) || !sealMessage(chip, keys, message) ||
        !response.append(message) || !establish(chip, terminal, established)) {
        return StatusWord::InternalError;
    }
    return StatusWord::Success;
}

bool BasicAccessControl::comparesNext(const Command& command) const {
    return challengeIsFresh_ && command.data.size() == messageSize;
}

void BasicAccessControl::reset() {
    challenge_.clear();
    challengeIsFresh_ = false;
}

} // namespace cancuoc::card::emrtd
