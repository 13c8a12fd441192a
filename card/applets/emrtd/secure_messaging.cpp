// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/secure_messaging.hpp"

#include "card/applets/emrtd/data_object.hpp"
#include "card/core/command_chain.hpp"
#include "card/crypto/padding.hpp"

#include <algorithm>
#include <optional>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint16_t cryptogramOddInstruction = 0x85;
constexpr std::uint16_t cryptogramEvenInstruction = 0x87;
constexpr std::uint16_t expectedLengthObject = 0x97;
constexpr std::uint16_t processingStatus = 0x99;
constexpr std::uint16_t cryptographicChecksum = 0x8E;

/// Padding-content indicator: padding by ISO/IEC 9797-1 method 2 (ISO/IEC 7816-4, 10.2).
constexpr std::uint8_t paddingContentIndicator = 0x01;

constexpr std::size_t processingStatusSize = 4;
constexpr std::size_t checksumSize = 2 + macSize;
constexpr std::size_t shortestResponseLimit = 256;
/// Response data whose DO'87' still has a two-byte length.
constexpr std::size_t longestData = 0xFFFF - 1 - maximumBlockSize;

constexpr std::uint8_t secureMessagingBits = 0x0C;

bool isOdd(std::uint8_t instruction) {
    return (instruction & 1) != 0;
}

/// What an Le of zero stands for, in one byte or, for extended length, in two.
std::size_t maximumOf(Bytes value) {
    return value.size() == 1 ? 256 : 65536;
}

/// The value of DO'97': Le in one byte, or in two for extended length; zero means the maximum.
std::optional<std::size_t> readExpectedLength(Bytes value) {
    if (value.size() != 1 && value.size() != 2) {
        return std::nullopt;
    }
    const auto length =
        value.size() == 1 ? std::size_t{value[0]} : static_cast<std::size_t>(value[0] << 8 | value[1]);
    return length == 0 ? maximumOf(value) : length;
}

} // namespace

/// The data objects of a protected command.
struct SecureMessaging::ProtectedObjects {
    std::optional<Bytes> cryptogram;
    std::optional<std::size_t> expectedLength;
    bool expectsAll = false;
    /// All that precedes DO'8E', as received.
    Bytes authenticated;
    Bytes checksum;

    /// Takes the data field apart in the order of Doc 9303-11, 9.8.4.
    [[nodiscard]] StatusWord parse(Bytes data, bool oddInstruction) {
        DataObjectReader reader(data);
        auto object = reader.next();
        if (object &&
            object->tag == (oddInstruction ? cryptogramOddInstruction : cryptogramEvenInstruction)) {
            cryptogram = object->value;
            object = reader.next();
        }
        if (object && object->tag == expectedLengthObject) {
            expectedLength = readExpectedLength(object->value);
            if (!expectedLength) {
                return StatusWord::SecureMessagingObjectsIncorrect;
            }
            expectsAll = *expectedLength == maximumOf(object->value);
            object = reader.next();
        }
        if (!object && reader.atEnd()) {
            return StatusWord::SecureMessagingObjectsMissing;
        }
        if (!object || object->tag != cryptographicChecksum || object->value.size() != macSize ||
            !reader.atEnd()) {
            return StatusWord::SecureMessagingObjectsIncorrect;
        }
        checksum = object->value;
        authenticated = data.first(data.size() - checksumSize);
        return StatusWord::Success;
    }
};

SecureMessaging::SecureMessaging(const SessionKeys& keys, FaultGuard guard) : keys_(keys), guard_(guard) {}

StatusWord SecureMessaging::unwrap(const Command& command, std::span<std::uint8_t> buffer, Command& plain) {
    const auto status = active_ ? open(command, buffer, plain) : StatusWord::SecureMessagingObjectsIncorrect;
    awaitsResponse_ = status == StatusWord::Success;
    if (!awaitsResponse_) {
        end();
    }
    return status;
}

