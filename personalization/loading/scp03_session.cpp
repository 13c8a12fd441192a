// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/scp03_session.hpp"

#include "host/base/error.hpp"
#include "host/crypto/cipher.hpp"
#include "host/crypto/mac.hpp"
#include "host/crypto/padding.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::size_t keySize = 16;
constexpr std::size_t blockSize = 16;

// Amendment D, Table 4-1: data derivation constants.
enum class DerivationConstant : std::uint8_t {
    CardCryptogram = 0x00,
    HostCryptogram = 0x01,
    EncryptionKey = 0x04,
    MacKey = 0x06,
    ResponseMacKey = 0x07,
};

// Bits of the security level.
constexpr std::uint8_t commandEncryption = 0x02;
constexpr std::uint8_t responseMac = 0x10;
constexpr std::uint8_t responseEncryption = 0x20;

constexpr std::uint8_t secureMessagingBit = 0x04;

// Amendment D, 4.1.5: NIST SP 800-108 in counter mode with CMAC; one round gives all that is asked here.
Bytes derive(BytesView key, DerivationConstant constant, std::size_t size, BytesView context) {
    Bytes input(11, 0x00);
    input.push_back(static_cast<std::uint8_t>(constant));
    input.push_back(0x00); // separation indicator
    append(input, toBigEndian(size * 8, 2));
    input.push_back(0x01); // counter
    append(input, context);
    Bytes derived = aesCmac(key, input);
    wipe(std::span(derived).subspan(size));
    derived.resize(size);
    return derived;
}

SecretBytes sessionKey(const SecretBytes& key, DerivationConstant constant, BytesView context) {
    return SecretBytes(derive(key.view(), constant, keySize, context));
}

} // namespace

Scp03Keys Scp03Keys::transport() {
    const auto key = [] { return SecretBytes(fromHex("404142434445464748494A4B4C4D4E4F")); };
    return {0x30, key(), key(), key()};
}

InitializeUpdateResponse InitializeUpdateResponse::decode(BytesView data) {
    constexpr std::size_t withoutSequenceCounter = 29;
    constexpr std::size_t withSequenceCounter = 32; // for pseudo-random card challenges
    if (data.size() != withoutSequenceCounter && data.size() != withSequenceCounter) {
        throw MalformedData("The chip's answer to INITIALIZE UPDATE is " + std::to_string(data.size()) +
                            " bytes long; SCP03 with challenges of 8 bytes has 29 or 32.");
    }
    InitializeUpdateResponse response;
    response.keyDiversificationData = toBytes(data.subspan(0, 10));
    response.keyVersion = data[10];
    response.secureChannelIdentifier = data[11];
    response.implementationOption = data[12];
    response.cardChallenge = toBytes(data.subspan(13, Scp03Session::challengeSize));
    response.cardCryptogram = toBytes(data.subspan(21, 8));
    if (response.secureChannelIdentifier != 0x03) {
        throw MalformedData("The chip opens secure channels of SCP" +
                            toHex(BytesView(&response.secureChannelIdentifier, 1)) +
                            "; this line speaks SCP03.");
    }
    return response;
}

// Amendment D, 6.2.1: S-ENC comes from Key-ENC, S-MAC and S-RMAC from Key-MAC.
Scp03Session::Scp03Session(const Scp03Keys& keys, BytesView hostChallenge, BytesView cardChallenge)
    : context_(concat(hostChallenge, cardChallenge)),
      encryptionKey_(sessionKey(keys.encryption, DerivationConstant::EncryptionKey, context_)),
      macKey_(sessionKey(keys.mac, DerivationConstant::MacKey, context_)),
      responseMacKey_(sessionKey(keys.mac, DerivationConstant::ResponseMacKey, context_)),
      macChainingValue_(blockSize, 0x00) {}

// Amendment D, 6.2.2.2
bool Scp03Session::isCardCryptogram(BytesView cardCryptogram) const {
    const Bytes expected = derive(macKey_.view(), DerivationConstant::CardCryptogram, macSize, context_);
    return equalConstantTime(expected, cardCryptogram);
}

