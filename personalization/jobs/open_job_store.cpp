// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/open_job_store.hpp"

#include "personalization/jobs/postgresql.hpp"
#include "personalization/jobs/postgresql_job_store.hpp"
#include "personalization/jobs/sqlite_job_store.hpp"

namespace cancuoc::personalization {

namespace {

// The schemes that libpq knows.
bool namesServer(const std::string& location) {
    return location.starts_with("postgresql://") || location.starts_with("postgres://");
}

} // namespace

std::unique_ptr<JobStore> openJobStore(const std::string& location, Clock clock) {
    if (namesServer(location)) {
        return std::make_unique<PostgresqlJobStore>(location);
    }
    return std::make_unique<SqliteJobStore>(location, std::move(clock));
}

std::unique_ptr<DecisionBook> openDecisionBook(const std::string& location, Clock clock,
                                               RandomSource& random) {
    if (namesServer(location)) {
        const auto database = PostgresqlJobStore::openDatabase(location);
        return std::make_unique<DecisionBook>(
            database, [database] { return database->now(); }, random);
    }
    return std::make_unique<DecisionBook>(SqliteJobStore::openDatabase(location), std::move(clock), random);
}

bool isAbsentFile(const std::string& location) {
    return !namesServer(location) && !std::filesystem::exists(location);
}

} // namespace cancuoc::personalization
