// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"
#include "personalization/intake/finding.hpp"
#include "personalization/intake/record_column.hpp"
#include "personalization/intake/record_source.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// One record of an order: what its columns say, or none where a finding of severity Error tells why.
struct ReadRecord {
    std::size_t line = 0;
    std::optional<CitizenRecord> record;
    std::vector<Finding> findings;
};

/// Reads the records of a source into their columns. A column that has no field in CitizenRecord is kept as
/// it stands, with a warning in the first record that has it.
class RecordReader {
public:
    explicit RecordReader(std::unique_ptr<RecordSource> source);

    /// The next record, or none at the end.
    [[nodiscard]] std::optional<ReadRecord> next();

private:
    void readFields(ReadRecord& read, const SourceRecord& source);
    void keep(ReadRecord& read, const std::string& name, const std::string& text);

    std::unique_ptr<RecordSource> source_;
    std::set<std::string> unknownColumns_; ///< those that were warned of
};

} // namespace cancuoc::personalization
