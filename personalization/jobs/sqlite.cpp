// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/sqlite.hpp"

#include <sqlite3.h>

namespace cancuoc::personalization::sqlite {

namespace {

[[noreturn]] void fail(sqlite3* database) {
    throw SqliteError(std::string("The job store could not be read or written: ") + sqlite3_errmsg(database) +
                          ".",
                      sqlite3_errcode(database) & 0xFF);
}

void restrictToOwner(const std::filesystem::path& file) {
    using std::filesystem::perms;
    std::filesystem::permissions(file, perms::owner_read | perms::owner_write);
}

/// A statement with its values, whose rows are made as they are asked for.
class SqliteRows final : public sql::Rows {
public:
    SqliteRows(sqlite3* database, const std::string& sql, std::span<const sql::Value> values)
        : database_(database) {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr));
        statement_.reset(statement);
        for (const auto& value : values) {
            ++bound_;
            std::visit([this](const auto& held) { check(bind(held)); }, value);
        }
    }

    [[nodiscard]] bool next() override {
        const int code = sqlite3_step(statement_.get());
        if (code != SQLITE_ROW && code != SQLITE_DONE) {
            fail(database_);
        }
        return code == SQLITE_ROW;
    }

    [[nodiscard]] std::string text(int column) const override {
        const auto* characters = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
        return characters == nullptr
                   ? std::string()
                   : std::string(characters,
                                 static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)));
    }

    [[nodiscard]] Bytes bytes(int column) const override {
        const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
        return data == nullptr ? Bytes() : Bytes(data, data + sqlite3_column_bytes(statement_.get(), column));
    }

    [[nodiscard]] std::int64_t number(int column) const override {
        return sqlite3_column_int64(statement_.get(), column);
    }

private:
    [[nodiscard]] int bind(const std::string& text) {
        return sqlite3_bind_text64(statement_.get(), bound_, text.data(), text.size(), SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
    }
    [[nodiscard]] int bind(const Bytes& bytes) {
        // An empty value is no NULL.
        const void* data = bytes.empty() ? static_cast<const void*>("") : bytes.data();
        return sqlite3_bind_blob64(statement_.get(), bound_, data, bytes.size(), SQLITE_TRANSIENT);
    }
    [[nodiscard]] int bind(std::int64_t number) {
        return sqlite3_bind_int64(statement_.get(), bound_, number);
    }

    void check(int code) const {
        if (code != SQLITE_OK) {
            fail(database_);
        }
    }

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int bound_ = 0;
};

} // namespace

void Database::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

Database::Database(const std::filesystem::path& file, int patienceMilliseconds) {
    const bool isNew = !std::filesystem::exists(file);
    sqlite3* database = nullptr;
    const int code =
        sqlite3_open_v2(file.string().c_str(), &database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
    database_.reset(database);
    if (code != SQLITE_OK) {
        throw SqliteError("The job store " + file.string() + " cannot be opened: " + sqlite3_errstr(code) +
                              ". Check the folder and your rights to it.",
                          code & 0xFF);
    }
    sqlite3_busy_timeout(database, patienceMilliseconds);
    if (isNew) {
        restrictToOwner(file);
    }
}

void Database::keepDurably() {
    execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA "
            "secure_delete = ON;");
}

std::int64_t Database::schemaVersion() {
    return numberFrom("PRAGMA user_version");
}

void Database::setSchemaVersion(std::int64_t version) {
    execute("PRAGMA user_version = " + std::to_string(version));
}

bool Database::isEmpty() {
    return numberFrom("SELECT count(*) FROM sqlite_schema") == 0;
}

std::int64_t Database::numberFrom(std::string_view query) {
    auto statement = prepare(query);
    return statement.step() ? statement.number(0) : 0;
}

void Database::execute(const std::string& sql) {
    if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail(database_.get());
    }
}

std::unique_ptr<sql::Rows> Database::query(const std::string& sql, std::span<const sql::Value> values) {
    return std::make_unique<SqliteRows>(database_.get(), sql, values);
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(database_.get());
}

void Database::begin(sql::Access access) {
    execute(access == sql::Access::Reading ? "BEGIN" : "BEGIN IMMEDIATE");
}

} // namespace cancuoc::personalization::sqlite
