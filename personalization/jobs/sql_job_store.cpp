// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/sql_job_store.hpp"

#include "host/base/error.hpp"
#include "personalization/jobs/record_json.hpp"
#include "personalization/jobs/report_queries.hpp"

namespace cancuoc::personalization {

namespace {

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

SqlJobStore::SqlJobStore(std::unique_ptr<sql::Database> database, Clock clock)
    : database_(std::move(database)), clock_(std::move(clock)) {}

std::vector<ImportOutcome> SqlJobStore::import(std::span<const Submission> submissions) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    std::vector<ImportOutcome> outcomes;
    outcomes.reserve(submissions.size());
    for (const Submission& submission : submissions) {
        outcomes.push_back(importOne(submission));
    }
    transaction.commit();
    return outcomes;
}

ImportOutcome SqlJobStore::importOne(const Submission& submission) {
    const CitizenRecord& record = submission.record;
    const Pictures& pictures = submission.pictures;
    const Bytes digest = contentDigest(record, pictures);
    auto same = database_->prepare("SELECT digest FROM requests WHERE request_id = ?");
    if (same.bind(record.requestId).step()) {
        return same.bytes(0) == digest ? ImportOutcome::AlreadyThere : ImportOutcome::OtherDataUnderId;
    }
    auto other = database_->prepare("SELECT 1 FROM requests WHERE number = ? AND state <> 'rejected'");
    if (other.bind(record.number).step()) {
        return ImportOutcome::NumberOfOtherRequest;
    }
    database_
        ->prepare(
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

std::optional<Job> SqlJobStore::claim(std::string_view station) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    auto next = database_->prepare(
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

Job SqlJobStore::job(std::string_view requestId) {
    auto row = database_->prepare(
        "SELECT record, portrait, left_index, right_index, attempts FROM requests WHERE request_id = ?");
    if (!row.bind(requestId).step()) {
        throw BadConfiguration("The job store has no such request.");
    }
    return {recordFromJson(row.text(0)),
            {row.bytes(1), row.bytes(2), row.bytes(3)},
            static_cast<int>(row.number(4)) + 1};
}

void SqlJobStore::release(std::string_view requestId) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    moveRequest(requestId, JobState::Claimed, JobState::Waiting, "");
    note("released", requestId, "", "");
    transaction.commit();
}

void SqlJobStore::releaseAll() {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    database_->execute("UPDATE requests SET state = 'waiting' WHERE state = 'claimed'");
    transaction.commit();
}

void SqlJobStore::rejectClaimed(std::string_view requestId, std::string_view reason) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    moveRequest(requestId, JobState::Claimed, JobState::Rejected, reason);
    note("rejected", requestId, "", reason);
    transaction.commit();
}

void SqlJobStore::receiveBlank(std::string_view serial, bool isVolatile, std::string_view station) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    database_
        ->prepare("INSERT INTO chips (serial, state, is_volatile, position) "
                  "VALUES (?, 'received', ?, (SELECT count(*) FROM chips)) ON CONFLICT (serial) DO "
                  "UPDATE SET state = 'received', reason = '' WHERE chips.state IN ('received', 'returned')")
        .bind(serial)
        .bind(isVolatile ? 1 : 0)
        .run();
    if (database_->changes() == 0) {
        throw BadConfiguration("The chip " + std::string(serial) +
                               " was used before. Put it with the used cards and take a blank.");
    }
    note("received", "", serial, station);
    transaction.commit();
}

void SqlJobStore::returnBlank(std::string_view serial) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    database_->prepare("UPDATE chips SET state = 'returned' WHERE serial = ? AND state = 'received'")
        .bind(serial)
        .run();
    note("returned", "", serial, "");
    transaction.commit();
}

void SqlJobStore::settleReceivedBlanks() {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    database_->execute(
        "UPDATE chips SET state = CASE is_volatile WHEN 0 THEN 'returned' ELSE 'spoiled' END, reason = CASE "
        "is_volatile WHEN 0 THEN '' ELSE 'its memory ended with the run' END WHERE state = 'received'");
    transaction.commit();
}

void SqlJobStore::beginLoading(std::string_view requestId, std::string_view serial, const ChipFiles& files) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    moveRequest(requestId, JobState::Claimed, JobState::Loading, "");
    database_->prepare("UPDATE requests SET attempts = attempts + 1 WHERE request_id = ?")
        .bind(requestId)
        .run();
    database_
        ->prepare(
            "UPDATE chips SET state = 'loading', request_id = ? WHERE serial = ? AND state = 'received'")
        .bind(requestId)
        .bind(serial)
        .run();
    if (database_->changes() != 1) {
        throw BadConfiguration("The chip " + std::string(serial) + " is no blank of this line.");
    }
    for (const auto& [file, content] : files) {
        database_->prepare("INSERT INTO chip_files (serial, file_identifier, content) VALUES (?, ?, ?)")
            .bind(serial)
            .bind(static_cast<std::int64_t>(file))
            .bind(content)
            .run();
    }
    note("loading", requestId, serial, "");
    transaction.commit();
}

void SqlJobStore::advance(std::string_view serial, ChipState state) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const JobState requestState = requestStateFor(state);
    auto row = database_->prepare("SELECT state FROM chips WHERE serial = ?");
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

