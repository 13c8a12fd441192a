// SPDX-License-Identifier: Apache-2.0
#include "host/access/record_reader.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc {

namespace {

constexpr std::uint32_t fileReference = 0x51;
constexpr std::uint32_t integer = 0x02;

[[noreturn]] void refuse(const RecordFile& file, StatusWord statusWord) {
    throw CardError("Reading " + std::string(file.name) + " failed: the card answered " +
                        describe(statusWord) + ".",
                    statusWord.value());
}

[[noreturn]] void refuseContent(const RecordFile& file, const char* why) {
    throw MalformedData("The content of " + std::string(file.name) + " " + why);
}

// The records that stand in `data` as a whole; what is left of one that was cut off is passed over.
std::vector<Bytes> wholeRecords(BytesView data, const RecordFile& file) {
    std::vector<Bytes> records;
    BytesView rest = data;
    std::size_t size = 0; // of the record that `rest` begins with, as far as it was followed
    while (true) {
        const auto header = readTlvHeader(rest.subspan(size));
        if (!header || header->valueSize > rest.size() - size - header->headerSize) {
            return records;
        }
        if ((size == 0) != (header->tag == file.firstTag)) {
            refuseContent(file, "is no sequence of records.");
        }
        size += header->headerSize + header->valueSize;
        if (header->tag == file.lastTag) {
            records.push_back(toBytes(rest.first(size)));
            rest = rest.subspan(size);
            size = 0;
        }
    }
}

// Table 15: DO 7F76 with the file's reference and the record numbers.
std::vector<std::size_t> recordNumbers(BytesView answer) {
    std::vector<std::size_t> numbers;
    TlvReader objects = readTlv(answer, 0x7F76, "The card's answer to the search").children();
    while (const auto object = objects.next()) {
        if (object->tag == integer) {
            numbers.push_back(static_cast<std::size_t>(fromBigEndian(object->value)));
        }
    }
    return numbers;
}

} // namespace

RecordReader::RecordReader(CardSession& session) : session_(session) {}

// 3.8.3: P1, the file is named in DO 51; P2, the number of existing records.
std::size_t RecordReader::count(const RecordFile& file) {
    const auto response =
        session_.transmit({.cla = 0x80,
                           .ins = 0x5F,
                           .p1 = 0x01,
                           .p2 = 0x04,
                           .data = encodeTlv(fileReference, toBigEndian(file.identifier, 2)),
                           .le = CommandApdu::maximumShortLe});
    if (!response.sw.isSuccess()) {
        refuse(file, response.sw);
    }
    const auto answer = readTlv(response.data, 0x7F78, "The card's answer about its records").children();
    const auto number = fromBigEndian(answer.require(0x83, "The number of records").value);
    if (number > maximumCount) {
        refuseContent(file, "claims to have more than 254 records.");
    }
    return static_cast<std::size_t>(number);
}

std::vector<Bytes> RecordReader::readFrom(const RecordFile& file, std::size_t first) {
    std::vector<Bytes> records;
    for (const std::size_t total = count(file); first + records.size() <= total;) {
        const auto response = transmitRead(file, first + records.size(), Extent::ToTheLast);
        if (!response.sw.isSuccessOrWarning()) {
            refuse(file, response.sw);
        }
        auto next = wholeRecords(response.data, file);
        if (next.empty()) {
            refuseContent(file, "has a record that does not fit into one answer.");
        }
        std::move(next.begin(), next.end(), std::back_inserter(records));
        if (records.size() > maximumCount) {
            refuseContent(file, "goes on behind its last record.");
        }
    }
    return records;
}

Bytes RecordReader::read(const RecordFile& file, std::size_t number) {
    const auto response = transmitRead(file, number, Extent::One);
    if (!response.sw.isSuccessOrWarning()) {
        refuse(file, response.sw);
    }
    auto records = wholeRecords(response.data, file);
    if (records.size() != 1) {
        refuseContent(file, "has a record that does not fit into one answer.");
    }
    return std::move(records.front());
}

// 3.7.2: the file by its short identifier, so that no SELECT is needed, and as much as the card can give; Le
// has one value only where lengths are extended.
ResponseApdu RecordReader::transmitRead(const RecordFile& file, std::size_t number, Extent extent) {
    const std::size_t shortMaximum = session_.maximumShortResponseData();
    const bool isExtended = session_.maximumResponseData() > shortMaximum;
    return session_.transmit({.ins = 0xB2,
                              .p1 = static_cast<std::uint8_t>(number),
                              .p2 = static_cast<std::uint8_t>(unsigned{file.shortIdentifier} << 3U |
                                                              static_cast<unsigned>(extent)),
                              .le = isExtended ? CommandApdu::maximumExtendedLe : shortMaximum});
}

// 3.7.3, table 17: all records, byte by byte, within a window that is as long as the text.
std::vector<std::size_t> RecordReader::search(const RecordFile& file, std::size_t offset, BytesView text) {
    const Bytes window = encodeTlv(0xB0, encodeTlv(integer, toShortestBigEndian(offset)),
                                   encodeTlv(integer, toShortestBigEndian(text.size())));
    const auto response =
        session_.transmit({.ins = 0xA2,
                           .p2 = 0xF8,
                           .data = encodeTlv(0x7F76, encodeTlv(fileReference, Bytes{file.shortIdentifier}),
                                             encodeTlv(0xA1, encodeTlv(0x80, Bytes{0x00}), window),
                                             encodeTlv(0xA3, encodeTlv(0xB1, encodeTlv(0x81, text)))),
                           .le = CommandApdu::maximumShortLe});
    if (!response.sw.isSuccessOrWarning()) {
        refuse(file, response.sw);
    }
    return response.data.empty() ? std::vector<std::size_t>() : recordNumbers(response.data);
}

} // namespace cancuoc
