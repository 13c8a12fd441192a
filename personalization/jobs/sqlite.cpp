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

void Database::execute(const std::string& sql) {
    if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail(database_.get());
    }
}

Statement Database::prepare(std::string_view sql) {
    return {database_.get(), sql};
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(database_.get());
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3* database, std::string_view sql) : database_(database) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr));
    statement_.reset(statement);
}

Statement& Statement::bind(std::string_view text) {
    check(sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(BytesView bytes) {
    check(sqlite3_bind_blob64(statement_.get(), ++bound_, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind(std::int64_t number) {
    check(sqlite3_bind_int64(statement_.get(), ++bound_, number));
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        fail(database_);
    }
    return code == SQLITE_ROW;
}

void Statement::run() {
    static_cast<void>(step());
}

std::string Statement::text(int column) const {
    const auto* characters = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    return characters == nullptr
               ? std::string()
               : std::string(characters,
                             static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)));
}

Bytes Statement::bytes(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    return data == nullptr ? Bytes() : Bytes(data, data + sqlite3_column_bytes(statement_.get(), column));
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Statement::check(int code) const {
    if (code != SQLITE_OK) {
        fail(database_);
    }
}

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (open_) {
        try {
            database_.execute("ROLLBACK");
        } catch (const SqliteError&) {
            open_ = false; // SQLite has rolled back by itself, as it does for errors such as a full disk
        }
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

} // namespace cancuoc::personalization::sqlite
