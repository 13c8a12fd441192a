// SPDX-License-Identifier: Apache-2.0
#include "host/access/secure_messaging.hpp"

#include "host/access/key_derivation.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/padding.hpp"

#include <algorithm>
#include <array>

namespace cancuoc {

namespace {

constexpr std::uint8_t cryptogramPlainValueTlv = 0x85;
constexpr std::uint8_t cryptogramWithIndicator = 0x87;
constexpr std::uint8_t expectedLength = 0x97;
constexpr std::uint8_t processingStatus = 0x99;
constexpr std::uint8_t cryptographicChecksum = 0x8E;
constexpr std::uint8_t paddingIndicator = 0x01;
constexpr std::uint8_t secureMessagingClass = 0x0C;

// DO 99 with its status word, and DO 8E with its checksum.
constexpr std::size_t statusAndChecksumSize = 4 + 10;
constexpr std::size_t longestExpectedLengthSize = 4;

constexpr const char* notProtected = "The card's response is not protected as secure messaging demands.";

std::size_t lengthFieldSize(std::size_t length) {
    return length < 0x80 ? 1 : length <= 0xFF ? 2 : length <= 0xFFFF ? 3 : 4;
}

// The most plaintext whose padded cryptogram, in DO 87 with its padding indicator, fits into `available`
// bytes.
std::size_t plaintextFitting(std::size_t available, std::size_t blockSize) {
    for (std::size_t value = available; value > blockSize; --value) {
        if ((value - 1) % blockSize == 0 && 1 + lengthFieldSize(value) + value <= available) {
            return value - 2;
        }
    }
    return 0;
}

std::size_t remainderAfter(std::size_t total, std::size_t overhead) {
    return total > overhead ? total - overhead : 0;
}

std::array<std::uint8_t, 4> protectedHeader(const CommandApdu& command) {
    return {static_cast<std::uint8_t>(command.cla | secureMessagingClass), command.ins, command.p1,
            command.p2};
}

struct ResponseDataObjects {
    std::optional<Tlv> cryptogram;
    Tlv status;
    Tlv checksum;
    /// What the checksum is computed over, besides the send sequence counter.
    BytesView authenticated;
};

// 9.8.4: [DO 85 or DO 87] DO 99 DO 8E.
ResponseDataObjects takeApart(BytesView data) {
    ResponseDataObjects objects;
    TlvReader reader(data);
    std::optional<Tlv> next = reader.next();
    if (next && (next->tag == cryptogramPlainValueTlv || next->tag == cryptogramWithIndicator)) {
        objects.cryptogram = next;
        next = reader.next();
    }
    const std::optional<Tlv> checksum = reader.next();
    if (!next || next->tag != processingStatus || next->value.size() != 2 || !checksum ||
        checksum->tag != cryptographicChecksum || checksum->value.size() != MessageAuthenticationCode::size ||
        !reader.atEnd()) {
        throw SecureMessagingError(notProtected);
    }
    objects.status = *next;
    objects.checksum = *checksum;
    objects.authenticated = data.first(data.size() - checksum->encoded.size());
    return objects;
}

ResponseDataObjects takeApartOrRefuse(BytesView data) {
    try {
        return takeApart(data);
    } catch (const MalformedData&) {
        throw SecureMessagingError(notProtected);
    }
}

BytesView ciphertextOf(const Tlv& cryptogram) {
    if (cryptogram.tag == cryptogramPlainValueTlv) {
        return cryptogram.value;
    }
    if (cryptogram.value.empty() || cryptogram.value[0] != paddingIndicator) {
        throw SecureMessagingError(notProtected);
    }
    return cryptogram.value.subspan(1);
}

} // namespace

SecureMessaging::SecureMessaging(BlockCipher cipher, BytesView encryptionKey, BytesView macKey,
                                 BytesView sendSequenceCounter)
    : cipher_(cipher), encryption_(cipher, encryptionKey), vectorEncryption_(cipher, encryptionKey),
      authentication_(cipher, macKey), counter_(toBytes(sendSequenceCounter)),
      initializationVector_(blockSizeOf(cipher)) {
    if (counter_.size() != blockSizeOf(cipher)) {
        throw BadConfiguration("The send sequence counter must be as long as a block of the cipher.");
    }
}

SecureMessaging SecureMessaging::fromSharedSecret(BlockCipher cipher, BytesView sharedSecret) {
    return {cipher, deriveKey(sharedSecret, KeyPurpose::Encryption, cipher).view(),
            deriveKey(sharedSecret, KeyPurpose::MessageAuthentication, cipher).view(),
            Bytes(blockSizeOf(cipher))};
}

SecureMessaging::~SecureMessaging() {
    wipe(plaintext_);
}

// Doc 9303-11, 9.8.4, figure 5.
BytesView SecureMessaging::protect(const CommandApdu& command) {
    incrementCounter();
    startMacInput();
    append(macInput_, protectedHeader(command));
    pad(macInput_, blockSizeOf(cipher_));
    const std::size_t dataObjectsStart = macInput_.size();
    appendCryptogram(command);
    appendExpectedLength(command);
    const std::size_t dataObjectsEnd = macInput_.size();
    const auto mac = macOfInput();
    encodeProtected(command,
                    BytesView(macInput_).subspan(dataObjectsStart, dataObjectsEnd - dataObjectsStart), mac);
    return encoded_;
}

// Doc 9303-11, 9.8.4, figure 6.
ResponseApdu SecureMessaging::unprotect(ResponseApdu response) {
    if (response.data.empty()) {
        throw SecureMessagingError("The card ended secure messaging with status word " +
                                       describe(response.sw) + ". Start again from the beginning.",
                                   response.sw.value());
    }
    incrementCounter();
    const ResponseDataObjects objects = takeApartOrRefuse(response.data);
    startMacInput();
    append(macInput_, objects.authenticated);
    if (!equalConstantTime(macOfInput(), objects.checksum.value)) {
        throw SecureMessagingError("The card's response was changed on its way, or comes from another card.");
    }
    if (fromBigEndian(objects.status.value) != response.sw.value()) {
        throw SecureMessagingError("The card's status word differs inside and outside of secure messaging.");
    }
    if (objects.cryptogram) {
        decryptInPlace(response.data, ciphertextOf(*objects.cryptogram));
    } else {
        response.data.clear();
    }
    return response;
}

std::size_t SecureMessaging::maximumResponseData(BlockCipher cipher, std::size_t responseLength) {
    return plaintextFitting(remainderAfter(responseLength, statusAndChecksumSize), blockSizeOf(cipher));
}

std::size_t SecureMessaging::maximumCommandData(BlockCipher cipher, std::size_t commandData) {
    constexpr std::size_t checksumSize = 10;
    return plaintextFitting(remainderAfter(commandData, checksumSize + longestExpectedLengthSize),
                            blockSizeOf(cipher));
}

// 9.8.2: before every command and before every response.
void SecureMessaging::incrementCounter() {
    for (std::size_t index = counter_.size(); index > 0; --index) {
        if (++counter_[index - 1] != 0) {
            return;
        }
    }
}

void SecureMessaging::startMacInput() {
    macInput_.assign(counter_.begin(), counter_.end());
}

// 9.8.4: DO 87 for even INS, DO 85 for odd INS.
void SecureMessaging::appendCryptogram(const CommandApdu& command) {
    if (command.data.empty()) {
        return;
    }
    plaintext_.assign(command.data.begin(), command.data.end());
    pad(plaintext_, blockSizeOf(cipher_));
    const bool withIndicator = command.ins % 2 == 0;
    encoded_.assign(withIndicator ? 1 : 0, paddingIndicator);
    encoded_.resize(encoded_.size() + plaintext_.size());
    encryption_.encrypt(initializationVector(), plaintext_, std::span(encoded_).last(plaintext_.size()));
    wipe(plaintext_);
    appendTlv(macInput_, withIndicator ? cryptogramWithIndicator : cryptogramPlainValueTlv, encoded_);
}

void SecureMessaging::appendExpectedLength(const CommandApdu& command) {
    if (command.le) {
        const std::size_t size = command.needsExtendedLength() ? 2 : 1;
        macInput_.push_back(expectedLength);
        macInput_.push_back(static_cast<std::uint8_t>(size));
        appendBigEndian(macInput_, *command.le, size);
    }
}

MessageAuthenticationCode::Value SecureMessaging::macOfInput() {
    pad(macInput_, blockSizeOf(cipher_));
    return authentication_.compute(macInput_);
}

// 9.8.6.1: zero for 3DES. 9.8.7.1: the encrypted counter for AES.
BytesView SecureMessaging::initializationVector() {
    if (cipher_ != BlockCipher::TripleDes) {
        vectorEncryption_.encrypt(counter_, initializationVector_);
    }
    return initializationVector_;
}

void SecureMessaging::encodeProtected(const CommandApdu& command, BytesView dataObjects, BytesView mac) {
    Bytes& output = encoded_;
    const std::size_t protectedSize = dataObjects.size() + 2 + mac.size();
    const bool extended = command.needsExtendedLength() || protectedSize > CommandApdu::maximumShortData;
    if (protectedSize > CommandApdu::maximumExtendedData) {
        throw BadConfiguration("A command's data are longer than secure messaging can carry.");
    }
    const auto header = protectedHeader(command);
    output.assign(header.begin(), header.end());
    appendBigEndian(output, protectedSize, extended ? 3 : 1);
    append(output, dataObjects);
    appendTlv(output, cryptographicChecksum, mac);
    output.resize(output.size() + (extended ? 2 : 1));
}

// `ciphertext` views `data`, which becomes the plaintext.
void SecureMessaging::decryptInPlace(Bytes& data, BytesView ciphertext) {
    if (ciphertext.empty() || ciphertext.size() % blockSizeOf(cipher_) != 0) {
        throw SecureMessagingError(notProtected);
    }
    const auto plaintext =
        std::span(data).subspan(static_cast<std::size_t>(ciphertext.data() - data.data()), ciphertext.size());
    encryption_.decrypt(initializationVector(), ciphertext, plaintext);
    const auto content = unpadded(plaintext, blockSizeOf(cipher_));
    if (!content) {
        throw SecureMessagingError(notProtected);
    }
    std::copy(content->begin(), content->end(), data.begin());
    data.resize(content->size());
}

} // namespace cancuoc
