// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"
#include "personalization/intake/finding.hpp"
#include "personalization/intake/image_inspection.hpp"
#include "personalization/intake/pictures.hpp"

#include <optional>
#include <vector>

namespace cancuoc::personalization {

/// What a programme demands of a record beyond its form.
struct IntakePolicy {
    ImageSize portraitSize{300, 400};
    std::size_t maximumPictureBytes =
        std::size_t{28} * 1024; ///< of each picture, as it will stand on the chip
    std::size_t maximumDataGroup13Bytes = 4096;
    /// When set, no card is made for a citizen not yet born or issued after this day.
    std::optional<std::chrono::year_month_day> today;
};

/// What the rules on a record and its pictures find; empty when nothing. A picture without bytes is passed
/// over: whoever reads its file reports it. The rules that need other records (duplicates) are Intake's,
/// those on the form of the file and of its fields RecordSource's and RecordReader's.
[[nodiscard]] std::vector<Finding> validate(const CitizenRecord& record, const Pictures& pictures,
                                            const IntakePolicy& policy);

} // namespace cancuoc::personalization
