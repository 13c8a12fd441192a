// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/sql_job_store.hpp"

#include <filesystem>

namespace cancuoc::personalization {

/// A job store in one SQLite file (write-ahead log, synchronous=FULL): for a line on one machine.
class SqliteJobStore final : public SqlJobStore {
public:
    /// Opens the store, creates it when the file is absent, and brings one of an older version up to this
    /// one. `clock` dates the events. Throws BadConfiguration when the file is of a newer version or no job
    /// store, Error when it cannot be opened.
    SqliteJobStore(const std::filesystem::path& file, Clock clock);

    /// The database of such a store, with its tables.
    [[nodiscard]] static std::shared_ptr<sql::Database> openDatabase(const std::filesystem::path& file);
};

} // namespace cancuoc::personalization
