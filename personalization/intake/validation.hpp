// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"
#include "personalization/intake/finding.hpp"
#include "personalization/intake/image_inspection.hpp"
#include "personalization/intake/pictures.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::personalization {

/// What a programme demands of a record beyond its form.
struct IntakePolicy {
    ImageSize portraitSize{300, 400};
    std::size_t maximumPictureBytes =
        std::size_t{28} * 1024; ///< of each picture, as it will stand on the chip
    /// When set, no card is made for a citizen not yet born or issued after this day.
    std::optional<std::chrono::year_month_day> today;
};

/// One rule of the intake. The rules that need other records (duplicates) are in DuplicateGuard, those on
/// the form of the file (csv.*, text.*, field.*) in RecordReader.
struct Rule {
    std::string_view id;
    Severity severity;
    std::string_view field; ///< column that the rule looks at
    /// Says what is wrong and how it should look, or nothing when the record keeps the rule.
    std::optional<std::string> (*check)(const CitizenRecord&, const Pictures&, const IntakePolicy&);
};

/// All rules, in the order of the columns.
[[nodiscard]] std::span<const Rule> rules();

/// What the rules find in a record and its pictures; empty when nothing. A picture without bytes is passed
/// over: whoever reads its file reports it.
[[nodiscard]] std::vector<Finding> validate(const CitizenRecord& record, const Pictures& pictures,
                                            const IntakePolicy& policy);

} // namespace cancuoc::personalization
