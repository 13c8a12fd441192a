// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/postgresql_job_store.hpp"

#include "host/base/error.hpp"
#include "personalization/jobs/postgresql.hpp"
#include "personalization/jobs/postgresql_migrations.hpp"

namespace cancuoc::personalization {

namespace {

/// The version of the store in a database; 0 when there is none.
std::int64_t versionOf(postgresql::Database& database) {
    auto exists = database.prepare("SELECT 1 WHERE to_regclass('job_store') IS NOT NULL");
    if (!exists.step()) {
        return 0;
    }
    auto version = database.prepare("SELECT version FROM job_store");
    return version.step() ? version.number(0) : -1;
}

void prepareSchema(postgresql::Database& database) {
    sql::Transaction transaction(database, sql::Access::MakingTables);
    const std::int64_t version = versionOf(database);
    const auto migrations = postgresql::migrations();
    const auto newest = static_cast<std::int64_t>(migrations.size());
    if (version > newest || version < 0) {
        throw BadConfiguration("This database has no job store of version " + std::to_string(newest) +
                               " or older. Name another database, or use the program that made this one.");
    }
    if (version == newest) {
        return;
    }
    for (auto next = static_cast<std::size_t>(version); next < migrations.size(); ++next) {
        database.execute(migrations[next]);
    }
    database.execute("DELETE FROM job_store");
    database.prepare("INSERT INTO job_store (version) VALUES (?)").bind(newest).run();
    transaction.commit();
}

} // namespace

std::shared_ptr<postgresql::Database> PostgresqlJobStore::openDatabase(const std::string& uri) {
    auto database = std::make_shared<postgresql::Database>(uri);
    prepareSchema(*database);
    return database;
}

PostgresqlJobStore::PostgresqlJobStore(const std::string& uri, Clock clock)
    : SqlJobStore(openDatabase(uri), std::move(clock)) {}

PostgresqlJobStore::PostgresqlJobStore(const std::string& uri) : PostgresqlJobStore(openDatabase(uri)) {}

PostgresqlJobStore::PostgresqlJobStore(const std::shared_ptr<postgresql::Database>& database)
    : SqlJobStore(database, [database] { return database->now(); }) {}

} // namespace cancuoc::personalization
