// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/database.hpp"
#include "personalization/jobs/report.hpp"

namespace cancuoc::personalization {

/// The counts of a report, without cards, within the transaction of the caller. Throws DatabaseError.
[[nodiscard]] Report readCounts(sql::Database& database);

/// What the database of a job store holds, within the transaction of the caller. Throws DatabaseError.
[[nodiscard]] Report readReport(sql::Database& database);

/// Chips in quarantine, then rejected requests, within the transaction of the caller. Throws DatabaseError.
[[nodiscard]] std::vector<CardReport> readUnsettled(sql::Database& database);

} // namespace cancuoc::personalization
