// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/scp02_session.hpp"

#include "host/base/error.hpp"
#include "host/crypto/cipher.hpp"
#include "host/crypto/mac.hpp"
#include "host/crypto/padding.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::size_t desBlockSize = 8;
constexpr std::size_t desKeySize = 8;
constexpr std::uint8_t secureMessagingBit = 0x04;

// E.4.1: derivation constants.
constexpr std::uint16_t commandMacKey = 0x0101;
constexpr std::uint16_t sessionDataEncryptionKey = 0x0181;
constexpr std::uint16_t sessionEncryptionKey = 0x0182;

// E.4.1: constant and counter, filled up with zeros, encrypted in CBC mode.
SecretBytes deriveKey(const SecretBytes& key, std::uint16_t constant, BytesView sequenceCounter) {
    const Bytes input = concat(toBigEndian(constant, 2), sequenceCounter, Bytes(12, 0x00));
    return SecretBytes(encryptCbc(BlockCipher::TripleDes, key.view(), Bytes(desBlockSize, 0x00), input));
}

// B.1.2.1: full triple DES MAC, the last block of the padded message's encryption.
Bytes fullMac(const SecretBytes& key, BytesView message) {
    const Bytes encrypted = encryptCbc(BlockCipher::TripleDes, key.view(), Bytes(desBlockSize, 0x00),
                                       padded(message, desBlockSize));
    return toBytes(BytesView(encrypted).last(desBlockSize));
}

} // namespace

Scp02Session::Scp02Session(const SecurityDomainKeys& keys, BytesView sequenceCounter, BytesView hostChallenge,
                           BytesView cardChallenge)
    : sequenceAndCardChallenge_(concat(sequenceCounter, cardChallenge)),
      hostChallenge_(toBytes(hostChallenge)),
      encryptionKey_(deriveKey(keys.encryption, sessionEncryptionKey, sequenceCounter)),
      macKey_(deriveKey(keys.mac, commandMacKey, sequenceCounter)),
      dataEncryptionKey_(deriveKey(keys.dataEncryption, sessionDataEncryptionKey, sequenceCounter)),
      chainingValue_(macSize, 0x00) {}

Bytes Scp02Session::pseudoRandomChallenge(const SecurityDomainKeys& keys, BytesView sequenceCounter,
                                          BytesView domain) {
    Bytes mac = fullMac(deriveKey(keys.mac, commandMacKey, sequenceCounter), domain);
    mac.resize(cardChallengeSize);
    return mac;
}

// E.4.2.1: host challenge, sequence counter, card challenge.
bool Scp02Session::isCardCryptogram(BytesView cardCryptogram) const {
    const Bytes expected = fullMac(encryptionKey_, concat(hostChallenge_, sequenceAndCardChallenge_));
    return equalConstantTime(expected, cardCryptogram);
}

// E.4.2.2: sequence counter, card challenge, host challenge; E.5.2.
CommandApdu Scp02Session::externalAuthenticate(SecurityLevel level) {
    const auto bits = static_cast<std::uint8_t>(level);
    if ((bits & (security_level::responseMac | security_level::responseEncryption)) != 0) {
        throw BadConfiguration("SCP02 with i=15 or i=55 does not protect responses; choose C-MAC, with or "
                               "without C-DECRYPTION.");
    }
    const CommandApdu command{0x80, 0x82, bits, 0x00,
                              fullMac(encryptionKey_, concat(sequenceAndCardChallenge_, hostChallenge_))};
    CommandApdu authenticate = wrap(command);
    level_ = bits;
    return authenticate;
}

// E.4.4 and E.4.6: the MAC is over the plain data, which are encrypted afterwards.
CommandApdu Scp02Session::wrap(const CommandApdu& command) {
    if (command.data.size() > CommandApdu::maximumShortData - maximumOverhead()) {
        throw BadConfiguration("SCP02 carries " +
                               std::to_string(CommandApdu::maximumShortData - maximumOverhead()) +
                               " bytes in a command at most.");
    }
    CommandApdu wrapped = command;
    wrapped.cla |= secureMessagingBit;
    const Bytes mac = takeMac(wrapped);
    if ((level_ & security_level::commandEncryption) != 0 && !wrapped.data.empty()) {
        wrapped.data = encryptCbc(BlockCipher::TripleDes, encryptionKey_.view(), Bytes(desBlockSize, 0x00),
                                  padded(wrapped.data, desBlockSize));
    }
    append(wrapped.data, mac);
    return wrapped;
}

// E.4.4: retail MAC over the header, whose Lc counts the MAC, and the data, the chaining value going into the
// first block; E.3.4: for the next command the MAC is encrypted with the first half of the key.
Bytes Scp02Session::takeMac(const CommandApdu& command) {
    Bytes input{command.cla, command.ins, command.p1, command.p2,
                static_cast<std::uint8_t>(command.data.size() + macSize)};
    append(input, command.data);
    pad(input, desBlockSize);
    for (std::size_t at = 0; at < desBlockSize; ++at) {
        input[at] = static_cast<std::uint8_t>(input[at] ^ chainingValue_[at]);
    }
    Bytes mac = retailMac(macKey_.view(), input);
    const BytesView half = macKey_.view().first(desKeySize);
    const SecretBytes singleKey(concat(half, half));
    chainingValue_ = encryptBlock(BlockCipher::TripleDes, singleKey.view(), mac);
    return mac;
}

Bytes Scp02Session::encryptSensitive(BytesView plain) const {
    BlockEncryption encryption(BlockCipher::TripleDes, dataEncryptionKey_.view());
    Bytes encrypted(plain.size());
    for (std::size_t at = 0; at < plain.size(); at += desBlockSize) {
        encryption.encrypt(plain.subspan(at, desBlockSize), std::span(encrypted).subspan(at, desBlockSize));
    }
    return encrypted;
}

} // namespace cancuoc::personalization
