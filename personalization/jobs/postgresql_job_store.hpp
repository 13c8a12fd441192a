// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/sql_job_store.hpp"

namespace cancuoc::personalization {

namespace postgresql {
class Database;
}

/// A job store in a database of a PostgreSQL server: for a line whose stations and offices are on several
/// machines.
class PostgresqlJobStore final : public SqlJobStore {
public:
    /// Opens the store in the database of `uri` (postgresql://…), makes its tables when there are none, and
    /// brings one of an older version up to this one. `clock` dates the events and tells when leases run out.
    /// Throws BadConfiguration when the tables are of a newer version, Error when the server does not let
    /// this program in.
    PostgresqlJobStore(const std::string& uri, Clock clock);

    /// The same with the clock of the server, which is one for all machines.
    explicit PostgresqlJobStore(const std::string& uri);

    /// The database of such a store, with its tables.
    [[nodiscard]] static std::shared_ptr<postgresql::Database> openDatabase(const std::string& uri);

private:
    explicit PostgresqlJobStore(const std::shared_ptr<postgresql::Database>& database);
};

} // namespace cancuoc::personalization
