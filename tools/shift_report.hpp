// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "personalization/jobs/stock.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

/// The shift report as JSON: "blanks" of the shift, by "stations" and "orders", "discrepancies" and
/// "balances".
[[nodiscard]] Json shiftReportJson(const personalization::ShiftReport& report);

/// The same for people.
void printShiftReport(std::ostream& out, const personalization::ShiftReport& report);

} // namespace cancuoc::tools