void SqlJobStore::spoil(std::string_view serial, std::string_view reason, int attemptsAllowed) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const std::string requestId = requestOf(serial);
    auto attempts = database_->prepare("SELECT attempts FROM requests WHERE request_id = ?");
    const bool mayRemake = attempts.bind(requestId).step() && attempts.number(0) < attemptsAllowed;
    setChip(serial, ChipState::Spoiled, reason);
    setRequest(requestId, mayRemake ? JobState::Waiting : JobState::Rejected, reason);
    forgetFiles(serial);
    note("spoiled", requestId, serial, reason);
    transaction.commit();
}

void SqlJobStore::undoLoading(std::string_view serial, std::string_view reason) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const std::string requestId = requestOf(serial);
    moveRequest(requestId, JobState::Loading, JobState::Waiting, reason);
    database_->prepare("UPDATE requests SET attempts = attempts - 1 WHERE request_id = ?")
        .bind(requestId)
        .run();
    database_->prepare("UPDATE chips SET state = 'returned', request_id = NULL, reason = ? WHERE serial = ?")
        .bind(reason)
        .bind(serial)
        .run();
    forgetFiles(serial);
    note("returned", requestId, serial, reason);
    transaction.commit();
}

void SqlJobStore::quarantine(std::string_view serial, std::string_view reason) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const std::string requestId = requestOf(serial);
    setChip(serial, ChipState::Quarantined, reason);
    setRequest(requestId, JobState::Quarantined, reason);
    note("quarantined", requestId, serial, reason);
    transaction.commit();
}

std::vector<OpenCard> SqlJobStore::openCards() {
    const std::lock_guard guard(mutex_);
    auto row = database_->prepare("SELECT serial, state, is_volatile, request_id FROM chips WHERE state IN "
                                  "('loading', 'loaded', 'verified', 'quarantined') ORDER BY position");
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

ChipFiles SqlJobStore::files(std::string_view serial) {
    auto row = database_->prepare("SELECT file_identifier, content FROM chip_files WHERE serial = ?");
    row.bind(serial);
    ChipFiles files;
    while (row.step()) {
        files.emplace(static_cast<lds::FileId>(row.number(0)), row.bytes(1));
    }
    return files;
}

void SqlJobStore::recordSteps(std::string_view serial, std::span<const StepTime> steps) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    for (const StepTime& step : steps) {
        database_->prepare("INSERT INTO steps (serial, step, microseconds) VALUES (?, ?, ?)")
            .bind(serial)
            .bind(step.step)
            .bind(std::int64_t{step.elapsed.count()})
            .run();
    }
    transaction.commit();
}

void SqlJobStore::recordRun(std::uint64_t goodCards, std::chrono::microseconds elapsed) {
    const std::lock_guard guard(mutex_);
    database_->prepare("INSERT INTO runs (good, microseconds) VALUES (?, ?)")
        .bind(static_cast<std::int64_t>(goodCards))
        .bind(std::int64_t{elapsed.count()})
        .run();
}

Report SqlJobStore::report() {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_); // one picture of the store, also beside a run
    Report report = readReport(*database_);
    transaction.commit();
    return report;
}

std::string SqlJobStore::requestOf(std::string_view serial) {
    auto row = database_->prepare("SELECT request_id FROM chips WHERE serial = ? AND request_id IS NOT NULL");
    if (!row.bind(serial).step()) {
        throw BadConfiguration("The chip " + std::string(serial) + " was not taken for any request.");
    }
    return row.text(0);
}

void SqlJobStore::moveRequest(std::string_view requestId, JobState from, JobState to,
                              std::string_view reason) {
    database_->prepare("UPDATE requests SET state = ?, reason = ? WHERE request_id = ? AND state = ?")
        .bind(nameOf(to))
        .bind(reason)
        .bind(requestId)
        .bind(nameOf(from))
        .run();
    if (database_->changes() != 1) {
        throw BadConfiguration("The request " + std::string(requestId) + " is not " +
                               std::string(nameOf(from)) + ".");
    }
}

void SqlJobStore::setRequest(std::string_view requestId, JobState state, std::string_view reason) {
    database_->prepare("UPDATE requests SET state = ?, reason = ? WHERE request_id = ?")
        .bind(nameOf(state))
        .bind(reason)
        .bind(requestId)
        .run();
}

void SqlJobStore::setChip(std::string_view serial, ChipState state, std::string_view reason) {
    database_->prepare("UPDATE chips SET state = ?, reason = ? WHERE serial = ?")
        .bind(nameOf(state))
        .bind(reason)
        .bind(serial)
        .run();
}

void SqlJobStore::forgetFiles(std::string_view serial) {
    database_->prepare("DELETE FROM chip_files WHERE serial = ?").bind(serial).run();
}

void SqlJobStore::note(std::string_view event, std::string_view requestId, std::string_view serial,
                       std::string_view detail) {
    database_->prepare("INSERT INTO events (at, event, request_id, serial, detail) VALUES (?, ?, ?, ?, ?)")
        .bind(std::int64_t{clock_().time_since_epoch().count()})
        .bind(event)
        .bind(requestId)
        .bind(serial)
        .bind(detail)
        .run();
}

} // namespace cancuoc::personalization
