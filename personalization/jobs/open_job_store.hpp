// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "personalization/jobs/decision_book.hpp"
#include "personalization/jobs/job_store.hpp"

namespace cancuoc::personalization {

/// Opens the job store at `location`: postgresql://… names a database of a server, anything else a file of
/// SQLite. What is not there is made. `clock` tells a file the time; a server has its own. Throws what the
/// constructors of PostgresqlJobStore and SqliteJobStore throw.
[[nodiscard]] std::unique_ptr<JobStore> openJobStore(const std::string& location, Clock clock);

/// Opens the persons and decisions of the job store at `location`; `random` outlives the object.
[[nodiscard]] std::unique_ptr<DecisionBook> openDecisionBook(const std::string& location, Clock clock,
                                                             RandomSource& random);

/// Whether `location` names a file that is not there.
[[nodiscard]] bool isAbsentFile(const std::string& location);

} // namespace cancuoc::personalization
