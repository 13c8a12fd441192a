// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/database.hpp"

#include <filesystem>

struct sqlite3;

namespace cancuoc::personalization::sqlite {

/// SQLite refused an operation; the message names the operation's object and SQLite's reason.
class SqliteError : public sql::DatabaseError {
public:
    SqliteError(const std::string& message, int code) : DatabaseError(message), code_(code) {}

    /// SQLite's primary result code.
    [[nodiscard]] int code() const { return code_; }

private:
    int code_;
};

/// A database in one file.
class Database final : public sql::Database {
public:
    /// Opens `file`, and creates it, readable by its owner only, when it is absent. Statements wait up to
    /// `patienceMilliseconds` for locks of other processes. Throws SqliteError.
    Database(const std::filesystem::path& file, int patienceMilliseconds);

    /// Lets every commit be on the disk before it returns (write-ahead log, synchronous=FULL), and holds
    /// references between tables. Throws SqliteError.
    void keepDurably();

    /// The version that was given to its tables; 0 before.
    [[nodiscard]] std::int64_t schemaVersion();
    void setSchemaVersion(std::int64_t version);
    /// Whether there is nothing in it, not even a table.
    [[nodiscard]] bool isEmpty();

    void execute(const std::string& sql) override;
    [[nodiscard]] std::unique_ptr<sql::Rows> query(const std::string& sql,
                                                   std::span<const sql::Value> values) override;
    [[nodiscard]] std::int64_t changes() const override;
    void begin(sql::Access access) override;
    [[nodiscard]] std::string holdingRows() const override { return ""; }
    [[nodiscard]] std::string holdingFreeRows() const override { return ""; }

private:
    [[nodiscard]] std::int64_t numberFrom(std::string_view query);

    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Close> database_;
};

} // namespace cancuoc::personalization::sqlite
