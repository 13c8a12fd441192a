// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/database.hpp"

namespace cancuoc::personalization::sql {

Statement Database::prepare(std::string_view sql) {
    return {*this, sql};
}

Statement& Statement::bind(std::string_view text) {
    values_.emplace_back(std::string(text));
    return *this;
}

Statement& Statement::bind(BytesView bytes) {
    values_.emplace_back(toBytes(bytes));
    return *this;
}

Statement& Statement::bind(std::int64_t number) {
    values_.emplace_back(number);
    return *this;
}

bool Statement::step() {
    if (!rows_) {
        rows_ = database_->query(sql_, values_);
    }
    return rows_->next();
}

void Statement::run() {
    static_cast<void>(step());
}

Transaction::Transaction(Database& database, Access access) : database_(database) {
    database_.begin(access);
}

Transaction::~Transaction() {
    if (open_) {
        try {
            database_.execute("ROLLBACK");
        } catch (const DatabaseError&) {
            open_ =
                false; // rolled back already: SQLite does so for a full disk, PostgreSQL for a lost client
        }
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

} // namespace cancuoc::personalization::sql