StatusWord SecureMessaging::open(const Command& command, std::span<std::uint8_t> buffer, Command& plain) {
    if (!isProtected(command.cla)) {
        return StatusWord::SecureMessagingObjectsMissing;
    }
    // The header is always authenticated, hence CLA 0C, or 1C inside a chain (9.8.4).
    if ((command.cla & ~chainingBit) != secureMessagingBits || buffer.size() < command.data.size()) {
        return StatusWord::SecureMessagingObjectsIncorrect;
    }
    oddInstruction_ = isOdd(command.ins);
    ProtectedObjects objects;
    if (const auto status = objects.parse(command.data, oddInstruction_); status != StatusWord::Success) {
        return status;
    }
    incrementSendSequenceCounter();
    if (!verify(command, objects)) {
        return StatusWord::SecureMessagingObjectsIncorrect;
    }
    Command opened = command;
    opened.cla = static_cast<std::uint8_t>(command.cla & ~secureMessagingBits);
    opened.data = {};
    opened.expectedLength.reset();
    opened.expectsAll = false;
    if (objects.expectedLength) {
        const auto longest = longestResponseFor(command);
        opened.expectedLength = std::min(*objects.expectedLength, longest);
        opened.expectsAll = objects.expectsAll || *objects.expectedLength > longest;
    }
    if (objects.cryptogram && !decrypt(*objects.cryptogram, buffer, opened.data)) {
        return StatusWord::SecureMessagingObjectsIncorrect;
    }
    plain = opened;
    return StatusWord::Success;
}

bool SecureMessaging::verify(const Command& command, const ProtectedObjects& objects) const {
    const std::array<std::uint8_t, 4> header{command.cla, command.ins, command.p1, command.p2};
    MessageAuthenticationCode mac(keys_.cipher, keys_.authentication);
    mac.update(sendSequenceCounter());
    mac.update(header);
    mac.pad();
    if (!objects.authenticated.empty()) {
        mac.update(objects.authenticated);
        mac.pad();
    }
    return mac.verify(objects.checksum, guard_);
}

bool SecureMessaging::decrypt(Bytes cryptogram, std::span<std::uint8_t> buffer, Bytes& data) const {
    const auto blockSize = blockSizeOf(keys_.cipher);
    if (!oddInstruction_) {
        if (cryptogram.empty() || cryptogram.front() != paddingContentIndicator) {
            return false;
        }
        cryptogram = cryptogram.subspan(1);
    }
    if (cryptogram.empty() || cryptogram.size() % blockSize != 0) {
        return false;
    }
    const auto padded = buffer.first(cryptogram.size());
    std::copy(cryptogram.begin(), cryptogram.end(), padded.begin());
    std::array<std::uint8_t, maximumBlockSize> vector{};
    const auto initial = std::span(vector).first(blockSize);
    if (!initializationVector(initial) ||
        !cbcDecrypt(keys_.cipher, keys_.encryption, initial, padded, padded)) {
        return false;
    }
    const auto size = crypto::sizeWithoutPadding(padded, blockSize);
    if (!size) {
        return false;
    }
    data = padded.first(*size);
    return true;
}

std::size_t SecureMessaging::wrap(StatusWord status, std::size_t size, std::span<std::uint8_t> buffer) {
    const bool possible = active_ && awaitsResponse_ && buffer.size() >= maximumOverhead &&
                          size <= std::min(buffer.size() - maximumOverhead, longestData);
    const auto wrapped = possible ? seal(status, size, buffer) : 0;
    awaitsResponse_ = false;
    if (wrapped == 0) {
        end();
    }
    return wrapped;
}

