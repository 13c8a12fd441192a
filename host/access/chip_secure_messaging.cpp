// SPDX-License-Identifier: Apache-2.0
#include "host/access/chip_secure_messaging.hpp"

#include "host/access/key_derivation.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/mac.hpp"
#include "host/crypto/padding.hpp"

#include <utility>

namespace cancuoc {

namespace {

constexpr std::uint32_t plainValueTlv = 0x85;
constexpr std::uint32_t withIndicator = 0x87;
constexpr std::uint32_t expectedLength = 0x97;
constexpr std::uint32_t processingStatus = 0x99;
constexpr std::uint32_t cryptographicChecksum = 0x8E;
constexpr std::size_t checksumObjectSize = 2 + MessageAuthenticationCode::size;

std::size_t lengthIn(BytesView field) {
    const auto value = static_cast<std::size_t>(fromBigEndian(field));
    const std::size_t largest =
        field.size() == 2 ? CommandApdu::maximumExtendedLe : CommandApdu::maximumShortLe;
    return value != 0 ? value : largest;
}

} // namespace

ChipSecureMessaging::ChipSecureMessaging(BlockCipher cipher, SecretBytes encryptionKey, SecretBytes macKey,
                                         BytesView sendSequenceCounter)
    : cipher_(cipher), encryptionKey_(std::move(encryptionKey)), macKey_(std::move(macKey)),
      counter_(toBytes(sendSequenceCounter)) {}

ChipSecureMessaging::ChipSecureMessaging(BlockCipher cipher, BytesView sharedSecret)
    : ChipSecureMessaging(cipher, deriveKey(sharedSecret, KeyPurpose::Encryption, cipher),
                          deriveKey(sharedSecret, KeyPurpose::MessageAuthentication, cipher),
                          Bytes(blockSizeOf(cipher))) {}

std::optional<CommandApdu> ChipSecureMessaging::unprotect(BytesView encoded) try {
    increment();
    const CommandApdu command = CommandApdu::decode(encoded);
    const BytesView data = command.data;
    if (data.size() < checksumObjectSize) {
        return std::nullopt;
    }
    const BytesView authenticated = data.first(data.size() - checksumObjectSize);
    const Bytes header = padded(encoded.first(4), blockSizeOf(cipher_));
    if (!equalConstantTime(macOver(concat(counter_, header, authenticated)),
                           data.last(MessageAuthenticationCode::size))) {
        return std::nullopt;
    }
    CommandApdu plain{.cla = static_cast<std::uint8_t>(command.cla & 0xF3U),
                      .ins = command.ins,
                      .p1 = command.p1,
                      .p2 = command.p2};
    TlvReader reader(authenticated);
    while (const auto object = reader.next()) {
        if (object->tag == expectedLength) {
            plain.le = lengthIn(object->value);
            continue;
        }
        const bool even = command.ins % 2 == 0;
        if (object->tag != (even ? withIndicator : plainValueTlv) || object->value.empty()) {
            return std::nullopt;
        }
        const Bytes plaintext =
            decryptCbc(cipher_, encryptionKey_.view(), vector(), object->value.subspan(even));
        const auto content = unpadded(plaintext, blockSizeOf(cipher_));
        if (!content) {
            return std::nullopt;
        }
        plain.data = toBytes(*content);
    }
    return plain;
} catch (const Error&) {
    return std::nullopt;
}

Bytes ChipSecureMessaging::protect(const ResponseApdu& response, bool oddInstruction) {
    increment();
    Bytes data;
    if (!response.data.empty()) {
        const Bytes ciphertext =
            encryptCbc(cipher_, encryptionKey_.view(), vector(), padded(response.data, blockSizeOf(cipher_)));
        appendTlv(data, oddInstruction ? plainValueTlv : withIndicator,
                  oddInstruction ? ciphertext : concat(Bytes{0x01}, ciphertext));
    }
    const Bytes statusWord = toBigEndian(response.sw.value(), 2);
    appendTlv(data, processingStatus, statusWord);
    appendTlv(data, cryptographicChecksum, macOver(concat(counter_, data)));
    return concat(data, statusWord);
}

void ChipSecureMessaging::increment() {
    for (std::size_t index = counter_.size(); index > 0 && ++counter_[index - 1] == 0; --index) {
    }
}

Bytes ChipSecureMessaging::vector() const {
    return cipher_ == BlockCipher::TripleDes ? Bytes(blockSizeOf(cipher_))
                                             : encryptBlock(cipher_, encryptionKey_.view(), counter_);
}

Bytes ChipSecureMessaging::macOver(BytesView input) const {
    const Bytes message = padded(input, blockSizeOf(cipher_));
    Bytes mac = cipher_ == BlockCipher::TripleDes ? retailMac(macKey_.view(), message)
                                                  : aesCmac(macKey_.view(), message);
    mac.resize(MessageAuthenticationCode::size);
    return mac;
}

} // namespace cancuoc
