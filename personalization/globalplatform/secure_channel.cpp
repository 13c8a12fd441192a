// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/secure_channel.hpp"

#include "host/crypto/padding.hpp"
#include "personalization/globalplatform/scp02_session.hpp"
#include "personalization/globalplatform/scp03_session.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

ResponseApdu exchange(Connection& connection, const CommandApdu& command) {
    return ResponseApdu::decode(connection.transmit(command.encode()));
}

std::string hexOf(std::uint8_t byte) {
    return toHex(BytesView(&byte, 1));
}

std::string chipAndKeys(const InitializeUpdateResponse& card) {
    return "Chip " + toHex(card.keyDiversificationData) + ", key version " + hexOf(card.keyVersion) +
           ", SCP" + hexOf(card.secureChannelIdentifier) +
           (card.secureChannelIdentifier == Scp03Session::identifier
                ? " i=" + hexOf(card.implementationOption)
                : "");
}

// Amendment D, 7.1.2.5: 6300 for a wrong host cryptogram; others refuse the MAC or count attempts.
bool refusesKeys(StatusWord statusWord) {
    constexpr std::uint8_t warningSw1 = 0x63;
    constexpr StatusWord authenticationMethodBlocked{0x6983};
    return statusWord.sw1() == warningSw1 || statusWord == authenticationMethodBlocked ||
           statusWord == status_word::securityStatusNotSatisfied ||
           statusWord == status_word::secureMessagingObjectsIncorrect;
}

void requireProtocol(const InitializeUpdateResponse& card, const SecureChannelProtocol& protocol,
                     std::size_t challengeSize) {
    if (card.secureChannelIdentifier != protocol.identifier) {
        throw MalformedData("The chip opens secure channels of SCP" + hexOf(card.secureChannelIdentifier) +
                            "; SCP" + hexOf(protocol.identifier) + " was expected of it.");
    }
    if (card.secureChannelIdentifier == Scp03Session::identifier &&
        card.cardChallenge.size() != challengeSize) {
        throw MalformedData("The chip opens secure channels of SCP03 i=" + hexOf(card.implementationOption) +
                            ", whose challenges have another size than the host's.");
    }
}

void requireLevel(const InitializeUpdateResponse& card, SecurityLevel level) {
    const auto bits = static_cast<std::uint8_t>(level);
    const auto lacks = [&](std::uint8_t protection, std::uint8_t option) {
        return (bits & protection) != 0 && (card.implementationOption & option) == 0;
    };
    if (card.secureChannelIdentifier == Scp03Session::identifier &&
        (lacks(security_level::responseMac, Scp03Session::responseMacOption) ||
         lacks(security_level::responseEncryption, Scp03Session::responseEncryptionOption))) {
        throw BadConfiguration(chipAndKeys(card) + ": the chip does not offer the protection of responses "
                                                   "that is asked of it; choose a level without.");
    }
}

std::unique_ptr<SecureChannelSession>
makeSession(const SecurityDomainKeys& keys, const InitializeUpdateResponse& card, BytesView hostChallenge) {
    if (card.secureChannelIdentifier == Scp02Session::identifier) {
        return std::make_unique<Scp02Session>(keys, card.sequenceCounter, hostChallenge, card.cardChallenge);
    }
    return std::make_unique<Scp03Session>(keys, hostChallenge, card.cardChallenge);
}

// Amendment D, 6.2.2.1; Card Specification, E.1.2.1
bool challengeFollows(const SecurityDomainKeys& keys, const InitializeUpdateResponse& card,
                      const SecureChannelProtocol& protocol) {
    if (protocol.domain.empty()) {
        return true;
    }
    if (card.secureChannelIdentifier == Scp02Session::identifier) {
        return (protocol.option & Scp02Session::pseudoRandomChallengeOption) == 0 ||
               card.cardChallenge ==
                   Scp02Session::pseudoRandomChallenge(keys, card.sequenceCounter, protocol.domain);
    }
    return (card.implementationOption & Scp03Session::pseudoRandomChallengeOption) == 0 ||
           card.cardChallenge == Scp03Session::pseudoRandomChallenge(
                                     keys, card.sequenceCounter, protocol.domain, card.cardChallenge.size());
}

} // namespace

