// SPDX-License-Identifier: Apache-2.0
#include "host/access/file_reader.hpp"

#include "host/access/select.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <algorithm>
#include <utility>

namespace cancuoc {

namespace {

constexpr std::uint8_t readBinary = 0xB0;
constexpr std::uint8_t readBinaryOdd = 0xB1;
constexpr std::uint8_t shortIdentifierFlag = 0x80;
// P1-P2 of READ BINARY holds offsets of 15 bits; what lies beyond is read with the odd instruction.
constexpr std::size_t firstOddOffset = 0x8000;
constexpr std::uint32_t offsetDataObject = 0x54;
constexpr std::uint32_t discretionaryData = 0x53;

// Tag and length of every file up to 64 KiB, and no more than the shortest files hold.
constexpr std::size_t headerSize = 5;

// Sizes that chips which refuse more have been seen to accept, under the short maximum itself.
constexpr std::size_t smallerReads[] = {192, 128, 64, 16};

bool isRead(const ResponseApdu& response) {
    return response.sw.isSuccess() ||
           (response.sw == status_word::endOfFileReached && !response.data.empty());
}

// How chips answer when asked for more than is left of a file.
bool isPastTheEnd(StatusWord statusWord) {
    return statusWord == status_word::wrongOffset || statusWord == status_word::endOfFileReached;
}

// How chips say that they will not give so many bytes at once.
bool refusesLength(StatusWord statusWord) {
    constexpr StatusWord lengthInconsistent{0x6A87};
    constexpr StatusWord noDiagnosis{0x6F00};
    return statusWord == status_word::wrongLength || statusWord == lengthInconsistent ||
           statusWord == noDiagnosis || isPastTheEnd(statusWord);
}

CommandApdu readEven(std::size_t offset, std::size_t size) {
    return {.ins = readBinary,
            .p1 = static_cast<std::uint8_t>(offset >> 8U),
            .p2 = static_cast<std::uint8_t>(offset & 0xFFU),
            .le = size};
}

CommandApdu readByShortIdentifier(std::uint8_t identifier, std::size_t size) {
    return {.ins = readBinary, .p1 = static_cast<std::uint8_t>(shortIdentifierFlag | identifier), .le = size};
}

// ISO/IEC 7816-4, 7.2.3: the offset comes in DO 54, the data in DO 53, whose header counts as well.
CommandApdu readOdd(std::size_t offset, std::size_t size) {
    return {.ins = readBinaryOdd,
            .data = encodeTlv(offsetDataObject, toBigEndian(offset, offset > 0xFFFF ? 3 : 2)),
            .le = size};
}

std::size_t withDataObjectHeader(std::size_t size) {
    return size + (size < 0x80 ? 2 : size <= 0xFF ? 3 : 4);
}

[[noreturn]] void refuse(const ElementaryFile& file, StatusWord statusWord) {
    throw CardError("Reading " + file.name + " failed: the card answered " + describe(statusWord) + ".",
                    statusWord.value());
}

std::size_t lengthOf(const ElementaryFile& file, BytesView start) {
    const auto header = readTlvHeader(start);
    if (!header) {
        throw MalformedData("The content of " + file.name + " is no data object.");
    }
    if (header->valueSize > FileReader::maximumFileSize - header->headerSize) {
        throw MalformedData("The content of " + file.name + " claims to be longer than 1 MiB.");
    }
    return header->headerSize + header->valueSize;
}

} // namespace

FileReader::FileReader(CardSession& session) : session_(session) {}

Bytes FileReader::read(const ElementaryFile& file, const Progress& progress) {
    Bytes content;
    readRest(file, content, progress);
    return content;
}

void FileReader::readRest(const ElementaryFile& file, Bytes& content, const Progress& progress) {
    Bytes beginning = readBeginning(file);
    const std::size_t total = lengthOf(file, beginning);
    if (content.size() <= beginning.size() || !equal(BytesView(content).first(beginning.size()), beginning)) {
        content = std::move(beginning);
    }
    content.reserve(total);
    while (true) {
        content.resize(std::min(content.size(), total));
        if (progress) {
            progress(content.size(), total);
        }
        if (content.size() == total) {
            return;
        }
        const Bytes next = readAt(file, content.size(), total - content.size());
        if (next.empty()) {
            return;
        }
        append(content, next);
    }
}

std::optional<Bytes> FileReader::readAtOnce(std::uint8_t shortIdentifier) {
    ResponseApdu response = session_.transmit(
        readByShortIdentifier(shortIdentifier, std::min(readSize(), session_.maximumShortResponseData())));
    return isRead(response) ? std::optional(std::move(response.data)) : std::nullopt;
}

void FileReader::limitReadSize(std::size_t bytes) {
    limit_ = std::max<std::size_t>(bytes, 1);
}

std::size_t FileReader::readSize() const {
    return std::min(limit_, session_.maximumResponseData());
}

// The next size to try after one that the card refused; 0 when there is none.
std::size_t FileReader::sizeBelow(std::size_t refused) const {
    const std::size_t shortMaximum = session_.maximumShortResponseData();
    if (refused > shortMaximum) {
        return shortMaximum;
    }
    const auto smaller = std::find_if(std::begin(smallerReads), std::end(smallerReads),
                                      [refused](std::size_t size) { return size < refused; });
    return smaller != std::end(smallerReads) ? *smaller : refused / 2;
}

// By short identifier when the file has one; chips that do not know it there get a SELECT.
Bytes FileReader::readBeginning(const ElementaryFile& file) {
    const bool byShortIdentifier = file.shortIdentifier && !shortIdentifiersRefused_;
    if (byShortIdentifier) {
        const std::uint8_t identifier = *file.shortIdentifier;
        ResponseApdu response = readBeginningBy(
            [identifier](std::size_t size) { return readByShortIdentifier(identifier, size); });
        if (isRead(response)) {
            return std::move(response.data);
        }
        if (response.sw == status_word::securityStatusNotSatisfied) {
            refuse(file, response.sw);
        }
    }
    const ResponseApdu selected = session_.transmit(selectElementaryFile(file.identifier));
    if (!selected.sw.isSuccess()) {
        refuse(file, selected.sw);
    }
    ResponseApdu response = readBeginningBy([](std::size_t size) { return readEven(0, size); });
    if (!isRead(response)) {
        refuse(file, response.sw);
    }
    shortIdentifiersRefused_ = byShortIdentifier;
    return std::move(response.data);
}

// As much as the channel allows, though the length of the file is not known yet.
ResponseApdu FileReader::readBeginningBy(const ReadCommand& command) {
    return readSteppingDown(command, exactLengths_ ? headerSize : firstOddOffset, KnownLength::No);
}

// Nothing at the end of the file.
Bytes FileReader::readAt(const ElementaryFile& file, std::size_t offset, std::size_t wanted) {
    const bool odd = offset + std::min(wanted, readSize()) > firstOddOffset;
    ResponseApdu response = readSteppingDown(
        [odd, offset](std::size_t size) { return odd ? readOdd(offset, size) : readEven(offset, size); },
        odd ? withDataObjectHeader(wanted) : wanted, KnownLength::Yes);
    if (!isRead(response) && !isPastTheEnd(response.sw)) {
        refuse(file, response.sw);
    }
    if (odd && !response.data.empty()) {
        response.data = toBytes(readTlv(response.data, discretionaryData, "The data of READ BINARY").value);
    }
    return std::move(response.data);
}

// Remembers the first size that the card does not refuse. Chips that refuse to be asked for more than there
// is are asked for tag and length first.
ResponseApdu FileReader::readSteppingDown(const ReadCommand& command, std::size_t wanted,
                                          KnownLength knownLength) {
    const std::size_t first = std::min(wanted, readSize());
    for (std::size_t size = first;; size = sizeBelow(size)) {
        ResponseApdu response = transmitRead(command(size));
        if (isRead(response)) {
            if (size < first && first > largestGiven_) { // otherwise it is the file that is too short
                limit_ = size;
            }
            largestGiven_ = std::max(largestGiven_, size);
            return response;
        }
        if (knownLength == KnownLength::No && isPastTheEnd(response.sw) && !exactLengths_) {
            ResponseApdu header = transmitRead(command(std::min(headerSize, size)));
            exactLengths_ = isRead(header);
            return header; // when that is refused as well, it is not for the length
        }
        if (!refusesLength(response.sw) || sizeBelow(size) == 0) {
            return response;
        }
    }
}

ResponseApdu FileReader::transmitRead(CommandApdu command) {
    const std::size_t size = *command.le;
    const std::size_t smaller = sizeBelow(size);
    command.forceExtendedLength = size > session_.maximumShortResponseData();
    try {
        return session_.transmit(command);
    } catch (const SecureMessagingError& refusal) {
        learnFrom(refusal, smaller);
        throw;
    }
}

bool FileReader::mayRefuseLength(const SecureMessagingError& refusal) {
    const auto statusWord = refusal.statusWord();
    return !statusWord || refusesLength(StatusWord(*statusWord));
}

// A refusal that ended secure messaging cannot be tried out with less at once: the next reading is. Tag and
// length always come in one piece, or no file could be told from one that is no data object.
void FileReader::learnFrom(const SecureMessagingError& refusal, std::size_t smaller) {
    const auto statusWord = refusal.statusWord();
    if (statusWord && isPastTheEnd(StatusWord(*statusWord)) && !exactLengths_) {
        exactLengths_ = true;
    } else if (mayRefuseLength(refusal)) {
        limitReadSize(std::max(smaller, headerSize));
    }
}

} // namespace cancuoc
