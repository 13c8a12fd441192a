// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/postgresql.hpp"

#include <charconv>

#include <libpq-fe.h>

namespace cancuoc::personalization::postgresql {

namespace {

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

std::string firstLineOf(const char* message) {
    const std::string_view text(message);
    return std::string(text.substr(0, text.find('\n')));
}

[[noreturn]] void fail(PGconn* connection) {
    if (PQstatus(connection) != CONNECTION_OK) {
        throw sql::DatabaseError("The connection to the job store's server is lost: " +
                                 firstLineOf(PQerrorMessage(connection)) + ".");
    }
    throw sql::DatabaseError(
        "The job store could not be read or written: " + firstLineOf(PQerrorMessage(connection)) + ".");
}

Result require(PGconn* connection, PGresult* given) {
    Result result(given);
    const auto status = PQresultStatus(given);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fail(connection);
    }
    return result;
}

// Format codes of the protocol.
constexpr int asText = 0;
constexpr int asBinary = 1;

/// The values of a statement in libpq's form. Numbers go as decimal digits, for a type that the server finds.
class Parameters {
public:
    explicit Parameters(std::span<const sql::Value> values) {
        digits_.reserve(values.size()); // the addresses of its elements are kept
        for (const auto& value : values) {
            std::visit([this](const auto& held) { add(held); }, value);
        }
    }

    [[nodiscard]] int count() const { return static_cast<int>(values_.size()); }
    [[nodiscard]] const char* const* values() const { return values_.data(); }
    [[nodiscard]] const int* lengths() const { return lengths_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }

private:
    void add(const std::string& text) { push(text.c_str(), text.size(), asText); }
    void add(const Bytes& bytes) {
        // An empty value is no NULL.
        push(bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data()), bytes.size(), asBinary);
    }
    void add(std::int64_t number) { add(digits_.emplace_back(std::to_string(number))); }

    void push(const char* value, std::size_t size, int format) {
        values_.push_back(value);
        lengths_.push_back(static_cast<int>(size));
        formats_.push_back(format);
    }

    std::vector<std::string> digits_;
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

/// All rows of a statement, in binary form.
class PostgresqlRows final : public sql::Rows {
public:
    explicit PostgresqlRows(Result result) : result_(std::move(result)) {}

    [[nodiscard]] bool next() override { return ++row_ < PQntuples(result_.get()); }

    [[nodiscard]] std::string text(int column) const override {
        return {PQgetvalue(result_.get(), row_, column),
                static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
    }

    [[nodiscard]] Bytes bytes(int column) const override {
        const auto* data = reinterpret_cast<const std::uint8_t*>(PQgetvalue(result_.get(), row_, column));
        return {data, data + PQgetlength(result_.get(), row_, column)};
    }

    // Integers of 2, 4 and 8 bytes, big endian, in two's complement.
    [[nodiscard]] std::int64_t number(int column) const override {
        const auto content = bytes(column);
        std::uint64_t value = !content.empty() && content.front() >= 0x80 ? ~std::uint64_t{0} : 0;
        for (const auto byte : content) {
            value = value << 8U | byte;
        }
        return static_cast<std::int64_t>(value);
    }

private:
    Result result_;
    int row_ = -1;
};

// ? is $1, $2, … here.
std::string numbered(const std::string& sql) {
    std::string text;
    int number = 0;
    for (const char character : sql) {
        text += character == '?' ? "$" + std::to_string(++number) : std::string(1, character);
    }
    return text;
}

} // namespace

void Database::Finish::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

Database::Database(const std::string& uri) : connection_(PQconnectdb(uri.c_str())) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
        throw sql::DatabaseError("The job store's server does not let this program in: " +
                                 firstLineOf(PQerrorMessage(connection_.get())) +
                                 ". Check that it runs, and the address, user and database named.");
    }
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    execute("SET client_encoding TO 'UTF8'");
}

void Database::execute(const std::string& sql) {
    require(connection_.get(), PQexec(connection_.get(), sql.c_str()));
}

const std::string& Database::prepared(const std::string& sql) {
    const auto [place, isNew] = prepared_.try_emplace(sql, "s" + std::to_string(prepared_.size()));
    if (isNew) {
        try {
            require(connection_.get(),
                    PQprepare(connection_.get(), place->second.c_str(), numbered(sql).c_str(), 0, nullptr));
        } catch (const sql::DatabaseError&) {
            prepared_.erase(place);
            throw;
        }
    }
    return place->second;
}

std::unique_ptr<sql::Rows> Database::query(const std::string& sql, std::span<const sql::Value> values) {
    const Parameters parameters(values);
    auto result =
        require(connection_.get(),
                PQexecPrepared(connection_.get(), prepared(sql).c_str(), parameters.count(),
                               parameters.values(), parameters.lengths(), parameters.formats(), asBinary));
    const std::string_view changed(PQcmdTuples(result.get()));
    changes_ = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), changes_);
    return std::make_unique<PostgresqlRows>(std::move(result));
}

std::chrono::sys_seconds Database::now() {
    auto row = prepare("SELECT CAST(floor(extract(epoch FROM clock_timestamp())) AS BIGINT)");
    if (!row.step()) {
        throw sql::DatabaseError("The job store's server does not tell the time.");
    }
    return std::chrono::sys_seconds(std::chrono::seconds(row.number(0)));
}

void Database::begin(sql::Access access) {
    switch (access) {
    case sql::Access::Reading:
        return execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    case sql::Access::Writing:
        return execute("BEGIN");
    case sql::Access::MakingTables:
        return beginAlone(1);
    case sql::Access::Importing:
        return beginAlone(3);
    case sql::Access::Assigning:
        return beginAlone(4);
    case sql::Access::MovingStock:
        return beginAlone(5);
    case sql::Access::Deciding:
        return beginAlone(6);
    }
}

// Two numbers name a lock in a database: the job store's, and one for what must not happen twice at once.
void Database::beginAlone(int matter) {
    execute("BEGIN");
    try {
        execute("SELECT pg_advisory_xact_lock(707865, " + std::to_string(matter) + ")");
    } catch (const sql::DatabaseError&) {
        execute("ROLLBACK");
        throw;
    }
}

} // namespace cancuoc::personalization::postgresql
