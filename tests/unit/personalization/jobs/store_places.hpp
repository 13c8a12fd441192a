// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include "personalization/jobs/postgresql.hpp"
#include "personalization/jobs/postgresql_job_store.hpp"
#include "personalization/jobs/sqlite.hpp"
#include "personalization/jobs/sqlite_job_store.hpp"
#include "tests/unit/temporary_directory.hpp"

namespace cancuoc::test {

inline Clock standingClock() {
    return [] { return std::chrono::sys_seconds{}; };
}

/// A store in a file that goes with the test.
class SqlitePlace {
public:
    [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "jobs.db"; }
    [[nodiscard]] std::unique_ptr<personalization::JobStore> open() const {
        return std::make_unique<personalization::SqliteJobStore>(path(), standingClock());
    }
    /// The database behind the store's back.
    [[nodiscard]] std::unique_ptr<personalization::sql::Database> database() const {
        return std::make_unique<personalization::sqlite::Database>(path(), 1000);
    }

private:
    TemporaryDirectory folder_;
};

/// A store in a schema that goes with the test, on the server of tools/with_postgresql.sh: a schema is made
/// sooner than a database.
class PostgresqlPlace {
public:
    PostgresqlPlace() { server().execute("CREATE SCHEMA " + name_); }
    PostgresqlPlace(const PostgresqlPlace&) = delete;
    PostgresqlPlace& operator=(const PostgresqlPlace&) = delete;
    ~PostgresqlPlace() {
        try {
            server().execute("DROP SCHEMA " + name_ + " CASCADE");
        } catch (const Error&) {
            return; // the server ends with the tests
        }
    }

    [[nodiscard]] std::string uri() const {
        return serverUri() + "postgres?options=-csearch_path%3D" + name_;
    }
    [[nodiscard]] static std::string uriOfNothing() { return serverUri() + "nowhere"; }
    [[nodiscard]] std::unique_ptr<personalization::JobStore> open() const {
        return std::make_unique<personalization::PostgresqlJobStore>(uri(), standingClock());
    }
    [[nodiscard]] std::unique_ptr<personalization::sql::Database> database() const {
        return std::make_unique<personalization::postgresql::Database>(uri());
    }

private:
    static std::string serverUri() {
        const char* uri = std::getenv("CANCUOC_POSTGRESQL");
        if (uri == nullptr) {
            throw std::runtime_error("run this test with: sh tools/with_postgresql.sh TEST");
        }
        return uri;
    }
    static personalization::postgresql::Database server() {
        return personalization::postgresql::Database(serverUri() + "postgres");
    }
    static std::string nextName() {
        static int made = 0;
        return "jobs_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    }

    std::string name_ = nextName();
};

} // namespace cancuoc::test
