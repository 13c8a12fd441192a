// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "personalization/jobs/postgresql_job_store.hpp"
#include "personalization/jobs/sqlite.hpp"
#include "personalization/jobs/sqlite_job_store.hpp"
#include "tests/support/postgresql_schema.hpp"
#include "tests/unit/temporary_directory.hpp"

namespace cancuoc::test {

inline Clock standingClock() {
    return [] { return std::chrono::sys_seconds{}; };
}

/// A store in a file that goes with the test.
class SqlitePlace {
public:
    [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "jobs.db"; }
    [[nodiscard]] std::unique_ptr<personalization::JobStore> open(Clock clock = standingClock()) const {
        return std::make_unique<personalization::SqliteJobStore>(path(), std::move(clock));
    }
    /// The database behind the store's back.
    [[nodiscard]] std::unique_ptr<personalization::sql::Database> database() const {
        return std::make_unique<personalization::sqlite::Database>(path(), 1000);
    }

private:
    TemporaryDirectory folder_;
};

/// A store in a schema that goes with the test.
class PostgresqlPlace {
public:
    [[nodiscard]] std::string uri() const { return schema_.uri(); }
    [[nodiscard]] std::unique_ptr<personalization::JobStore> open(Clock clock = standingClock()) const {
        return std::make_unique<personalization::PostgresqlJobStore>(uri(), std::move(clock));
    }
    [[nodiscard]] std::unique_ptr<personalization::sql::Database> database() const {
        return std::make_unique<personalization::postgresql::Database>(uri());
    }

private:
    PostgresqlSchema schema_;
};

} // namespace cancuoc::test
