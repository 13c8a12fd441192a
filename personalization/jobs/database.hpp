// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/error.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What SQLite and PostgreSQL have in common, as far as the job store needs it.
namespace cancuoc::personalization::sql {

/// The database refused an operation; the message says which and gives the database's reason.
class DatabaseError : public Error {
public:
    using Error::Error;
};

/// What takes the place of a `?` in a statement.
using Value = std::variant<std::string, Bytes, std::int64_t>;

/// The rows that a statement gives, one after another.
class Rows {
public:
    Rows() = default;
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    virtual ~Rows() = default;

    /// Goes to the next row; false at the end. Throws DatabaseError.
    [[nodiscard]] virtual bool next() = 0;

    /// Columns of the row, from 0; NULL is empty, or 0.
    [[nodiscard]] virtual std::string text(int column) const = 0;
    [[nodiscard]] virtual Bytes bytes(int column) const = 0;
    [[nodiscard]] virtual std::int64_t number(int column) const = 0;
};

/// What a transaction is for: it says whom it waits for.
enum class Access {
    Reading,      ///< sees one moment of the database; waits for nobody, and nobody waits for it
    Writing,      ///< waits for those that write the same rows
    MakingTables, ///< one after another among themselves, as the two that follow
    Importing,    ///< of requests
    Assigning,    ///< which run works on what
    MovingStock,  ///< by the stock keeper
    Deciding,     ///< by persons
};

class Statement;

/// An open database. For one thread at a time.
class Database {
public:
    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    virtual ~Database() = default;

    /// Runs statements that need no values and give no rows. Throws DatabaseError.
    virtual void execute(const std::string& sql) = 0;

    /// A statement with a `?` in the place of each value.
    [[nodiscard]] Statement prepare(std::string_view sql);

    /// Runs one statement with its values. Throws DatabaseError.
    [[nodiscard]] virtual std::unique_ptr<Rows> query(const std::string& sql,
                                                      std::span<const Value> values) = 0;

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    [[nodiscard]] virtual std::int64_t changes() const = 0;

    /// Begins a transaction. A database of one file lets one of those that write begin after another.
    virtual void begin(Access access) = 0;

    /// The end of a SELECT whose rows no other transaction is to change before this one ends.
    [[nodiscard]] virtual std::string holdingRows() const = 0;
    /// The same; rows that another transaction holds are left out.
    [[nodiscard]] virtual std::string holdingFreeRows() const = 0;
};

/// A statement; `bind` its values in their order, and `run` or `step` it, once. The database outlives it.
class Statement {
public:
    Statement(Database& database, std::string_view sql) : database_(&database), sql_(sql) {}

    Statement& bind(std::string_view text);
    Statement& bind(BytesView bytes);
    Statement& bind(std::int64_t number);

    /// Steps to the next row; false at the end. Throws DatabaseError.
    [[nodiscard]] bool step();
    /// Runs a statement that gives no rows. Throws DatabaseError.
    void run();

    /// Columns of the row, from 0; NULL is empty, or 0.
    [[nodiscard]] std::string text(int column) const { return rows_->text(column); }
    [[nodiscard]] Bytes bytes(int column) const { return rows_->bytes(column); }
    [[nodiscard]] std::int64_t number(int column) const { return rows_->number(column); }

private:
    Database* database_;
    std::string sql_;
    std::vector<Value> values_;
    std::unique_ptr<Rows> rows_;
};

/// A transaction that is rolled back unless it was committed.
class Transaction {
public:
    explicit Transaction(Database& database, Access access = Access::Writing);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    void commit();

private:
    Database& database_;
    bool open_ = true;
};

} // namespace cancuoc::personalization::sql
