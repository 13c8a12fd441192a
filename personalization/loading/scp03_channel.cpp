// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/scp03_channel.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

ResponseApdu exchange(Connection& connection, const CommandApdu& command) {
    return ResponseApdu::decode(connection.transmit(command.encode()));
}

std::string chipAndKeys(const InitializeUpdateResponse& card) {
    return "Chip " + toHex(card.keyDiversificationData) + ", key version " +
           toHex(BytesView(&card.keyVersion, 1)) +
           ", SCP03 i=" + toHex(BytesView(&card.implementationOption, 1));
}

// Amendment D, 7.1.2.5: 6300 for a wrong host cryptogram; others refuse the MAC or count attempts.
bool refusesKeys(StatusWord statusWord) {
    constexpr std::uint8_t warningSw1 = 0x63;
    constexpr StatusWord authenticationMethodBlocked{0x6983};
    return statusWord.sw1() == warningSw1 || statusWord == authenticationMethodBlocked ||
           statusWord == status_word::securityStatusNotSatisfied ||
           statusWord == status_word::secureMessagingObjectsIncorrect;
}

} // namespace

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

Scp03Channel Scp03Channel::open(Connection& connection, const Scp03Keys& keys, Scp03SecurityLevel level,
                                RandomSource& random) {
    const Bytes hostChallenge = random.bytes(Scp03Session::challengeSize);
    InitializeUpdateResponse card = initializeUpdate(connection, keys.keyVersion, hostChallenge);
    Scp03Session session(keys, hostChallenge, card.cardChallenge);
    if (!session.isCardCryptogram(card.cardCryptogram)) {
        throw AuthenticationRefused(
            chipAndKeys(card) +
            ": the chip does not hold the keys of this line. Check the key version and the "
            "diversification; nothing more was sent to the chip.");
    }
    const ResponseApdu response = exchange(connection, session.externalAuthenticate(level));
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

Scp03Channel::Scp03Channel(Connection& connection, Scp03Session session, InitializeUpdateResponse card)
    : connection_(&connection), session_(std::move(session)), card_(std::move(card)) {}

ResponseApdu Scp03Channel::transmit(const CommandApdu& command) {
    return session_.unwrap(exchange(*connection_, session_.wrap(command)));
}

std::size_t Scp03Channel::maximumCommandData() const {
    constexpr std::size_t headerAndLengths = 4 + 3 + 2;
    const std::size_t dataField = connection_->supportsExtendedLength()
                                      ? std::min(connection_->maximumCommandLength() - headerAndLengths,
                                                 CommandApdu::maximumExtendedData)
                                      : CommandApdu::maximumShortData;
    return dataField - Scp03Session::maximumOverhead;
}

} // namespace cancuoc::personalization
