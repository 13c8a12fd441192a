// SPDX-License-Identifier: Apache-2.0
#include "personalization/numbers/number_register.hpp"

#include "host/base/secret_key_file.hpp"
#include "host/crypto/mac.hpp"
#include "personalization/intake/identification_number.hpp"
#include "personalization/numbers/decimal_permutation.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::int64_t schemaVersion = 1;
constexpr int patienceMilliseconds = 30'000;
constexpr std::size_t keySize = 32;
constexpr std::size_t longestText = 200;
constexpr unsigned serialDigits = 6;
constexpr std::size_t numbersAtOnce = 10'000; // of one INSERT

// A number is its own row id: looking it up is one walk down one tree, without an index beside it. A row is
// about 20 bytes. The triggers hold what must hold whatever the program does: what was issued stays issued,
// what was cancelled stays cancelled, no counter goes back, and no trail is changed.
constexpr const char* schema = R"sql(
CREATE TABLE numbers (
    number     INTEGER PRIMARY KEY CHECK (number BETWEEN 0 AND 999999999999),
    at         INTEGER NOT NULL,
    clerk      INTEGER NOT NULL REFERENCES clerks(id),
    cancelled  INTEGER NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1))
) STRICT;
CREATE TABLE prefixes (
    prefix  TEXT PRIMARY KEY,
    next    INTEGER NOT NULL CHECK (next BETWEEN 0 AND 1000000)
) STRICT;
CREATE TABLE clerks (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE trail (
    id      INTEGER PRIMARY KEY,
    number  INTEGER NOT NULL REFERENCES numbers(number),
    at      INTEGER NOT NULL,
    what    TEXT NOT NULL,
    clerk   INTEGER NOT NULL REFERENCES clerks(id),
    reason  TEXT NOT NULL,
    other   TEXT NOT NULL
) STRICT;
CREATE INDEX trail_of_number ON trail(number);
CREATE TABLE key_check (
    value  TEXT NOT NULL
) STRICT;
CREATE TRIGGER issued_numbers_stay BEFORE DELETE ON numbers
    BEGIN SELECT RAISE(ABORT, 'an issued number stays in the register'); END;
CREATE TRIGGER issued_numbers_do_not_change BEFORE UPDATE OF number, at, clerk ON numbers
    BEGIN SELECT RAISE(ABORT, 'an issued number does not change'); END;
CREATE TRIGGER cancelled_numbers_stay BEFORE UPDATE OF cancelled ON numbers WHEN OLD.cancelled = 1
    BEGIN SELECT RAISE(ABORT, 'a cancelled number stays cancelled'); END;
CREATE TRIGGER counters_go_on BEFORE UPDATE OF next ON prefixes WHEN NEW.next < OLD.next
    BEGIN SELECT RAISE(ABORT, 'a counter does not go back'); END;
CREATE TRIGGER counters_stay BEFORE DELETE ON prefixes
    BEGIN SELECT RAISE(ABORT, 'a counter stays'); END;
CREATE TRIGGER trails_stay BEFORE DELETE ON trail
    BEGIN SELECT RAISE(ABORT, 'a trail stays'); END;
CREATE TRIGGER trails_do_not_change BEFORE UPDATE ON trail
    BEGIN SELECT RAISE(ABORT, 'a trail does not change'); END;
)sql";

constexpr const char* lookUp = "SELECT cancelled, at, clerk FROM numbers WHERE number = ?";

std::filesystem::path keyFileOf(const std::filesystem::path& file) {
    auto key = file;
    key += ".key";
    return key;
}

std::int64_t valueOf(std::string_view number) {
    if (!IdentificationNumber::isWellFormed(number)) {
        throw BadConfiguration("A personal identification number has 12 digits.");
    }
    return std::stoll(std::string(number));
}

