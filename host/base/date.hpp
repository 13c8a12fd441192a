// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace cancuoc {

/// A day of the Gregorian calendar, without a time.
using Date = std::chrono::year_month_day;

/// Reads YYYY-MM-DD. Throws MalformedData for any other form and for days that no calendar has.
[[nodiscard]] Date dateFromIso(std::string_view text);

/// Writes YYYY-MM-DD; years 0 to 9999.
[[nodiscard]] std::string toIso(Date date);

/// The year within its century, month and day as six digits: the form of dates in the MRZ (Doc 9303-3, 4.8).
[[nodiscard]] std::string toYearMonthDay(Date date);

/// The UTC day of a moment.
[[nodiscard]] Date dateOf(std::chrono::sys_seconds moment);

} // namespace cancuoc
