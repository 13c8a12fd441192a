// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/database.hpp"

#include <chrono>
#include <map>

// libpq's names for a connection and a result.
struct pg_conn;
struct pg_result;

namespace cancuoc::personalization::postgresql {

/// A connection to a database of a PostgreSQL server.
class Database final : public sql::Database {
public:
    /// @param uri postgresql://[user[:password]@][host][:port]/database[?parameters]
    /// Throws DatabaseError when the server does not let this program in; the message does not repeat a
    /// password.
    explicit Database(const std::string& uri);

    void execute(const std::string& sql) override;
    [[nodiscard]] std::unique_ptr<sql::Rows> query(const std::string& sql,
                                                   std::span<const sql::Value> values) override;
    [[nodiscard]] std::int64_t changes() const override { return changes_; }
    void begin(sql::Access access) override;
    [[nodiscard]] std::string holdingRows() const override { return " FOR UPDATE"; }
    [[nodiscard]] std::string holdingFreeRows() const override { return " FOR UPDATE SKIP LOCKED"; }

    /// The time by the server's clock. Throws DatabaseError.
    [[nodiscard]] std::chrono::sys_seconds now();

private:
    void beginAlone(int matter);
    [[nodiscard]] const std::string& prepared(const std::string& sql);

    struct Finish {
        void operator()(pg_conn* connection) const;
    };
    std::unique_ptr<pg_conn, Finish> connection_;
    std::map<std::string, std::string> prepared_; ///< names of statements, by their text
    std::int64_t changes_ = 0;
};

} // namespace cancuoc::personalization::postgresql