std::size_t SecureMessaging::seal(StatusWord status, std::size_t size, std::span<std::uint8_t> buffer) {
    incrementSendSequenceCounter();
    std::size_t position = 0;
    if (size > 0) {
        position = encrypt(size, buffer);
        if (position == 0) {
            return 0;
        }
    }
    buffer[position++] = processingStatus;
    buffer[position++] = 2;
    buffer[position++] = static_cast<std::uint8_t>(static_cast<std::uint16_t>(status) >> 8);
    buffer[position++] = static_cast<std::uint8_t>(status);
    const auto objects = buffer.first(position);
    buffer[position++] = cryptographicChecksum;
    buffer[position++] = macSize;
    MessageAuthenticationCode mac(keys_.cipher, keys_.authentication);
    mac.update(sendSequenceCounter());
    mac.update(objects);
    mac.pad();
    return mac.finish(buffer.subspan(position).first<macSize>()) ? position + macSize : 0;
}

std::size_t SecureMessaging::encrypt(std::size_t size, std::span<std::uint8_t> buffer) const {
    const auto blockSize = blockSizeOf(keys_.cipher);
    const auto paddedSize = (size / blockSize + 1) * blockSize;
    const auto contentSize = paddedSize + (oddInstruction_ ? 0 : 1);
    const auto headerSize = 1 + sizeOfLength(contentSize) + contentSize - paddedSize;
    const auto padded = buffer.subspan(headerSize, paddedSize);
    std::copy_backward(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size),
                       padded.begin() + static_cast<std::ptrdiff_t>(size));
    buffer[0] =
        static_cast<std::uint8_t>(oddInstruction_ ? cryptogramOddInstruction : cryptogramEvenInstruction);
    writeLength(contentSize, buffer.subspan(1));
    if (!oddInstruction_) {
        buffer[headerSize - 1] = paddingContentIndicator;
    }
    padded[size] = crypto::paddingStart;
    std::fill(padded.begin() + static_cast<std::ptrdiff_t>(size) + 1, padded.end(), std::uint8_t{0});
    std::array<std::uint8_t, maximumBlockSize> vector{};
    const auto initial = std::span(vector).first(blockSize);
    return initializationVector(initial) &&
                   cbcEncrypt(keys_.cipher, keys_.encryption, initial, padded, padded)
               ? headerSize + paddedSize
               : 0;
}

bool SecureMessaging::initializationVector(std::span<std::uint8_t> vector) const {
    if (keys_.cipher == SymmetricCipher::TripleDes) {
        std::fill(vector.begin(), vector.end(), std::uint8_t{0}); // 9.8.6.1
        return true;
    }
    // 9.8.7.1: IV = E(KS_Enc, SSC)
    return crypto::aesEncryptBlock(keys_.encryption.view(),
                                   sendSequenceCounter().first<crypto::aesBlockSize>(),
                                   vector.first<crypto::aesBlockSize>());
}

std::size_t SecureMessaging::longestResponseFor(const Command& command) const {
    const auto limit = command.extended && command.expectedLength
                           ? std::max(*command.expectedLength, shortestResponseLimit)
                           : shortestResponseLimit;
    const auto blockSize = blockSizeOf(keys_.cipher);
    const auto room = limit - processingStatusSize - checksumSize - 1 - (oddInstruction_ ? 0 : 1);
    const auto cryptogramRoom = room - sizeOfLength(room);
    return cryptogramRoom / blockSize * blockSize - 1;
}

Bytes SecureMessaging::sendSequenceCounter() const {
    return Bytes(keys_.sendSequenceCounter).last(blockSizeOf(keys_.cipher));
}

void SecureMessaging::incrementSendSequenceCounter() {
    const auto size = blockSizeOf(keys_.cipher);
    const auto counter = std::span(keys_.sendSequenceCounter).last(size);
    unsigned int carry = 1;
    for (std::size_t index = size; index > 0; --index) {
        carry += counter[index - 1];
        counter[index - 1] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
}

void SecureMessaging::end() {
    active_ = false;
    awaitsResponse_ = false;
    keys_.encryption.clear();
    keys_.authentication.clear();
}

} // namespace cancuoc::card::emrtd
