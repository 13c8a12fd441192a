// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/sqlite_job_store.hpp"

#include "host/base/error.hpp"
#include "personalization/jobs/record_json.hpp"

#include <sqlite3.h>

#include <map>

namespace cancuoc::personalization {

namespace {

constexpr std::int64_t schemaVersion = 1;
constexpr int patienceMilliseconds = 30'000;

// The indexes and triggers hold what must hold whatever the program does: one card in work or good for a
// request, one request for a chip, and an end that stays the end.
constexpr const char* schema = R"sql(
CREATE TABLE requests (
    request_id   TEXT PRIMARY KEY,
    number       TEXT NOT NULL,
    record       TEXT NOT NULL,
    portrait     BLOB NOT NULL,
    left_index   BLOB NOT NULL,
    right_index  BLOB NOT NULL,
    digest       BLOB NOT NULL,
    state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
                 ('waiting','claimed','loading','loaded','verified','good','rejected','quarantined')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    reason       TEXT NOT NULL DEFAULT '',
    position     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_request_for_a_citizen ON requests(number) WHERE state <> 'rejected';
CREATE INDEX requests_in_line ON requests(attempts = 0, position) WHERE state = 'waiting';
CREATE INDEX requests_by_state ON requests(state);
CREATE TRIGGER good_requests_stay BEFORE UPDATE OF state ON requests
    WHEN OLD.state = 'good' AND NEW.state <> 'good'
    BEGIN SELECT RAISE(ABORT, 'a good card is the end of its request'); END;

CREATE TABLE chips (
    serial       TEXT PRIMARY KEY,
    state        TEXT NOT NULL CHECK (state IN
                 ('received','loading','loaded','verified','good','spoiled','returned','quarantined')),
    request_id   TEXT REFERENCES requests(request_id),
    is_volatile  INTEGER NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    CHECK (request_id IS NOT NULL OR state IN ('received','returned','spoiled'))
) STRICT;
CREATE UNIQUE INDEX one_card_for_a_request ON chips(request_id)
    WHERE state IN ('loading','loaded','verified','good','quarantined');
CREATE INDEX chips_by_state ON chips(state);
CREATE TRIGGER one_request_for_a_chip BEFORE UPDATE OF request_id ON chips
    WHEN OLD.request_id IS NOT NULL AND NEW.request_id IS NOT OLD.request_id AND NEW.state <> 'returned'
    BEGIN SELECT RAISE(ABORT, 'a chip belongs to one request'); END;
CREATE TRIGGER decided_chips_stay BEFORE UPDATE OF state ON chips
    WHEN OLD.state IN ('good','spoiled') AND NEW.state <> OLD.state
    BEGIN SELECT RAISE(ABORT, 'a good or spoiled chip stays so'); END;

CREATE TABLE chip_files (
    serial           TEXT NOT NULL REFERENCES chips(serial),
    file_identifier  INTEGER NOT NULL,
    content          BLOB NOT NULL,
    PRIMARY KEY (serial, file_identifier)
) STRICT;
CREATE TABLE steps (
    id            INTEGER PRIMARY KEY,
    serial        TEXT NOT NULL REFERENCES chips(serial),
    step          TEXT NOT NULL,
    microseconds  INTEGER NOT NULL
) STRICT;
CREATE INDEX steps_of_chip ON steps(serial);
CREATE TABLE events (
    id          INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    event       TEXT NOT NULL,
    request_id  TEXT NOT NULL,
    serial      TEXT NOT NULL,
    detail      TEXT NOT NULL
) STRICT;
CREATE TABLE runs (
    id            INTEGER PRIMARY KEY,
    good          INTEGER NOT NULL,
    microseconds  INTEGER NOT NULL
) STRICT;
)sql";

/// Holds a second, empty database in a write transaction for as long as a run lasts. The operating system
/// ends the transaction with the process.
class SqliteRunLock final : public RunLock {
public:
    explicit SqliteRunLock(const std::filesystem::path& file) : database_(file, 0), transaction_(database_) {}

private:
    sqlite::Database database_;
    sqlite::Transaction transaction_;
};

JobState requestStateFor(ChipState chip) {
    switch (chip) {
    case ChipState::Loaded:
        return JobState::Loaded;
    case ChipState::Verified:
        return JobState::Verified;
    case ChipState::Good:
        return JobState::Good;
    default:
        throw BadConfiguration("A chip advances to loaded, verified and good only.");
    }
}

/// Whether a chip may move from one state to the other without a person. A chip found again has been looked
/// at anew, so that it goes on at any step.
bool mayAdvance(ChipState from, ChipState to) {
    return from == ChipState::Quarantined || (from == ChipState::Loading && to == ChipState::Loaded) ||
           (from == ChipState::Loaded && to == ChipState::Verified) ||
           (from == ChipState::Verified && to == ChipState::Good);
}

} // namespace

SqliteJobStore::SqliteJobStore(const std::filesystem::path& file, Clock clock)
    : file_(file), clock_(std::move(clock)), database_(file, patienceMilliseconds) {
    database_.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    prepareSchema();
}

void SqliteJobStore::prepareSchema() {
    sqlite::Transaction transaction(database_);
    const auto single = [this](const char* sql) {
        auto statement = database_.prepare(sql);
        return statement.step() ? statement.number(0) : 0;
    };
    const std::int64_t version = single("PRAGMA user_version");
    if (version == 0 && single("SELECT count(*) FROM sqlite_schema") == 0) {
        database_.execute(schema);
        database_.execute("PRAGMA user_version = " + std::to_string(schemaVersion));
    } else if (version != schemaVersion) {
        throw BadConfiguration("The file " + file_.string() + " is no job store of version " +
                               std::to_string(schemaVersion) +
                               ". Name another file, or use the program that made this one.");
    }
    transaction.commit();
}

std::unique_ptr<RunLock> SqliteJobStore::lockForRun() {
    std::filesystem::path lock = file_;
    lock += "-run";
    try {
        return std::make_unique<SqliteRunLock>(lock);
    } catch (const sqlite::SqliteError& error) {
        if (error.code() != SQLITE_BUSY) {
            throw;
        }
        throw BadConfiguration("Another run works on the job store " + file_.string() +
                               ". Wait for its end, or stop it.");
    }
}

std::vector<ImportOutcome> SqliteJobStore::import(std::span<const Submission> submissions) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    std::vector<ImportOutcome> outcomes;
    outcomes.reserve(submissions.size());
    for (const Submission& submission : submissions) {
        outcomes.push_back(importOne(submission));
    }
    transaction.commit();
    return outcomes;
}

