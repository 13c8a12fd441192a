// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/sqlite_job_store.hpp"

#include "host/base/error.hpp"
#include "personalization/jobs/sqlite.hpp"
#include "personalization/jobs/sqlite_migrations.hpp"

namespace cancuoc::personalization {

namespace {

constexpr int patienceMilliseconds = 30'000;

void prepareSchema(sqlite::Database& database, const std::filesystem::path& file) {
    sql::Transaction transaction(database);
    const auto version = database.schemaVersion();
    const auto migrations = sqlite::migrations();
    const auto newest = static_cast<std::int64_t>(migrations.size());
    if (version > newest || version < 0 || (version == 0 && !database.isEmpty())) {
        throw BadConfiguration("The file " + file.string() + " is no job store of version " +
                               std::to_string(newest) +
                               " or older. Name another file, or use the program that made this one.");
    }
    if (version == newest) {
        return;
    }
    for (auto next = static_cast<std::size_t>(version); next < migrations.size(); ++next) {
        database.execute(migrations[next]);
    }
    database.setSchemaVersion(newest);
    transaction.commit();
}

} // namespace

std::shared_ptr<sql::Database> SqliteJobStore::openDatabase(const std::filesystem::path& file) {
    auto database = std::make_shared<sqlite::Database>(file, patienceMilliseconds);
    database->keepDurably();
    prepareSchema(*database, file);
    return database;
}

SqliteJobStore::SqliteJobStore(const std::filesystem::path& file, Clock clock)
    : SqlJobStore(openDatabase(file), std::move(clock)) {}

} // namespace cancuoc::personalization
