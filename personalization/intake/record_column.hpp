// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"
#include "personalization/intake/finding.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace cancuoc::personalization {

/// One column of the records and the field of CitizenRecord that it fills.
struct RecordColumn {
    using Field = std::variant<std::string CitizenRecord::*, std::chrono::year_month_day CitizenRecord::*,
                               std::optional<std::chrono::year_month_day> CitizenRecord::*,
                               std::filesystem::path CitizenRecord::*, Sex CitizenRecord::*>;

    /// What an order must say.
    enum class Need {
        Value,   ///< the column, with a value in each record
        Column,  ///< the column; its value may be empty
        Nothing, ///< an order may leave the column out
    };

    std::string_view name;
    std::string_view vietnamese; ///< what the column is called on cards and in the register
    Field field;
    Need need = Need::Nothing;
    std::size_t maximumCharacters = 0;
    /// Characters that the printed card has room for; 0 where the column is not printed, or always fits.
    std::size_t faceCharacters = 0;

    /// Reads `text` (UTF-8, empty for no value) into the record; null, or the rule that its form breaks.
    [[nodiscard]] const Rule* assign(CitizenRecord& record, std::string_view text) const;

    /// Writes the record's field as it stands in an order.
    [[nodiscard]] std::string text(const CitizenRecord& record) const;

    /// Whether the column names a file.
    [[nodiscard]] bool isPicture() const;
};

/// The columns in their usual order; an order may have them in any order.
[[nodiscard]] std::span<const RecordColumn> recordColumns();

/// The column with that name, or null.
[[nodiscard]] const RecordColumn* recordColumnNamed(std::string_view name);

} // namespace cancuoc::personalization
