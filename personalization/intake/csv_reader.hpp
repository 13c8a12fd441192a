// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/rule.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::personalization {

struct CsvLimits {
    std::size_t rowBytes = std::size_t{64} * 1024;
    std::size_t fields = 64;
};

/// One row: its fields without their quotes, or what keeps it from being read.
struct CsvRow {
    std::size_t line = 0; ///< where the row starts, counted from 1
    std::vector<std::string> fields;
    const Rule* defect = nullptr; ///< null for a well-formed row; otherwise the rule it breaks, and no fields
};

/// Reads comma-separated values: RFC 4180 with LF or CR LF at the end of a row, and a byte order mark in
/// front of the first. Empty lines are passed over. A malformed row takes nothing else with it: reading goes
/// on at the line after the one where it began.
class CsvReader {
public:
    /// `text` must outlive the reader.
    explicit CsvReader(std::string_view text, CsvLimits limits = {});

    /// The next row, or none at the end.
    [[nodiscard]] std::optional<CsvRow> next();

private:
    struct Malformed {
        const Rule* rule;
    };

    [[nodiscard]] bool atEnd() const { return position_ == text_.size(); }
    [[nodiscard]] bool atRowEnd() const;
    [[nodiscard]] std::vector<std::string> row();
    [[nodiscard]] std::string field();
    [[nodiscard]] std::string quotedField();
    [[nodiscard]] std::string bareField();
    void stepOver();
    void passRowEnd();
    void passEmptyLines();
    void resumeAfterLineOf(std::size_t rowStart, std::size_t rowLine);

    std::string_view text_;
    CsvLimits limits_;
    std::size_t position_ = 0;
    std::size_t rowStart_ = 0;
    std::size_t line_ = 1;
};

} // namespace cancuoc::personalization