ImportOutcome SqliteJobStore::importOne(const Submission& submission) {
    const CitizenRecord& record = submission.record;
    const Pictures& pictures = submission.pictures;
    const Bytes digest = contentDigest(record, pictures);
    auto same = database_.prepare("SELECT digest FROM requests WHERE request_id = ?");
    if (same.bind(record.requestId).step()) {
        return same.bytes(0) == digest ? ImportOutcome::AlreadyThere : ImportOutcome::OtherDataUnderId;
    }
    auto other = database_.prepare("SELECT 1 FROM requests WHERE number = ? AND state <> 'rejected'");
    if (other.bind(record.number).step()) {
        return ImportOutcome::NumberOfOtherRequest;
    }
    database_
        .prepare(
            "INSERT INTO requests (request_id, number, record, portrait, left_index, right_index, digest, "
            "position) VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT count(*) FROM requests))")
        .bind(record.requestId)
        .bind(record.number)
        .bind(toJson(record))
        .bind(pictures.portrait)
        .bind(pictures.leftIndex)
        .bind(pictures.rightIndex)
        .bind(digest)
        .run();
    note("imported", record.requestId, "", "");
    return ImportOutcome::Added;
}

std::optional<Job> SqliteJobStore::claim(std::string_view station) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    auto next = database_.prepare(
        "SELECT request_id FROM requests WHERE state = 'waiting' ORDER BY attempts = 0, position LIMIT 1");
    if (!next.step()) {
        return std::nullopt;
    }
    const std::string requestId = next.text(0);
    moveRequest(requestId, JobState::Waiting, JobState::Claimed, "");
    note("claimed", requestId, "", station);
    Job claimed = job(requestId);
    transaction.commit();
    return claimed;
}

