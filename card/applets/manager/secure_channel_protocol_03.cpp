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
    SessionEncryption = 0x04,
    SessionMac = 0x06,
    SessionResponseMac = 0x07,
};

constexpr std::uint8_t externalAuthenticateClass = 0x84;
constexpr std::uint8_t plainClass = 0x80;
constexpr std::uint8_t knownLevels[] = {CommandMac, CommandMac | CommandDecryption, CommandMac | ResponseMac,
                                        CommandMac | CommandDecryption | ResponseMac,
                                        CommandMac | CommandDecryption | ResponseMac | ResponseEncryption};

using Context = std::array<std::uint8_t, 2 * SecureChannelProtocol03::challengeSize>;

// 4.1.5: NIST SP 800-108 in counter mode with CMAC, one block: label (11 zero bytes and the constant),
// separator 00, length in bits, counter 01, context.
bool derive(std::span<const std::uint8_t> key, DerivationConstant constant, const Context& context,
            std::span<std::uint8_t> output) {
    constexpr std::size_t labelLength = 12;
    std::array<std::uint8_t, labelLength + 4 + std::tuple_size_v<Context>> input{};
    input[labelLength - 1] = static_cast<std::uint8_t>(constant);
    const std::size_t bits = output.size() * 8;
    input[labelLength + 1] = static_cast<std::uint8_t>(bits >> 8);
    input[labelLength + 2] = static_cast<std::uint8_t>(bits);
    input[labelLength + 3] = 0x01;
    std::copy(context.begin(), context.end(), input.begin() + labelLength + 4);
    return crypto::aesCmac(key, input, output);
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

bool SecureChannelProtocol03::initialize(const StaticKeys& keys,
                                         std::span<const std::uint8_t, challengeSize> hostChallenge,
                                         std::span<const std::uint8_t, challengeSize> cardChallenge,
                                         std::span<std::uint8_t, cryptogramSize> cardCryptogram) {
    reset();
    Context context{};
    std::copy(hostChallenge.begin(), hostChallenge.end(), context.begin());
    std::copy(cardChallenge.begin(), cardChallenge.end(), context.begin() + challengeSize);
    const bool derived =
        derive(keys.encryption.view(), DerivationConstant::SessionEncryption, context,
               encryptionKey_.bytes()) &&
        derive(keys.mac.view(), DerivationConstant::SessionMac, context, macKey_.bytes()) &&
        derive(keys.mac.view(), DerivationConstant::SessionResponseMac, context, responseMacKey_.bytes()) &&
        derive(macKey_.view(), DerivationConstant::CardCryptogram, context, cardCryptogram) &&
        derive(macKey_.view(), DerivationConstant::HostCryptogram, context, hostCryptogram_.bytes());
    if (!derived) {
        reset();
        return false;
    }
    state_ = State::Initialized;
    return true;
}

StatusWord SecureChannelProtocol03::authenticateHost(const Command& command) {
    StatusWord status = StatusWord::Success;
    if (state_ != State::Initialized) {
        status = StatusWord::ConditionsOfUseNotSatisfied;
    } else if (command.cla != externalAuthenticateClass || command.p2 != 0 ||
               std::find(std::begin(knownLevels), std::end(knownLevels), command.p1) ==
                   std::end(knownLevels)) {
        status = StatusWord::IncorrectParameters;
    } else if (command.data.size() != cryptogramSize + macSize) {
        status = StatusWord::WrongLength;
    } else if (!verifyCommandMac(command)) {
        status = StatusWord::SecurityStatusNotSatisfied;
    } else if (!crypto::equalConstantTime(command.data.first(cryptogramSize), hostCryptogram_.view())) {
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
    if (!active() || !verifyCommandMac(command)) {
        reset();
        return StatusWord::SecurityStatusNotSatisfied;
    }
    data = data.first(data.size() - macSize);
    command.data = data;
    command.cla = plainClass;
    if ((securityLevel_ & CommandDecryption) != 0 && !decryptCommand(command, data)) {
        reset();
        return StatusWord::SecurityStatusNotSatisfied;
    }
    return StatusWord::Success;
}

// 6.2.4: C-MAC over the chaining value, the header with the modified Lc, and the data field; its 16 bytes are
// the next chaining value, the first 8 of them go over the line.
bool SecureChannelProtocol03::verifyCommandMac(const Command& command) {
    if (command.data.size() < macSize) {
        return false;
    }
    crypto::AesCmac mac(macKey_.view());
    mac.update(macChaining_.view());
    updateWithHeader(mac, command);
    mac.update(command.data.first(command.data.size() - macSize));
    crypto::SecretArray<crypto::aesBlockSize> expected;
    if (!mac.finish(expected.bytes())) {
        return false;
    }
    if (!crypto::equalConstantTime(expected.view().first<macSize>(), command.data.last(macSize))) {
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
    const std::span<std::uint8_t> place = response.extend(macSize);
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
    securityLevel_ = 0;
    encryptionKey_.clear();
    macKey_.clear();
    responseMacKey_.clear();
    hostCryptogram_.clear();
    macChaining_.clear();
    encryptionCounter_ = 0;
}

} // namespace cancuoc::card::manager
