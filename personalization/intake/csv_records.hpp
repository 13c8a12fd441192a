// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/csv_reader.hpp"
#include "personalization/intake/record_source.hpp"

namespace cancuoc::personalization {

/// The records of records.csv: UTF-8, a header line with the names of recordColumns(), one record a row.
class CsvRecords : public RecordSource {
public:
    /// Reads the header of `text`. Throws OrderRefused when there is none, or when it names a column twice or
    /// lacks one that every order needs.
    explicit CsvRecords(std::string text);

    [[nodiscard]] std::optional<SourceRecord> next() override;

private:
    std::string text_;
    CsvReader csv_; ///< views `text_`
    std::vector<std::string> header_;
};

} // namespace cancuoc::personalization