Job SqliteJobStore::job(std::string_view requestId) {
    auto row = database_.prepare(
        "SELECT record, portrait, left_index, right_index, attempts FROM requests WHERE request_id = ?");
    if (!row.bind(requestId).step()) {
        throw BadConfiguration("The job store has no such request.");
    }
    return {recordFromJson(row.text(0)),
            {row.bytes(1), row.bytes(2), row.bytes(3)},
            static_cast<int>(row.number(4)) + 1};
}

void SqliteJobStore::release(std::string_view requestId) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    moveRequest(requestId, JobState::Claimed, JobState::Waiting, "");
    note("released", requestId, "", "");
    transaction.commit();
}

void SqliteJobStore::releaseAll() {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    database_.execute("UPDATE requests SET state = 'waiting' WHERE state = 'claimed'");
    transaction.commit();
}

void SqliteJobStore::rejectClaimed(std::string_view requestId, std::string_view reason) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    moveRequest(requestId, JobState::Claimed, JobState::Rejected, reason);
    note("rejected", requestId, "", reason);
    transaction.commit();
}

void SqliteJobStore::receiveBlank(std::string_view serial, bool isVolatile, std::string_view station) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    database_
        .prepare("INSERT INTO chips (serial, state, is_volatile) VALUES (?, 'received', ?) ON CONFLICT "
                 "(serial) DO "
                 "UPDATE SET state = 'received', reason = '' WHERE state IN ('received', 'returned')")
        .bind(serial)
        .bind(isVolatile ? 1 : 0)
        .run();
    if (database_.changes() == 0) {
        throw BadConfiguration("The chip " + std::string(serial) +
                               " was used before. Put it with the used cards and take a blank.");
    }
    note("received", "", serial, station);
    transaction.commit();
}

void SqliteJobStore::returnBlank(std::string_view serial) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    database_.prepare("UPDATE chips SET state = 'returned' WHERE serial = ? AND state = 'received'")
        .bind(serial)
        .run();
    note("returned", "", serial, "");
    transaction.commit();
}

void SqliteJobStore::settleReceivedBlanks() {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    database_.execute("UPDATE chips SET state = iif(is_volatile, 'spoiled', 'returned'), reason = "
                      "iif(is_volatile, 'its memory ended with the run', '') WHERE state = 'received'");
    transaction.commit();
}

void SqliteJobStore::beginLoading(std::string_view requestId, std::string_view serial,
                                  const ChipFiles& files) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    moveRequest(requestId, JobState::Claimed, JobState::Loading, "");
    database_.prepare("UPDATE requests SET attempts = attempts + 1 WHERE request_id = ?")
        .bind(requestId)
        .run();
    database_
        .prepare("UPDATE chips SET state = 'loading', request_id = ? WHERE serial = ? AND state = 'received'")
        .bind(requestId)
        .bind(serial)
        .run();
    if (database_.changes() != 1) {
        throw BadConfiguration("The chip " + std::string(serial) + " is no blank of this line.");
    }
    for (const auto& [file, content] : files) {
        database_.prepare("INSERT INTO chip_files (serial, file_identifier, content) VALUES (?, ?, ?)")
            .bind(serial)
            .bind(static_cast<std::int64_t>(file))
            .bind(content)
            .run();
    }
    note("loading", requestId, serial, "");
    transaction.commit();
}

void SqliteJobStore::advance(std::string_view serial, ChipState state) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    const JobState requestState = requestStateFor(state);
    auto row = database_.prepare("SELECT state FROM chips WHERE serial = ?");
    const bool found = row.bind(serial).step();
    const auto from = found ? chipStateOf(row.text(0)) : std::nullopt;
    if (!from || !mayAdvance(*from, state)) {
        throw BadConfiguration("The chip " + std::string(serial) + " is not in a state to become " +
                               std::string(nameOf(state)) + ".");
    }
    const std::string requestId = requestOf(serial);
    setChip(serial, state, "");
    setRequest(requestId, requestState, "");
    if (state == ChipState::Good) {
        forgetFiles(serial);
    }
    note(nameOf(state), requestId, serial, "");
    transaction.commit();
}

void SqliteJobStore::spoil(std::string_view serial, std::string_view reason, int attemptsAllowed) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    const std::string requestId = requestOf(serial);
    auto attempts = database_.prepare("SELECT attempts FROM requests WHERE request_id = ?");
    const bool mayRemake = attempts.bind(requestId).step() && attempts.number(0) < attemptsAllowed;
    setChip(serial, ChipState::Spoiled, reason);
    setRequest(requestId, mayRemake ? JobState::Waiting : JobState::Rejected, reason);
    forgetFiles(serial);
    note("spoiled", requestId, serial, reason);
    transaction.commit();
}

