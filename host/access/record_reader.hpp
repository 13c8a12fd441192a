// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"

namespace cancuoc {

/// How an elementary file with records of variable size is addressed, and where its records begin and end
/// (Doc 9303-10, 3.7).
struct RecordFile {
    std::uint16_t identifier = 0;
    std::uint8_t shortIdentifier = 0; ///< 1 to 30
    std::uint32_t firstTag = 0;       ///< of the data object that every record begins with, and no other has
    std::uint32_t lastTag = 0;        ///< of the one that every record ends with
    std::string_view name;            ///< for messages: "EF.EntryRecords"
};

/// Reads elementary files of the LDS2 applications, whose content is up to 254 records of data objects.
/// Commands have extended lengths, as Doc 9303-10, 3.7.2 demands.
class RecordReader {
public:
    /// The most records that a file has (Doc 9303-10, 5.1.2).
    static constexpr std::size_t maximumCount = 254;

    /// `session` must outlive the reader; the application is selected.
    explicit RecordReader(CardSession& session);

    /// How many records there are, as FILE AND MEMORY MANAGEMENT tells (3.8.3). Throws CardError when the
    /// card refuses, MalformedData when the answer is none.
    [[nodiscard]] std::size_t count(const RecordFile& file);

    /// All records from number `first`, counted from 1, in as few commands as the channel allows. Throws
    /// CardError when the card refuses, MalformedData when the records are no data objects or do not end.
    [[nodiscard]] std::vector<Bytes> readFrom(const RecordFile& file, std::size_t first = 1);

    /// One record. Throws the same.
    [[nodiscard]] Bytes read(const RecordFile& file, std::size_t number);

    /// The numbers of the records that hold `text` from byte `offset` on, in their order (3.7.3). Throws
    /// CardError when the card refuses, MalformedData when the answer is none.
    [[nodiscard]] std::vector<std::size_t> search(const RecordFile& file, std::size_t offset, BytesView text);

private:
    enum class Extent : std::uint8_t { One = 0x04, ToTheLast = 0x05 };

    [[nodiscard]] ResponseApdu transmitRead(const RecordFile& file, std::size_t number, Extent extent);

    CardSession& session_;
};

} // namespace cancuoc