std::chrono::sys_seconds momentOf(std::int64_t seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

void requireText(std::string_view text, const char* name) {
    if (text.empty() || text.size() > longestText) {
        throw BadConfiguration(std::string("Say ") + name + ", in 1 to 200 bytes: it goes into the trail.");
    }
}

/// Tells keys apart without telling anything about them.
std::string checkValueOf(const SecretBytes& key) {
    return toHex(aesCmac(key.view(), viewOf("key check value of a number register")));
}

[[noreturn]] void refuseExhausted(const NumberPrefix& prefix, std::uint64_t left, std::uint64_t count) {
    throw NumbersExhausted(
        "The prefix " + prefix.text() + " has " + std::to_string(left) + " of its " +
        std::to_string(NumberPrefix::capacity) + " numbers left, and " + std::to_string(count) +
        " were asked for; nothing was allocated. Have another code assigned to the place.");
}

} // namespace

NumberRegister::NumberRegister(const std::filesystem::path& file, Clock clock, RandomSource& random)
    : file_(file), clock_(std::move(clock)), database_(file, patienceMilliseconds) {
    database_.keepDurably();
    prepare(random);
}

void NumberRegister::prepare(RandomSource& random) {
    sql::Transaction transaction(database_);
    const std::int64_t version = database_.schemaVersion();
    if (version == 0 && database_.isEmpty()) {
        makeSchema(random);
    } else if (version != schemaVersion || !hasTable("numbers")) {
        throw BadConfiguration("The file " + file_.string() + " is no register of numbers of version " +
                               std::to_string(schemaVersion) +
                               ". Name another file, or use the program that made this one.");
    }
    loadKey();
    transaction.commit();
}

// Within the transaction that makes the register, so that nobody else makes another key meanwhile. A key that
// is there without a register is one whose register was never finished, and is used.
void NumberRegister::makeSchema(RandomSource& random) {
    const auto file = keyFileOf(file_);
    if (!std::filesystem::exists(file)) {
        makeSecretKeyFile(file, keySize, random);
    }
    loadKey();
    database_.execute(schema);
    database_.prepare("INSERT INTO key_check (value) VALUES (?)").bind(checkValueOf(key_)).run();
    database_.setSchemaVersion(schemaVersion);
}

bool NumberRegister::hasTable(std::string_view name) {
    return database_.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").bind(name).step();
}

void NumberRegister::loadKey() {
    const auto file = keyFileOf(file_);
    if (!std::filesystem::exists(file)) {
        throw BadConfiguration("The key of the register, " + file.string() +
                               ", is missing. Bring it back: without it numbers would repeat.");
    }
    auto key = readSecretKeyFile(file, keySize);
    bool isRight = key.has_value();
    if (isRight && hasTable("key_check")) {
        auto value = database_.prepare("SELECT value FROM key_check");
        isRight = value.step() && value.text(0) == checkValueOf(*key);
    }
    if (!isRight) {
        throw BadConfiguration("The file " + file.string() +
                               " does not hold the key of this register. Bring that one back: under another "
                               "one numbers would repeat.");
    }
    key_ = *std::move(key);
}

Allocation NumberRegister::allocate(const NumberPrefix& prefix, std::uint64_t count, std::string_view who) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(database_);
    Allocation allocation = allocateWithin(prefix, count, who);
    transaction.commit();
    return allocation;
}

Allocation NumberRegister::allocateWithin(const NumberPrefix& prefix, std::uint64_t count,
                                          std::string_view who) {
    if (count == 0) {
        throw BadConfiguration("Ask for one number at least.");
    }
    database_.prepare("INSERT OR IGNORE INTO prefixes (prefix, next) VALUES (?, 0)")
        .bind(prefix.text())
        .run();
    auto counter = database_.prepare("SELECT next FROM prefixes WHERE prefix = ?");
    static_cast<void>(counter.bind(prefix.text()).step());
    const auto next = static_cast<std::uint64_t>(counter.number(0));
    const std::uint64_t left = NumberPrefix::capacity - next;
    if (count > left) {
        refuseExhausted(prefix, left, count);
    }
    DecimalPermutation permutation(key_.view(), viewOf(prefix.text()), serialDigits);
    Allocation allocation{{}, left - count};
    allocation.numbers.reserve(count);
    const std::int64_t answerable = clerk(who);
    while (allocation.numbers.size() < count) {
        std::string values;
        for (std::size_t index = 0; index < numbersAtOnce && allocation.numbers.size() < count; ++index) {
            allocation.numbers.push_back(prefix.number(permutation.apply(next + allocation.numbers.size())));
            values += (values.empty() ? "[" : ",") + std::to_string(valueOf(allocation.numbers.back()));
        }
        database_.prepare("INSERT INTO numbers (number, at, clerk) SELECT value, ?, ? FROM json_each(?)")
            .bind(now())
            .bind(answerable)
            .bind(values + "]")
            .run();
    }
    database_.prepare("UPDATE prefixes SET next = ? WHERE prefix = ?")
        .bind(static_cast<std::int64_t>(next + count))
        .bind(prefix.text())
        .run();
    return allocation;
}

