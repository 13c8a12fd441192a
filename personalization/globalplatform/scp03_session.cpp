// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/scp03_session.hpp"

#include "host/base/error.hpp"
#include "host/crypto/mac.hpp"
#include "host/crypto/padding.hpp"
#include "personalization/globalplatform/aes_key_derivation.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::size_t blockSize = 16;
constexpr std::uint8_t secureMessagingBit = 0x04;

SecretBytes sessionKey(const SecretBytes& key, DerivationConstant constant, BytesView context) {
    return deriveScp03(key.view(), constant, key.size(), context);
}

} // namespace

// Amendment D, 6.2.1: S-ENC comes from Key-ENC, S-MAC and S-RMAC from Key-MAC.
Scp03Session::Scp03Session(const SecurityDomainKeys& keys, BytesView hostChallenge, BytesView cardChallenge)
    : cipher_(aesOfKeySize(keys.encryption.size())), macSize_(hostChallenge.size()),
      context_(concat(hostChallenge, cardChallenge)),
      encryptionKey_(sessionKey(keys.encryption, DerivationConstant::EncryptionKey, context_)),
      macKey_(sessionKey(keys.mac, DerivationConstant::MacKey, context_)),
      responseMacKey_(sessionKey(keys.mac, DerivationConstant::ResponseMacKey, context_)),
      dataEncryptionKey_(keys.dataEncryption.copy()), macChainingValue_(blockSize, 0x00) {}

Bytes Scp03Session::pseudoRandomChallenge(const SecurityDomainKeys& keys, BytesView sequenceCounter,
                                          BytesView domain, std::size_t size) {
    return toBytes(deriveScp03(keys.encryption.view(), DerivationConstant::CardChallenge, size,
                               concat(sequenceCounter, domain))
                       .view());
}

// Amendment D, 6.2.2.2
bool Scp03Session::isCardCryptogram(BytesView cardCryptogram) const {
    const SecretBytes expected =
        deriveScp03(macKey_.view(), DerivationConstant::CardCryptogram, macSize_, context_);
    return equalConstantTime(expected.view(), cardCryptogram);
}

// Amendment D, 6.2.2.3 and 7.1.2
CommandApdu Scp03Session::externalAuthenticate(SecurityLevel level) {
    const SecretBytes cryptogram =
        deriveScp03(macKey_.view(), DerivationConstant::HostCryptogram, macSize_, context_);
    CommandApdu authenticate =
        withMac({0x80, 0x82, static_cast<std::uint8_t>(level), 0x00, toBytes(cryptogram.view())});
    level_ = static_cast<std::uint8_t>(level);
    return authenticate;
}

CommandApdu Scp03Session::wrap(const CommandApdu& command) {
    // Amendment D, 6.2.6: the counter counts every command, also one without data to encrypt.
    ++commandCounter_;
    CommandApdu wrapped = command;
    if (protects(security_level::commandEncryption) && !command.data.empty()) {
        wrapped.data =
            encryptCbc(cipher_, encryptionKey_.view(), counterBlock(0x00), padded(command.data, blockSize));
    }
    return withMac(std::move(wrapped));
}

// Amendment D, 6.2.4: over the chaining value, the header with its secure messaging bit, the length field as
// it will be sent, and the data.
CommandApdu Scp03Session::withMac(CommandApdu command) {
    command.cla |= secureMessagingBit;
    const std::size_t macedLength = command.data.size() + macSize_;
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
    append(command.data, BytesView(macChainingValue_).first(macSize_));
    return command;
}

// Amendment D, 6.2.5 and 6.2.7
ResponseApdu Scp03Session::unwrap(const ResponseApdu& response) const {
    if (!protects(security_level::responseMac) ||
        (!response.sw.isSuccessOrWarning() && response.data.empty())) {
        return response;
    }
    if (response.data.size() < macSize_) {
        throw SecureMessagingError(
            "The chip's response carries no MAC. Take the chip out; it, or something between "
            "it and the reader, does not keep to the secure channel.");
    }
    const BytesView data = BytesView(response.data).first(response.data.size() - macSize_);
    const Bytes mac =
        aesCmac(responseMacKey_.view(), concat(macChainingValue_, data, toBigEndian(response.sw.value(), 2)));
    if (!equalConstantTime(BytesView(mac).first(macSize_), BytesView(response.data).last(macSize_))) {
        throw SecureMessagingError(
            "The MAC of the chip's response is wrong. Take the chip out; something changed "
            "the data on its way.");
    }
    ResponseApdu unwrapped{toBytes(data), response.sw};
    if (protects(security_level::responseEncryption) && !data.empty()) {
        const Bytes plain = decryptCbc(cipher_, encryptionKey_.view(), counterBlock(0x80), data);
        const auto content = unpadded(plain, blockSize);
        if (!content) {
            throw SecureMessagingError("The chip's response is not padded as its encryption demands.");
        }
        unwrapped.data = toBytes(*content);
    }
    return unwrapped;
}

Bytes Scp03Session::encryptSensitive(BytesView plain) const {
    return encryptCbc(cipher_, dataEncryptionKey_.view(), Bytes(blockSize, 0x00), plain);
}

bool Scp03Session::protects(std::uint8_t bits) const {
    return (level_ & bits) != 0;
}

// Amendment D, 6.2.6 and 6.2.7: the ICV is the encrypted counter, with its first bit set for a response.
Bytes Scp03Session::counterBlock(std::uint8_t firstByte) const {
    Bytes block = concat(Bytes(blockSize - 8, 0x00), toBigEndian(commandCounter_, 8));
    block[0] = firstByte;
    return encryptBlock(cipher_, encryptionKey_.view(), block);
}

} // namespace cancuoc::personalization
