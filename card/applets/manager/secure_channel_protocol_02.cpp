// SPDX-License-Identifier: Apache-2.0
#include "card/applets/manager/secure_channel_protocol_02.hpp"

#include "card/core/configuration.hpp"
#include "card/crypto/padding.hpp"

#include <algorithm>

namespace cancuoc::card::manager {
namespace {

using Bytes = std::span<const std::uint8_t>;
using Key = crypto::SecretArray<crypto::tripleDesKeySize>;

// E.4.1: derivation constants.
constexpr std::uint16_t sessionMac = 0x0101;
constexpr std::uint16_t sessionDataEncryption = 0x0181;
constexpr std::uint16_t sessionEncryption = 0x0182;

constexpr crypto::DesBlock zeroVector{};

bool isThreeKeySet(const StaticKeys& keys) {
    return keys.encryption.size() == crypto::tripleDesKeySize &&
           keys.mac.size() == crypto::tripleDesKeySize &&
           keys.dataEncryption.size() == crypto::tripleDesKeySize;
}

// E.4.1: the constant and the counter, filled up with zeros, encrypted in CBC mode.
bool derive(Bytes key, std::uint16_t constant, SecureChannelProtocol02::SequenceCounter counter,
            Key& sessionKey) {
    const std::array<std::uint8_t, crypto::tripleDesKeySize> input{static_cast<std::uint8_t>(constant >> 8),
                                                                   static_cast<std::uint8_t>(constant),
                                                                   counter[0], counter[1]};
    return crypto::tripleDesCbcEncrypt(key.first<crypto::tripleDesKeySize>(), zeroVector, input,
                                       sessionKey.bytes());
}

// B.1.2.1: full triple DES MAC over the message, padded by method 2: the last block of its encryption.
bool fullMac(const Key& key, Bytes message, crypto::SecretArray<crypto::desBlockSize>& mac) {
    constexpr std::size_t longest = 3 * crypto::desBlockSize;
    std::array<std::uint8_t, longest> room{};
    if (message.size() >= longest) {
        return false;
    }
    const auto padded =
        std::span(room).first((message.size() / crypto::desBlockSize + 1) * crypto::desBlockSize);
    std::copy(message.begin(), message.end(), padded.begin());
    padded[message.size()] = crypto::paddingStart;
    if (!crypto::tripleDesCbcEncrypt(key.view(), zeroVector, padded, padded)) {
        return false;
    }
    std::copy_n(padded.last<crypto::desBlockSize>().begin(), crypto::desBlockSize, mac.bytes().begin());
    return true;
}

// The data with the byte that their padding begins with.
std::array<std::uint8_t, SecureChannelProtocol02::cryptogramSize + 1>
withPadding(std::span<const std::uint8_t, SecureChannelProtocol02::cryptogramSize> data) {
    std::array<std::uint8_t, SecureChannelProtocol02::cryptogramSize + 1> result{};
    *std::copy(data.begin(), data.end(), result.begin()) = crypto::paddingStart;
    return result;
}

} // namespace

bool SecureChannelProtocol02::deriveChallenge(const StaticKeys& keys, SequenceCounter counter,
                                              Bytes applicationIdentifier,
                                              std::span<std::uint8_t, cardChallengeSize> challenge) {
    Key key;
    crypto::SecretArray<crypto::desBlockSize> mac;
    if (!isThreeKeySet(keys) || !derive(keys.mac.view(), sessionMac, counter, key) ||
        !fullMac(key, applicationIdentifier, mac)) {
        return false;
    }
    std::copy_n(mac.view().begin(), cardChallengeSize, challenge.begin());
    return true;
}

bool SecureChannelProtocol02::initialize(const StaticKeys& keys, SequenceCounter counter,
                                         std::span<const std::uint8_t, hostChallengeSize> hostChallenge,
                                         std::span<const std::uint8_t, cardChallengeSize> cardChallenge,
                                         std::span<std::uint8_t, cryptogramSize> cardCryptogram) {
    reset();
    // E.4.2: host challenge, counter, card challenge; and counter, card challenge, host challenge.
    std::array<std::uint8_t, hostChallengeSize + sequenceCounterSize + cardChallengeSize> ofCard{};
    auto place = std::copy(hostChallenge.begin(), hostChallenge.end(), ofCard.begin());
    place = std::copy(counter.begin(), counter.end(), place);
    std::copy(cardChallenge.begin(), cardChallenge.end(), place);
    std::array<std::uint8_t, ofCard.size()> ofHost{};
    std::rotate_copy(ofCard.begin(), ofCard.begin() + hostChallengeSize, ofCard.end(), ofHost.begin());
    crypto::SecretArray<crypto::desBlockSize> mac;
    const bool derived =
        isThreeKeySet(keys) && derive(keys.encryption.view(), sessionEncryption, counter, encryptionKey_) &&
        derive(keys.mac.view(), sessionMac, counter, macKey_) &&
        derive(keys.dataEncryption.view(), sessionDataEncryption, counter, dataEncryptionKey_) &&
        fullMac(encryptionKey_, ofCard, mac) && fullMac(encryptionKey_, ofHost, hostCryptogram_);
    if (!derived) {
        reset();
        return false;
    }
    std::copy_n(mac.view().begin(), cryptogramSize, cardCryptogram.begin());
    state_ = State::Initialized;
    return true;
}

StatusWord SecureChannelProtocol02::authenticateHost(const Command& command) {
    StatusWord status = StatusWord::Success;
    crypto::SecretArray<macSize> expected;
    if (state_ != State::Initialized) {
        status = StatusWord::ConditionsOfUseNotSatisfied;
    } else if (command.cla != protectedClass || command.p2 != 0 ||
               (command.p1 != CommandMac && command.p1 != (CommandMac | CommandDecryption))) {
        status = StatusWord::IncorrectParameters;
    } else if (command.data.size() != cryptogramSize + macSize) {
        status = StatusWord::WrongLength;
    } else if (!computeMac(command, withPadding(command.data.first<cryptogramSize>()), cryptogramSize,
                           expected.bytes()) ||
               !takeMac(expected.view(), command.data.last(macSize))) {
        status = StatusWord::SecurityStatusNotSatisfied;
    } else if (!guard_.holds([&] {
                   return crypto::equalConstantTime(command.data.first(cryptogramSize),
                                                    hostCryptogram_.view());
               })) {
        status = StatusWord::AuthenticationFailed;
    }
    if (status != StatusWord::Success) {
        reset();
        return status;
    }
    hostCryptogram_.clear();
    securityLevel_ = command.p1;
    state_ = State::Active;
    return status;
}

// E.4.6: the data are decrypted first, for the MAC is over the plain ones. Padding and MAC are judged in one
// comparison, so that neither the answer nor its time tells a wrong padding from a wrong MAC.
StatusWord SecureChannelProtocol02::unprotect(Command& command, std::span<std::uint8_t> data) {
    crypto::SecretArray<macSize + 1> expected;
    crypto::SecretArray<macSize + 1> received;
    const auto refuse = [this] {
        reset();
        return StatusWord::SecurityStatusNotSatisfied;
    };
    if (!guard_.holds([this] { return active(); }) || command.extended || data.size() < macSize) {
        return refuse();
    }
    const std::size_t size = data.size() - macSize;
    std::copy_n(data.last(macSize).begin(), macSize, received.bytes().begin());
    const bool encrypted = (securityLevel_ & CommandDecryption) != 0 && size > 0;
    // Decrypted data have the padding of the MAC's message at their end; that of others takes the MAC's
    // place.
    data[size] = crypto::paddingStart;
    const auto padded = data.first(encrypted ? size : size + 1);
    if (encrypted && !crypto::tripleDesCbcDecrypt(encryptionKey_.view(), zeroVector, padded, padded)) {
        return refuse();
    }
    const crypto::Padding padding = crypto::findPadding(padded, crypto::desBlockSize);
    received[macSize] = padding.isRight;
    expected[macSize] = 1;
    if (!computeMac(command, padded, padding.size, expected.bytes().first<macSize>()) ||
        !takeMac(expected.view(), received.view())) {
        return refuse();
    }
    command.data = padded.first(crypto::sizeWithoutPadding(padded, crypto::desBlockSize).value_or(0));
    command.cla = plainClass;
    return StatusWord::Success;
}

// E.4.4: single DES with a final triple DES over the header, whose Lc counts the MAC, and the data. The
// chaining value goes into the first block. How long the data are in their last block is secret before the
// MAC was compared, and with it whether the message has one block less than the longest: both are computed.
bool SecureChannelProtocol02::computeMac(const Command& command, Bytes padded, std::size_t length,
                                         std::span<std::uint8_t, macSize> mac) const {
    constexpr std::size_t headerSize = 5;
    const std::array<std::uint8_t, headerSize> header{command.cla, command.ins, command.p1, command.p2,
                                                      static_cast<std::uint8_t>(length + macSize)};
    const auto compute = [&](std::size_t blocks, std::span<std::uint8_t, macSize> result) {
        crypto::RetailMac retailMac(macKey_.view());
        for (std::size_t i = 0; i < blocks * crypto::desBlockSize; ++i) {
            std::uint8_t byte = 0;
            if (i < headerSize) {
                byte = header[i];
            } else if (i - headerSize < padded.size()) {
                byte = padded[i - headerSize];
            }
            if (i < macSize) {
                byte = static_cast<std::uint8_t>(byte ^ chaining_[i]);
            }
            retailMac.update({&byte, 1});
        }
        return retailMac.finish(result);
    };
    const auto blocksOf = [](std::size_t size) { return (headerSize + size) / crypto::desBlockSize + 1; };
    const std::size_t longest = blocksOf(padded.size() - 1);
    crypto::SecretArray<macSize> shorter;
    crypto::SecretArray<macSize> longer;
    if (!compute(longest - 1, shorter.bytes()) || !compute(longest, longer.bytes())) {
        return false;
    }
    // A wrong padding makes no message, and which MAC it gets does not matter.
    const auto takesShorter = static_cast<std::uint8_t>(std::size_t{0} - (longest - blocksOf(length)));
    for (std::size_t i = 0; i < macSize; ++i) {
        mac[i] = static_cast<std::uint8_t>((shorter[i] & takesShorter) | (longer[i] & ~takesShorter));
    }
    return true;
}

// Compares, and encrypts the MAC for the next command with the first half of the key (E.3.4).
bool SecureChannelProtocol02::takeMac(Bytes expected, Bytes received) {
    if (!guard_.holds([&] { return crypto::equalConstantTime(expected, received); })) {
        return false;
    }
    Key singleKey;
    const auto half = macKey_.view().first<crypto::desBlockSize>();
    std::copy(half.begin(), half.end(), singleKey.bytes().begin());
    std::copy(half.begin(), half.end(), singleKey.bytes().begin() + crypto::desBlockSize);
    return crypto::tripleDesCbcEncrypt(singleKey.view(), zeroVector, expected.first<macSize>(),
                                       chaining_.bytes());
}

bool SecureChannelProtocol02::protect(StatusWord status, Response& response) {
    if (isError(status)) {
        response.clear();
    }
    return true;
}

bool SecureChannelProtocol02::decryptSensitive(Bytes cryptogram, std::span<std::uint8_t> plain) const {
    if (cryptogram.size() % crypto::desBlockSize != 0 || plain.size() != cryptogram.size()) {
        return false;
    }
    for (std::size_t at = 0; at < cryptogram.size(); at += crypto::desBlockSize) {
        if (!crypto::tripleDesCbcDecrypt(dataEncryptionKey_.view(), zeroVector,
                                         cryptogram.subspan(at, crypto::desBlockSize),
                                         plain.subspan(at, crypto::desBlockSize))) {
            return false;
        }
    }
    return true;
}

void SecureChannelProtocol02::reset() {
    state_ = State::Idle;
    securityLevel_ = 0;
    encryptionKey_.clear();
    macKey_.clear();
    dataEncryptionKey_.clear();
    hostCryptogram_.clear();
    chaining_.clear();
}

} // namespace cancuoc::card::manager