// Amendment D, 6.2.2.3 and 7.1.2
CommandApdu Scp03Session::externalAuthenticate(Scp03SecurityLevel level) {
    CommandApdu command{0x80, 0x82, static_cast<std::uint8_t>(level), 0x00,
                        derive(macKey_.view(), DerivationConstant::HostCryptogram, macSize, context_)};
    CommandApdu authenticate = withMac(std::move(command));
    level_ = static_cast<std::uint8_t>(level);
    return authenticate;
}

CommandApdu Scp03Session::wrap(const CommandApdu& command) {
    // Amendment D, 6.2.6: the counter counts every command, also one without data to encrypt.
    ++commandCounter_;
    CommandApdu wrapped = command;
    if (protects(commandEncryption) && !command.data.empty()) {
        wrapped.data = encryptCbc(BlockCipher::Aes128, encryptionKey_.view(), counterBlock(0x00),
                                  padded(command.data, blockSize));
    }
    return withMac(std::move(wrapped));
}

// Amendment D, 6.2.4: over the chaining value, the header with its secure messaging bit, the length field as
// it will be sent, and the data.
CommandApdu Scp03Session::withMac(CommandApdu command) {
    command.cla |= secureMessagingBit;
    const std::size_t macedLength = command.data.size() + macSize;
    Bytes input = concat(macChainingValue_, Bytes{command.cla, command.ins, command.p1, command.p2});
    CommandApdu sized = command;
    sized.data.resize(macedLength);
    if (sized.needsExtendedLength()) {
        input.push_back(0x00);
        append(input, toBigEndian(macedLength, 2));
    } else {
        input.push_back(static_cast<std::uint8_t>(macedLength));
    }
    append(input, command.data);
    macChainingValue_ = aesCmac(macKey_.view(), input);
    append(command.data, BytesView(macChainingValue_).first(macSize));
    return command;
}

// Amendment D, 6.2.5 and 6.2.7
ResponseApdu Scp03Session::unwrap(const ResponseApdu& response) const {
    if (!protects(responseMac) || (!response.sw.isSuccessOrWarning() && response.data.empty())) {
        return response;
    }
    if (response.data.size() < macSize) {
        throw SecureMessagingError(
            "The chip's response carries no MAC. Take the chip out; it, or something between "
            "it and the reader, does not keep to the secure channel.");
    }
    const BytesView data = BytesView(response.data).first(response.data.size() - macSize);
    const Bytes mac =
        aesCmac(responseMacKey_.view(), concat(macChainingValue_, data, toBigEndian(response.sw.value(), 2)));
    if (!equalConstantTime(BytesView(mac).first(macSize), BytesView(response.data).last(macSize))) {
        throw SecureMessagingError(
            "The MAC of the chip's response is wrong. Take the chip out; something changed "
            "the data on its way.");
    }
    ResponseApdu unwrapped{toBytes(data), response.sw};
    if (protects(responseEncryption) && !data.empty()) {
        const Bytes plain = decryptCbc(BlockCipher::Aes128, encryptionKey_.view(), counterBlock(0x80), data);
        const auto content = unpadded(plain, blockSize);
        if (!content) {
            throw SecureMessagingError("The chip's response is not padded as its encryption demands.");
        }
        unwrapped.data = toBytes(*content);
    }
    return unwrapped;
}

bool Scp03Session::protects(std::uint8_t bits) const {
    return (level_ & bits) != 0;
}

// Amendment D, 6.2.6 and 6.2.7: the ICV is the encrypted counter, with its first bit set for a response.
Bytes Scp03Session::counterBlock(std::uint8_t firstByte) const {
    Bytes block = concat(Bytes(blockSize - 8, 0x00), toBigEndian(commandCounter_, 8));
    block[0] = firstByte;
    return encryptBlock(BlockCipher::Aes128, encryptionKey_.view(), block);
}

} // namespace cancuoc::personalization