void NumberRegister::cancel(std::string_view number, std::string_view reason, std::string_view who) {
    requireText(reason, "why");
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(database_);
    cancelWithin(number);
    note(number, "cancelled", who, reason, "");
    transaction.commit();
}

void NumberRegister::cancelWithin(std::string_view number) {
    database_.prepare("UPDATE numbers SET cancelled = 1 WHERE number = ? AND cancelled = 0")
        .bind(valueOf(number))
        .run();
    if (database_.changes() != 1) {
        throw BadConfiguration("The register has no such number that is in use. Look it up first.");
    }
}

Allocation NumberRegister::setAgain(std::string_view number, const NumberPrefix& prefix,
                                    std::string_view reason, std::string_view who) {
    requireText(reason, "why");
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(database_);
    cancelWithin(number);
    Allocation allocation = allocateWithin(prefix, 1, who);
    note(number, "set-again", who, reason, allocation.numbers.front());
    note(allocation.numbers.front(), "set-again", who, reason, number);
    transaction.commit();
    return allocation;
}

std::optional<RegisteredNumber> NumberRegister::find(std::string_view number) {
    const std::lock_guard guard(mutex_);
    const std::int64_t value = valueOf(number);
    auto row = database_.prepare("SELECT cancelled, at, name FROM numbers JOIN clerks ON clerks.id = clerk "
                                 "WHERE number = ?");
    if (!row.bind(value).step()) {
        return std::nullopt;
    }
    RegisteredNumber found{std::string(number), row.number(0) == 1, {}};
    found.trail.push_back({momentOf(row.number(1)), "allocated", row.text(2), "", ""});
    auto trail = database_.prepare("SELECT at, what, name, reason, other FROM trail JOIN clerks ON "
                                   "clerks.id = clerk WHERE number = ? ORDER BY trail.id");
    trail.bind(value);
    while (trail.step()) {
        found.trail.push_back(
            {momentOf(trail.number(0)), trail.text(1), trail.text(2), trail.text(3), trail.text(4)});
    }
    return found;
}

bool NumberRegister::isIssued(std::string_view number) {
    const std::lock_guard guard(mutex_);
    return database_.prepare(lookUp).bind(valueOf(number)).step();
}

std::string NumberRegister::lookUpPlan() {
    const std::lock_guard guard(mutex_);
    auto plan = database_.prepare(std::string("EXPLAIN QUERY PLAN ") + lookUp);
    plan.bind(std::int64_t{0});
    std::string steps;
    while (plan.step()) {
        steps += plan.text(3) + "\n";
    }
    return steps;
}

void NumberRegister::note(std::string_view number, std::string_view what, std::string_view who,
                          std::string_view reason, std::string_view other) {
    database_.prepare("INSERT INTO trail (number, at, what, clerk, reason, other) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(valueOf(number))
        .bind(now())
        .bind(what)
        .bind(clerk(who))
        .bind(reason)
        .bind(other)
        .run();
}

std::int64_t NumberRegister::clerk(std::string_view who) {
    requireText(who, "who is answerable");
    database_.prepare("INSERT OR IGNORE INTO clerks (name) VALUES (?)").bind(who).run();
    auto row = database_.prepare("SELECT id FROM clerks WHERE name = ?");
    static_cast<void>(row.bind(who).step());
    return row.number(0);
}

std::int64_t NumberRegister::now() const {
    return clock_().time_since_epoch().count();
}

} // namespace cancuoc::personalization