void SqliteJobStore::undoLoading(std::string_view serial, std::string_view reason) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    const std::string requestId = requestOf(serial);
    moveRequest(requestId, JobState::Loading, JobState::Waiting, reason);
    database_.prepare("UPDATE requests SET attempts = attempts - 1 WHERE request_id = ?")
        .bind(requestId)
        .run();
    database_.prepare("UPDATE chips SET state = 'returned', request_id = NULL, reason = ? WHERE serial = ?")
        .bind(reason)
        .bind(serial)
        .run();
    forgetFiles(serial);
    note("returned", requestId, serial, reason);
    transaction.commit();
}

void SqliteJobStore::quarantine(std::string_view serial, std::string_view reason) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    const std::string requestId = requestOf(serial);
    setChip(serial, ChipState::Quarantined, reason);
    setRequest(requestId, JobState::Quarantined, reason);
    note("quarantined", requestId, serial, reason);
    transaction.commit();
}

std::vector<OpenCard> SqliteJobStore::openCards() {
    const std::lock_guard guard(mutex_);
    auto row = database_.prepare("SELECT serial, state, is_volatile, request_id FROM chips WHERE state IN "
                                 "('loading', 'loaded', 'verified', 'quarantined') ORDER BY rowid");
    std::vector<OpenCard> cards;
    while (row.step()) {
        OpenCard card;
        card.serial = row.text(0);
        card.state = chipStateOf(row.text(1)).value_or(ChipState::Quarantined);
        card.isVolatile = row.number(2) != 0;
        card.job = job(row.text(3));
        card.job.attempt -= 1; // this chip has been counted
        card.files = files(card.serial);
        cards.push_back(std::move(card));
    }
    return cards;
}

ChipFiles SqliteJobStore::files(std::string_view serial) {
    auto row = database_.prepare("SELECT file_identifier, content FROM chip_files WHERE serial = ?");
    row.bind(serial);
    ChipFiles files;
    while (row.step()) {
        files.emplace(static_cast<lds::FileId>(row.number(0)), row.bytes(1));
    }
    return files;
}

void SqliteJobStore::recordSteps(std::string_view serial, std::span<const StepTime> steps) {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_);
    for (const StepTime& step : steps) {
        database_.prepare("INSERT INTO steps (serial, step, microseconds) VALUES (?, ?, ?)")
            .bind(serial)
            .bind(step.step)
            .bind(std::int64_t{step.elapsed.count()})
            .run();
    }
    transaction.commit();
}

void SqliteJobStore::recordRun(std::uint64_t goodCards, std::chrono::microseconds elapsed) {
    const std::lock_guard guard(mutex_);
    database_.prepare("INSERT INTO runs (good, microseconds) VALUES (?, ?)")
        .bind(static_cast<std::int64_t>(goodCards))
        .bind(std::int64_t{elapsed.count()})
        .run();
}

Report SqliteJobStore::report() {
    const std::lock_guard guard(mutex_);
    sqlite::Transaction transaction(database_); // one picture of the store, also beside a run
    Report report;
    countRequests(report);
    countBlanks(report.blanks);
    report.cards = chipReports();
    addSteps(report.cards);
    addRejectedRequests(report.cards);
    auto run =
        database_.prepare("SELECT good, microseconds FROM runs WHERE good > 0 ORDER BY id DESC LIMIT 1");
    if (run.step() && run.number(1) > 0) {
        report.cardsPerSecond = static_cast<double>(run.number(0)) * 1e6 / static_cast<double>(run.number(1));
    }
    transaction.commit();
    return report;
}

void SqliteJobStore::countRequests(Report& report) {
    auto row = database_.prepare("SELECT state, count(*) FROM requests GROUP BY state");
    while (row.step()) {
        const auto count = static_cast<std::uint64_t>(row.number(1));
        report.requests += count;
        switch (jobStateOf(row.text(0)).value_or(JobState::Quarantined)) {
        case JobState::Waiting:
            report.waiting += count;
            break;
        case JobState::Good:
            report.good += count;
            break;
        case JobState::Rejected:
            report.rejected += count;
            break;
        case JobState::Quarantined:
            report.quarantined += count;
            break;
        default:
            report.inProcess += count;
        }
    }
}

