// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/error.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace cancuoc::personalization::sqlite {

/// SQLite refused an operation; the message names the operation's object and SQLite's reason.
class SqliteError : public Error {
public:
    SqliteError(const std::string& message, int code) : Error(message), code_(code) {}

    /// SQLite's primary result code.
    [[nodiscard]] int code() const { return code_; }

private:
    int code_;
};

class Statement;

/// An open database. For one thread at a time.
class Database {
public:
    /// Opens `file`, and creates it, readable by its owner only, when it is absent. Statements wait up to
    /// `patienceMilliseconds` for locks of other processes. Throws SqliteError.
    Database(const std::filesystem::path& file, int patienceMilliseconds);

    /// Runs statements that need no values and give no rows. Throws SqliteError.
    void execute(const std::string& sql);

    [[nodiscard]] Statement prepare(std::string_view sql);

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    [[nodiscard]] std::int64_t changes() const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Close> database_;
};

/// A prepared statement; `bind` and `run` or `step` it, once.
class Statement {
public:
    Statement& bind(std::string_view text);
    Statement& bind(BytesView bytes);
    Statement& bind(std::int64_t number);

    /// Steps to the next row; false at the end. Throws SqliteError.
    [[nodiscard]] bool step();
    /// Runs a statement that gives no rows. Throws SqliteError.
    void run();

    /// Columns of the row, from 0.
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] Bytes bytes(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    friend class Database;
    Statement(sqlite3* database, std::string_view sql);
    void check(int code) const;

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int bound_ = 0;
};

/// A transaction that is rolled back unless it was committed.
class Transaction {
public:
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    void commit();

private:
    Database& database_;
    bool open_ = true;
};

} // namespace cancuoc::personalization::sqlite
