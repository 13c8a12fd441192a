// SPDX-License-Identifier: Apache-2.0
#include "card/applets/manager/secure_channel_protocol_03.hpp"

#include "card/crypto/padding.hpp"

#include <algorithm>

namespace cancuoc::card::manager {
namespace {

// GlobalPlatform Amendment D, 4.1.5, table 4-1: data derivation constants.
enum class DerivationConstant : std::uint8_t {
    CardCryptogram = 0x00,
    HostCryptogram = 0x01,
    CardChallenge = 0x02,
    SessionEncryption = 0x04,
    SessionMac = 0x06,
    SessionResponseMac = 0x07,
};

constexpr std::uint8_t knownLevels[] = {CommandMac, CommandMac | CommandDecryption, CommandMac | ResponseMac,
                                        CommandMac | CommandDecryption | ResponseMac,
                                        CommandMac | CommandDecryption | ResponseMac | ResponseEncryption};

/// Both challenges, or a sequence counter and an application identifier.
constexpr std::size_t maximumContextSize = 2 * SecureChannelProtocol03::maximumChallengeSize;

// 4.1.5: NIST SP 800-108 in counter mode with CMAC: label (11 zero bytes and the constant), separator 00,
// length in bits, counter, context; a block for every 16 bytes of output.
bool derive(std::span<const std::uint8_t> key, DerivationConstant constant,
            std::span<const std::uint8_t> context, std::span<std::uint8_t> output) {
    constexpr std::size_t labelLength = 12;
    constexpr std::size_t prefixLength = labelLength + 4;
    std::array<std::uint8_t, prefixLength + maximumContextSize> room{};
    if (context.size() > maximumContextSize) {
        return false;
    }
    const std::span<std::uint8_t> input = std::span(room).first(prefixLength + context.size());
    input[labelLength - 1] = static_cast<std::uint8_t>(constant);
    const std::size_t bits = output.size() * 8;
    input[labelLength + 1] = static_cast<std::uint8_t>(bits >> 8);
    input[labelLength + 2] = static_cast<std::uint8_t>(bits);
    std::copy(context.begin(), context.end(), input.begin() + prefixLength);
    while (!output.empty()) {
        ++input[labelLength + 3];
        const std::span<std::uint8_t> block = output.first(std::min(output.size(), crypto::aesBlockSize));
        if (!crypto::aesCmac(key, input, block)) {
            return false;
        }
        output = output.subspan(block.size());
    }
    return true;
}

// The bytes before the data field as the host sent them: header and Lc of the protected command.
void updateWithHeader(crypto::AesCmac& mac, const Command& command) {
    const std::array<std::uint8_t, 4> header{command.cla, command.ins, command.p1, command.p2};
    mac.update(header);
    const auto length = static_cast<std::uint16_t>(command.data.size());
    const std::array<std::uint8_t, 3> lc{0, static_cast<std::uint8_t>(length >> 8),
                                         static_cast<std::uint8_t>(length)};
    mac.update(command.extended ? std::span(lc) : std::span(lc).last(1));
}

} // namespace

bool SecureChannelProtocol03::deriveChallenge(const StaticKeys& keys,
                                              std::span<const std::uint8_t, sequenceCounterSize> counter,
                                              std::span<const std::uint8_t> applicationIdentifier,
                                              std::span<std::uint8_t> challenge) {
    std::array<std::uint8_t, sequenceCounterSize + configuration::maximumApplicationIdentifier> context{};
    if (applicationIdentifier.size() > configuration::maximumApplicationIdentifier) {
        return false;
    }
    const auto place = std::copy(counter.begin(), counter.end(), context.begin());
    std::copy(applicationIdentifier.begin(), applicationIdentifier.end(), place);
    return derive(keys.encryption.view(), DerivationConstant::CardChallenge,
                  std::span(context).first(sequenceCounterSize + applicationIdentifier.size()), challenge);
}

bool SecureChannelProtocol03::initialize(const StaticKeys& keys, std::uint8_t option,
                                         std::span<const std::uint8_t> hostChallenge,
                                         std::span<const std::uint8_t> cardChallenge,
                                         std::span<std::uint8_t> cardCryptogram) {
    reset();
    const std::size_t size = challengeSizeOf(option);
    if (hostChallenge.size() != size || cardChallenge.size() != size || cardCryptogram.size() != size) {
        return false;
    }
    std::array<std::uint8_t, maximumContextSize> room{};
    const auto context = std::span(room).first(2 * size);
    std::copy(hostChallenge.begin(), hostChallenge.end(), context.begin());
    std::copy(cardChallenge.begin(), cardChallenge.end(), context.subspan(size).begin());
    const auto deriveKey = [&](const ChannelKey& from, DerivationConstant constant, ChannelKey& key) {
        return key.resize(from.size()) && derive(from.view(), constant, context, key.bytes());
    };
    const bool derived =
        deriveKey(keys.encryption, DerivationConstant::SessionEncryption, encryptionKey_) &&
        deriveKey(keys.mac, DerivationConstant::SessionMac, macKey_) &&
        deriveKey(keys.mac, DerivationConstant::SessionResponseMac, responseMacKey_) &&
        dataEncryptionKey_.assign(keys.dataEncryption.view()) && hostCryptogram_.resize(size) &&
        derive(macKey_.view(), DerivationConstant::CardCryptogram, context, cardCryptogram) &&
        derive(macKey_.view(), DerivationConstant::HostCryptogram, context, hostCryptogram_.bytes());
    if (!derived) {
        reset();
        return false;
    }
    option_ = option;
    state_ = State::Initialized;
    return true;
}

bool SecureChannelProtocol03::isKnownLevel(std::uint8_t level) const {
    const bool supported = ((level & ResponseMac) == 0 || (option_ & responseMacSupport) != 0) &&
                           ((level & ResponseEncryption) == 0 || (option_ & responseEncryptionSupport) != 0);
    return supported &&
           std::find(std::begin(knownLevels), std::end(knownLevels), level) != std::end(knownLevels);
}

StatusWord SecureChannelProtocol03::authenticateHost(const Command& command) {
    StatusWord status = StatusWord::Success;
    if (state_ != State::Initialized) {
        status = StatusWord::ConditionsOfUseNotSatisfied;
    } else if (command.cla != protectedClass || command.p2 != 0 || !isKnownLevel(command.p1)) {
        status = StatusWord::IncorrectParameters;
    } else if (command.data.size() != 2 * macSize()) {
        status = StatusWord::WrongLength;
    } else if (!verifyCommandMac(command)) {
        status = StatusWord::SecurityStatusNotSatisfied;
    } else if (!guard_.holds([&] {
                   return crypto::equalConstantTime(command.data.first(macSize()), hostCryptogram_.view());
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

StatusWord SecureChannelProtocol03::unprotect(Command& command, std::span<std::uint8_t> data) {
    if (!guard_.holds([this] { return active(); }) || !verifyCommandMac(command)) {
        reset();
        return StatusWord::SecurityStatusNotSatisfied;
    }
    data = data.first(data.size() - macSize());
    command.data = data;
    command.cla = plainClass;
    if ((securityLevel_ & CommandDecryption) != 0 && !decryptCommand(command, data)) {
        reset();
        return StatusWord::SecurityStatusNotSatisfied;
    }
    return StatusWord::Success;
}

// 6.2.4: C-MAC over the chaining value, the header with the modified Lc, and the data field; its 16 bytes are
// the next chaining value, the first 8 of them, or all, go over the line.
bool SecureChannelProtocol03::verifyCommandMac(const Command& command) {
    if (command.data.size() < macSize()) {
        return false;
    }
    crypto::AesCmac mac(macKey_.view());
    mac.update(macChaining_.view());
    updateWithHeader(mac, command);
    mac.update(command.data.first(command.data.size() - macSize()));
    crypto::SecretArray<crypto::aesBlockSize> expected;
    if (!mac.finish(expected.bytes()) || !guard_.holds([&] {
            return crypto::equalConstantTime(expected.view().first(macSize()), command.data.last(macSize()));
        })) {
        return false;
    }
    macChaining_ = expected;
    return true;
}

// 6.2.6: the counter goes on with every command, whether it carries data or not.
bool SecureChannelProtocol03::decryptCommand(Command& command, std::span<std::uint8_t> data) {
    ++encryptionCounter_;
    if (data.empty()) {
        return true;
    }
    crypto::AesBlock initializationVector{};
    if (!counterBlock(false, initializationVector) ||
        !crypto::aesCbcDecrypt(encryptionKey_.view(), initializationVector, data, data)) {
        return false;
    }
    const std::optional<std::size_t> length = crypto::sizeWithoutPadding(data, crypto::aesBlockSize);
    if (!length) {
        return false;
    }
    command.data = data.first(*length);
    return true;
}

bool SecureChannelProtocol03::protect(StatusWord status, Response& response) {
    if (isError(status)) {
        response.clear();
        return true;
    }
    if ((securityLevel_ & ResponseEncryption) != 0 && !encryptResponse(response)) {
        reset();
        return false;
    }
    if ((securityLevel_ & ResponseMac) == 0) {
        return true;
    }
    // 6.2.5: R-MAC over the chaining value of the command, the data field and the status word.
    const auto statusWord = static_cast<std::uint16_t>(status);
    const std::array<std::uint8_t, 2> trailer{static_cast<std::uint8_t>(statusWord >> 8),
                                              static_cast<std::uint8_t>(statusWord)};
    crypto::AesCmac mac(responseMacKey_.view());
    mac.update(macChaining_.view());
    mac.update(response.data());
    mac.update(trailer);
    const std::span<std::uint8_t> place = response.extend(macSize());
    if (place.empty() || !mac.finish(place)) {
        reset();
        return false;
    }
    return true;
}

// 6.2.7: the command's counter with the first bit set makes the initial chaining vector; padding method 2.
bool SecureChannelProtocol03::encryptResponse(Response& response) {
    if (response.size() == 0) {
        return true;
    }
    const std::size_t padding = crypto::aesBlockSize - response.size() % crypto::aesBlockSize;
    const std::span<std::uint8_t> added = response.extend(padding);
    crypto::AesBlock initializationVector{};
    if (added.empty() || !counterBlock(true, initializationVector)) {
        return false;
    }
    added[0] = crypto::paddingStart;
    const std::span<std::uint8_t> data = response.writableData();
    return crypto::aesCbcEncrypt(encryptionKey_.view(), initializationVector, data, data);
}

bool SecureChannelProtocol03::decryptSensitive(std::span<const std::uint8_t> cryptogram,
                                               std::span<std::uint8_t> plain) const {
    return crypto::aesCbcDecrypt(dataEncryptionKey_.view(), crypto::AesBlock{}, cryptogram, plain);
}

bool SecureChannelProtocol03::counterBlock(bool forResponse, crypto::AesBlock& initializationVector) const {
    crypto::AesBlock block{};
    block[0] = forResponse ? 0x80 : 0x00;
    for (std::size_t i = 0; i < sizeof encryptionCounter_; ++i) {
        block[block.size() - 1 - i] = static_cast<std::uint8_t>(encryptionCounter_ >> (8 * i));
    }
    return crypto::aesEncryptBlock(encryptionKey_.view(), block, initializationVector);
}

void SecureChannelProtocol03::reset() {
    state_ = State::Idle;
    option_ = 0;
    securityLevel_ = 0;
    encryptionKey_.clear();
    macKey_.clear();
    responseMacKey_.clear();
    dataEncryptionKey_.clear();
    hostCryptogram_.clear();
    macChaining_.clear();
    encryptionCounter_ = 0;
}

} // namespace cancuoc::card::manager