void SqliteJobStore::countBlanks(BlankCounts& blanks) {
    auto row = database_.prepare("SELECT state, count(*) FROM chips GROUP BY state");
    while (row.step()) {
        const auto count = static_cast<std::uint64_t>(row.number(1));
        blanks.received += count;
        switch (chipStateOf(row.text(0)).value_or(ChipState::Quarantined)) {
        case ChipState::Good:
            blanks.good += count;
            break;
        case ChipState::Spoiled:
            blanks.spoiled += count;
            break;
        case ChipState::Returned:
            blanks.returned += count;
            break;
        default:
            blanks.inProcess += count;
        }
    }
}

std::vector<CardReport> SqliteJobStore::chipReports() {
    auto row =
        database_.prepare("SELECT coalesce(request_id, ''), serial, state, reason FROM chips ORDER BY rowid");
    std::vector<CardReport> cards;
    while (row.step()) {
        cards.push_back({row.text(0), row.text(1), row.text(2), row.text(3), {}});
    }
    return cards;
}

void SqliteJobStore::addSteps(std::vector<CardReport>& cards) {
    std::map<std::string, CardReport*> bySerial;
    for (CardReport& card : cards) {
        bySerial.emplace(card.chipSerial, &card);
    }
    auto row = database_.prepare("SELECT serial, step, microseconds FROM steps ORDER BY id");
    while (row.step()) {
        bySerial.at(row.text(0))
            ->milliseconds.emplace_back(row.text(1), static_cast<double>(row.number(2)) / 1000.0);
    }
}

void SqliteJobStore::addRejectedRequests(std::vector<CardReport>& cards) {
    auto row = database_.prepare(
        "SELECT request_id, reason FROM requests WHERE state = 'rejected' ORDER BY position");
    while (row.step()) {
        cards.push_back({row.text(0), "", std::string(nameOf(JobState::Rejected)), row.text(1), {}});
    }
}

std::string SqliteJobStore::requestOf(std::string_view serial) {
    auto row = database_.prepare("SELECT request_id FROM chips WHERE serial = ? AND request_id IS NOT NULL");
    if (!row.bind(serial).step()) {
        throw BadConfiguration("The chip " + std::string(serial) + " was not taken for any request.");
    }
    return row.text(0);
}

void SqliteJobStore::moveRequest(std::string_view requestId, JobState from, JobState to,
                                 std::string_view reason) {
    database_.prepare("UPDATE requests SET state = ?, reason = ? WHERE request_id = ? AND state = ?")
        .bind(nameOf(to))
        .bind(reason)
        .bind(requestId)
        .bind(nameOf(from))
        .run();
    if (database_.changes() != 1) {
        throw BadConfiguration("The request " + std::string(requestId) + " is not " +
                               std::string(nameOf(from)) + ".");
    }
}

void SqliteJobStore::setRequest(std::string_view requestId, JobState state, std::string_view reason) {
    database_.prepare("UPDATE requests SET state = ?, reason = ? WHERE request_id = ?")
        .bind(nameOf(state))
        .bind(reason)
        .bind(requestId)
        .run();
}

void SqliteJobStore::setChip(std::string_view serial, ChipState state, std::string_view reason) {
    database_.prepare("UPDATE chips SET state = ?, reason = ? WHERE serial = ?")
        .bind(nameOf(state))
        .bind(reason)
        .bind(serial)
        .run();
}

void SqliteJobStore::forgetFiles(std::string_view serial) {
    database_.prepare("DELETE FROM chip_files WHERE serial = ?").bind(serial).run();
}

void SqliteJobStore::note(std::string_view event, std::string_view requestId, std::string_view serial,
                          std::string_view detail) {
    database_.prepare("INSERT INTO events (at, event, request_id, serial, detail) VALUES (?, ?, ?, ?, ?)")
        .bind(std::int64_t{clock_().time_since_epoch().count()})
        .bind(event)
        .bind(requestId)
        .bind(serial)
        .bind(detail)
        .run();
}

} // namespace cancuoc::personalization
