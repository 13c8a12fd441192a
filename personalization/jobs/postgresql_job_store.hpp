// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/sql_job_store.hpp"

namespace cancuoc::personalization {

/// A job store in a database of a PostgreSQL server: for a line whose stations and offices are on several
/// machines.
class PostgresqlJobStore final : public SqlJobStore {
public:
    /// Opens the store in the database of `uri` (postgresql://…), and makes its tables when there are none.
    /// `clock` dates the events. Throws BadConfiguration when they are of a newer version, Error when the
    /// server does not let this program in.
    PostgresqlJobStore(const std::string& uri, Clock clock);

    [[nodiscard]] std::unique_ptr<RunLock> lockForRun() override;

private:
    std::string uri_;
};

} // namespace cancuoc::personalization
