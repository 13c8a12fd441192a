// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/validity_period.hpp"

#include <array>

namespace cancuoc::personalization {

namespace {

using std::chrono::year_month_day;
using std::chrono::years;

constexpr std::array milestones{years(14), years(25), years(40), years(60)};
constexpr years grace(2);

/// `date` moved by whole years, on the last of its month where the year lacks the day.
year_month_day moved(year_month_day date, years span) {
    const year_month_day result = date + span;
    return result.ok() ? result : year_month_day(result.year() / result.month() / std::chrono::last);
}

} // namespace

std::optional<year_month_day> lawfulExpiry(year_month_day birth, year_month_day issue) {
    for (const years milestone : milestones) {
        if (issue < moved(birth, milestone - grace)) {
            return moved(birth, milestone);
        }
    }
    return std::nullopt;
}

} // namespace cancuoc::personalization
