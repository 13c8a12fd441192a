// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace cancuoc::personalization {

/// One column of records.csv and the field of CitizenRecord that it fills.
struct RecordColumn {
    using Field = std::variant<std::string CitizenRecord::*, std::chrono::year_month_day CitizenRecord::*,
                               std::optional<std::chrono::year_month_day> CitizenRecord::*,
                               std::filesystem::path CitizenRecord::*, Sex CitizenRecord::*>;

    std::string_view name;
    Field field;
    bool required = false; ///< whether the register must have a value
    std::size_t maximumCharacters = 0;

    /// Reads `text` (UTF-8, empty for no value) into the record.
    /// Throws MalformedData with a sentence that says how the field is written.
    void assign(CitizenRecord& record, std::string_view text) const;

    /// Writes the record's field as it stands in records.csv.
    [[nodiscard]] std::string text(const CitizenRecord& record) const;
};

/// The columns in their usual order; a file may have them in any order.
[[nodiscard]] std::span<const RecordColumn> recordColumns();

} // namespace cancuoc::personalization
