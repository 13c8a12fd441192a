// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/finding.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cancuoc::personalization {

/// One record of an order as its file has it: values by the names of their columns, in the file's order, or
/// why it cannot be read.
struct SourceRecord {
    std::size_t line = 0; ///< where it starts, counted from 1
    std::vector<std::pair<std::string, std::string>> values;
    std::vector<Finding> findings; ///< with an error among them, `values` is not the whole record
};

/// Hands out the records of a file, whatever its format.
class RecordSource {
public:
    RecordSource() = default;
    RecordSource(const RecordSource&) = delete;
    RecordSource& operator=(const RecordSource&) = delete;
    virtual ~RecordSource() = default;

    /// The next record, or none at the end. One that is malformed takes no other with it.
    [[nodiscard]] virtual std::optional<SourceRecord> next() = 0;
};

} // namespace cancuoc::personalization
