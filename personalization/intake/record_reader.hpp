// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"
#include "personalization/intake/csv_reader.hpp"
#include "personalization/intake/finding.hpp"
#include "personalization/intake/record_column.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// A line of records.csv: a record, or none where a finding of severity Error tells why.
struct ReadRecord {
    std::size_t line = 0;
    std::optional<CitizenRecord> record;
    std::vector<Finding> findings;
};

/// Reads records.csv (UTF-8, a header line with the names of recordColumns(), one record a row).
class RecordReader {
public:
    static constexpr std::size_t maximumFileBytes = std::size_t{1} << 30;

    /// Reads the file's header. Throws Error when the file cannot be read or is larger than
    /// maximumFileBytes, and MalformedData when its header lacks a column or has one twice.
    explicit RecordReader(const std::filesystem::path& file);

    /// Reads `text` instead of a file; paths in it are resolved against `folder`.
    RecordReader(std::string text, std::filesystem::path folder);

    /// `csv_` views `text_`.
    RecordReader(const RecordReader&) = delete;
    RecordReader& operator=(const RecordReader&) = delete;
    ~RecordReader() = default;

    /// The next line, or none at the end.
    [[nodiscard]] std::optional<ReadRecord> next();

    /// Columns of the header that no field of the record takes; they are passed over.
    [[nodiscard]] const std::vector<std::string>& unknownColumns() const { return unknownColumns_; }

private:
    void readHeader();
    void readField(ReadRecord& read, const RecordColumn& column, const std::string& text) const;
    [[nodiscard]] std::filesystem::path resolved(const std::filesystem::path& path) const;

    std::string text_;
    std::filesystem::path folder_;
    CsvReader csv_;
    std::vector<const RecordColumn*> header_; ///< for each column of the file; null for an unknown one
    std::vector<std::string> unknownColumns_;
};

} // namespace cancuoc::personalization
