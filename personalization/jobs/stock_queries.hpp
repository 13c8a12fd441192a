// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/database.hpp"
#include "personalization/jobs/stock.hpp"

#include <string_view>

namespace cancuoc::personalization {

/// Every function works within the transaction of its caller.

/// Notes what the stock keeper did, at `seconds` of the system's time. Throws BadConfiguration for a count of
/// 0 or above a million, and when the station has fewer blanks at hand than are returned or spoiled.
void addStockMove(sql::Database& database, const StockMove& move, std::int64_t seconds);

/// The shifts of runs and of blanks that were moved, the latest first.
[[nodiscard]] std::vector<std::string> readShifts(sql::Database& database);

/// What the shift did, from the history of the blanks, held against where they stand. Throws BadConfiguration
/// when nothing happened in a shift of that name.
[[nodiscard]] ShiftReport readShiftReport(sql::Database& database, std::string_view shift);

/// The requests of each order by their states, by name; its blanks are left 0. Throws DatabaseError.
[[nodiscard]] std::vector<OrderReport> readOrderCounts(sql::Database& database);

} // namespace cancuoc::personalization