std::size_t hostChallengeSizeOf(const SecureChannelProtocol& protocol) {
    return protocol.identifier == Scp02Session::identifier ? Scp02Session::hostChallengeSize
                                                           : Scp03Session::challengeSizeOf(protocol.option);
}

InitializeUpdateResponse initializeUpdate(Connection& connection, std::uint8_t keyVersion,
                                          BytesView hostChallenge) {
    const ResponseApdu response = exchange(
        connection, {0x80, 0x50, keyVersion, 0x00, toBytes(hostChallenge), CommandApdu::maximumShortLe});
    if (!response.sw.isSuccess()) {
        throw CardError("The chip opens no secure channel: INITIALIZE UPDATE answered " +
                            describe(response.sw) + ".",
                        response.sw.value());
    }
    return InitializeUpdateResponse::decode(response.data);
}

SecureChannel SecureChannel::open(Connection& connection, const SecurityDomainKeys& keys, SecurityLevel level,
                                  RandomSource& random, const SecureChannelProtocol& protocol) {
    const Bytes hostChallenge = random.bytes(hostChallengeSizeOf(protocol));
    InitializeUpdateResponse card = initializeUpdate(connection, keys.keyVersion, hostChallenge);
    requireProtocol(card, protocol, hostChallenge.size());
    auto session = makeSession(keys, card, hostChallenge);
    if (!session->isCardCryptogram(card.cardCryptogram)) {
        throw AuthenticationRefused(
            chipAndKeys(card) +
            ": the chip does not hold the keys of this line. Check the key version and the "
            "diversification; nothing more was sent to the chip.");
    }
    if (!challengeFollows(keys, card, protocol)) {
        throw AuthenticationRefused(chipAndKeys(card) +
                                    ": the chip's challenge does not follow from its sequence counter, "
                                    "though its option says so; nothing more was sent to the chip.");
    }
    requireLevel(card, level);
    const ResponseApdu response = exchange(connection, session->externalAuthenticate(level));
    if (refusesKeys(response.sw)) {
        throw AuthenticationRefused(
            chipAndKeys(card) + ": the chip refused this line's keys with " + describe(response.sw) +
            ". It was asked once only, for chips lock themselves after several failures.");
    }
    if (!response.sw.isSuccess()) {
        throw CardError("The chip opens no secure channel: EXTERNAL AUTHENTICATE answered " +
                            describe(response.sw) + ".",
                        response.sw.value());
    }
    return {connection, std::move(session), std::move(card)};
}

SecureChannel::SecureChannel(Connection& connection, std::unique_ptr<SecureChannelSession> session,
                             InitializeUpdateResponse card)
    : connection_(&connection), session_(std::move(session)), card_(std::move(card)) {}

ResponseApdu SecureChannel::transmit(const CommandApdu& command) {
    return session_->unwrap(exchange(*connection_, session_->wrap(command)));
}

std::size_t SecureChannel::maximumCommandData() const {
    constexpr std::size_t headerAndLengths = 4 + 3 + 2;
    const std::size_t dataField = session_->takesExtendedLength() && connection_->supportsExtendedLength()
                                      ? std::min(connection_->maximumCommandLength() - headerAndLengths,
                                                 CommandApdu::maximumExtendedData)
                                      : CommandApdu::maximumShortData;
    return dataField - session_->maximumOverhead();
}

Bytes SecureChannel::encryptSecret(BytesView secret) const {
    const SecretBytes plain(padded(secret, session_->sensitiveBlockSize()));
    return session_->encryptSensitive(plain.view());
}

} // namespace cancuoc::personalization
