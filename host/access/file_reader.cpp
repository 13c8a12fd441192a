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
// P1-P2 of READ BINARY holds offsets of 15 bits; from here on only the odd instruction reaches.
constexpr std::size_t firstOddOffset = 0x8000;
constexpr std::uint32_t offsetDataObject = 0x54;
constexpr std::uint32_t discretionaryData = 0x53;

// Sizes that chips which refuse more have been seen to accept, under the short maximum itself.
constexpr std::size_t smallerReads[] = {192, 128, 64, 16};

bool isRead(const ResponseApdu& response) {
    return response.sw.isSuccess() ||
           (response.sw == status_word::endOfFileReached && !response.data.empty());
}

// How chips say that they will not give so many bytes at once.
bool refusesLength(const ResponseApdu& response) {
    constexpr StatusWord lengthInconsistent{0x6A87};
    constexpr StatusWord noDiagnosis{0x6F00};
    const StatusWord sw = response.sw;
    return sw == status_word::wrongLength || sw == status_word::wrongOffset || sw == lengthInconsistent ||
           sw == noDiagnosis || (sw == status_word::endOfFileReached && response.data.empty());
}

CommandApdu readEven(std::size_t offset, std::size_t size) {
    return {.ins = readBinary,
            .p1 = static_cast<std::uint8_t>(offset >> 8U),
            .p2 = static_cast<std::uint8_t>(offset & 0xFFU),
            .le = size};
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
    Bytes content = readFirst(file);
    const std::size_t total = lengthOf(file, content);
    content.reserve(total);
    while (true) {
        content.resize(std::min(content.size(), total));
        if (progress) {
            progress(content.size(), total);
        }
        if (content.size() == total) {
            return content;
        }
        append(content, readAt(file, content.size(), total - content.size()));
    }
}

void FileReader::limitReadSize(std::size_t bytes) {
    limit_ = std::max<std::size_t>(bytes, 1);
}

std::size_t FileReader::readSize() const {
    return std::min(limit_, session_.maximumResponseData());
}

bool FileReader::stepDown(std::size_t refused) {
    const std::size_t shortMaximum = session_.maximumShortResponseData();
    if (refused > shortMaximum) {
        limit_ = shortMaximum;
        return true;
    }
    const auto smaller = std::find_if(std::begin(smallerReads), std::end(smallerReads),
                                      [refused](std::size_t size) { return size < refused; });
    if (smaller == std::end(smallerReads)) {
        return false;
    }
    limit_ = *smaller;
    return true;
}

// By short identifier when the file has one; chips that do not know it there get a SELECT.
Bytes FileReader::readFirst(const ElementaryFile& file) {
    if (file.shortIdentifier) {
        const std::size_t p1 = static_cast<std::size_t>(shortIdentifierFlag | *file.shortIdentifier);
        ResponseApdu response =
            readSteppingDown([p1](std::size_t size) { return readEven(p1 << 8U, size); }, readSize());
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
    return readAt(file, 0, readSize());
}

Bytes FileReader::readAt(const ElementaryFile& file, std::size_t offset, std::size_t wanted) {
    const bool odd = offset >= firstOddOffset;
    ResponseApdu response = readSteppingDown(
        [odd, offset](std::size_t size) { return odd ? readOdd(offset, size) : readEven(offset, size); },
        odd ? withDataObjectHeader(wanted) : wanted);
    if (!isRead(response)) {
        refuse(file, response.sw);
    }
    if (odd) {
        response.data = toBytes(readTlv(response.data, discretionaryData, "The data of READ BINARY").value);
    }
    if (response.data.empty()) {
        throw MalformedData("The card gives less of " + file.name + " than its length field says.");
    }
    return std::move(response.data);
}

ResponseApdu FileReader::readSteppingDown(const ReadCommand& command, std::size_t wanted) {
    while (true) {
        const std::size_t size = std::min(wanted, readSize());
        ResponseApdu response = transmitRead(command(size));
        if (!refusesLength(response) || !stepDown(size)) {
            return response;
        }
    }
}

ResponseApdu FileReader::transmitRead(CommandApdu command) {
    const std::size_t size = *command.le;
    command.forceExtendedLength = size > session_.maximumShortResponseData();
    try {
        return session_.transmit(command);
    } catch (const SecureMessagingError&) {
        static_cast<void>(stepDown(size));
        throw;
    }
}

} // namespace cancuoc
