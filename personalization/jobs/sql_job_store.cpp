// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/sql_job_store.hpp"

#include "host/base/error.hpp"
#include "personalization/jobs/order_priorities.hpp"
#include "personalization/jobs/record_json.hpp"
#include "personalization/jobs/report_queries.hpp"
#include "personalization/jobs/stock_queries.hpp"

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

SqlJobStore::SqlJobStore(std::shared_ptr<sql::Database> database, Clock clock)
    : database_(std::move(database)), clock_(std::move(clock)), workers_(*database_), payload_(*database_) {}

bool SqlJobStore::isProtected() {
    const std::lock_guard guard(mutex_);
    return payload_.isProtected();
}

void SqlJobStore::protect(const SecretBytes& key, RandomSource& random) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Importing);
    payload_.protect(key, random);
    transaction.commit();
}

WorkerId SqlJobStore::enlist(const Worker& worker) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Assigning);
    const auto now = clock_();
    workers_.endExpired(now);
    workers_.endDead(worker);
    workers_.giveBackUnheld(now, worker.shift);
    const WorkerId id = workers_.add(worker, now);
    transaction.commit();
    return id;
}

void SqlJobStore::heartbeat(WorkerId worker) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Assigning);
    const auto now = clock_();
    workers_.renew(worker, now);
    workers_.endExpired(now);
    workers_.giveBackUnheld(now, workers_.shiftOf(worker));
    transaction.commit();
}

void SqlJobStore::signOff(WorkerId worker) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Assigning);
    workers_.end(worker);
    workers_.giveBackUnheld(clock_(), workers_.shiftOf(worker));
    transaction.commit();
}

std::vector<ImportOutcome> SqlJobStore::import(std::span<const Submission> submissions,
                                               std::string_view order) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Importing);
    std::vector<ImportOutcome> outcomes;
    outcomes.reserve(submissions.size());
    for (const Submission& submission : submissions) {
        outcomes.push_back(importOne(submission, order));
    }
    transaction.commit();
    return outcomes;
}

ImportOutcome SqlJobStore::importOne(const Submission& submission, std::string_view order) {
    const CitizenRecord& record = submission.record;
    const Pictures& pictures = submission.pictures;
    const Bytes digest = contentDigest(record, pictures);
    auto same = database_->prepare("SELECT digest FROM requests WHERE request_id = ?");
    if (same.bind(record.requestId).step()) {
        return same.bytes(0) == digest ? ImportOutcome::AlreadyThere : ImportOutcome::OtherDataUnderId;
    }
    auto other = database_->prepare("SELECT 1 FROM requests WHERE number = ? AND state <> 'rejected'");
    if (other.bind(payload_.numberFor(record.number)).step()) {
        return ImportOutcome::NumberOfOtherRequest;
    }
    payload_.addRequest(submission, digest, order);
    note("imported", record.requestId, "", "", nobody);
    return ImportOutcome::Added;
}

std::optional<Job> SqlJobStore::claim(WorkerId worker, std::string_view station) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    workers_.requireAtWork(worker);
    const auto next = nextInLine(*database_);
    if (!next) {
        return std::nullopt;
    }
    const std::string& requestId = *next;
    database_
        ->prepare("UPDATE requests SET state = 'claimed', reason = '', worker = ?, token = token + 1 "
                  "WHERE request_id = ?")
        .bind(static_cast<std::int64_t>(worker))
        .bind(requestId)
        .run();
    note("claimed", requestId, "", station, worker);
    Job claimed = job(requestId);
    transaction.commit();
    return claimed;
}

void SqlJobStore::setPriority(std::string_view order, int priority) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    setOrderPriority(*database_, order, priority);
    transaction.commit();
}

Job SqlJobStore::job(std::string_view requestId) {
    Submission submission = payload_.submission(requestId);
    auto row = database_->prepare("SELECT attempts, token FROM requests WHERE request_id = ?");
    if (!row.bind(requestId).step()) {
        throw BadConfiguration("The job store has no such request.");
    }
    return {std::move(submission.record), std::move(submission.pictures), static_cast<int>(row.number(0)) + 1,
            row.number(1)};
}

void SqlJobStore::release(const Hold& hold) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const WorkerId worker = require(hold);
    moveRequest(hold.requestId, JobState::Claimed, JobState::Waiting, "");
    note("released", hold.requestId, "", "", worker);
    transaction.commit();
}

void SqlJobStore::rejectClaimed(const Hold& hold, std::string_view reason) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const WorkerId worker = require(hold);
    moveRequest(hold.requestId, JobState::Claimed, JobState::Rejected, reason);
    note("rejected", hold.requestId, "", reason, worker);
    transaction.commit();
}

void SqlJobStore::receiveBlank(WorkerId worker, std::string_view serial, bool isVolatile,
                               std::string_view station) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    workers_.requireAtWork(worker);
    if (chipState(serial) == ChipState::Received) { // it is moved, and was given back where it was
        note("returned", "", serial, "", worker);
    }
    database_
        ->prepare(
            "INSERT INTO chips (serial, state, is_volatile, worker, station, position) "
            "VALUES (?, 'received', ?, ?, ?, (SELECT coalesce(max(position) + 1, 0) FROM chips)) "
            "ON CONFLICT (serial) DO UPDATE SET state = 'received', reason = '', worker = excluded.worker, "
            "station = excluded.station WHERE chips.state IN ('received', 'returned')")
        .bind(serial)
        .bind(isVolatile ? 1 : 0)
        .bind(static_cast<std::int64_t>(worker))
        .bind(station)
        .run();
    if (database_->changes() == 0) {
        throw BadConfiguration("The chip " + std::string(serial) +
                               " was used before. Put it with the used cards and take a blank.");
    }
    note("received", "", serial, "", worker);
    transaction.commit();
}

void SqlJobStore::returnBlank(WorkerId worker, std::string_view serial) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    database_
        ->prepare("UPDATE chips SET state = 'returned', worker = 0 WHERE serial = ? AND state = 'received' "
                  "AND worker = ?")
        .bind(serial)
        .bind(static_cast<std::int64_t>(worker))
        .run();
    if (database_->changes() == 1) {
        note("returned", "", serial, "", worker);
    }
    transaction.commit();
}

void SqlJobStore::beginLoading(const Hold& hold, std::string_view serial, const ChipFiles& files) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const WorkerId worker = require(hold);
    moveRequest(hold.requestId, JobState::Claimed, JobState::Loading, "");
    database_->prepare("UPDATE requests SET attempts = attempts + 1 WHERE request_id = ?")
        .bind(hold.requestId)
        .run();
    database_
        ->prepare("UPDATE chips SET state = 'loading', request_id = ?, worker = 0 WHERE serial = ? AND "
                  "state = 'received' AND worker = (SELECT worker FROM requests WHERE request_id = ?)")
        .bind(hold.requestId)
        .bind(serial)
        .bind(hold.requestId)
        .run();
    if (database_->changes() != 1) {
        throw BadConfiguration("The chip " + std::string(serial) + " is no blank of this line.");
    }
    payload_.addFiles(serial, files);
    note("loading", hold.requestId, serial, "", worker);
    transaction.commit();
}

void SqlJobStore::advance(const Hold& hold, std::string_view serial, ChipState state) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const JobState requestState = requestStateFor(state);
    const WorkerId worker = require(hold, serial);
    const auto from = chipState(serial);
    if (!from || !mayAdvance(*from, state)) {
        throw BadConfiguration("The chip " + std::string(serial) + " is not in a state to become " +
                               std::string(nameOf(state)) + ".");
    }
    setChip(serial, state, "");
    setRequest(hold.requestId, requestState, "");
    if (state == ChipState::Good) {
        forgetFiles(serial);
    }
    note(nameOf(state), hold.requestId, serial, "", worker);
    transaction.commit();
}

void SqlJobStore::spoil(const Hold& hold, std::string_view serial, std::string_view reason,
                        int attemptsAllowed, SpoiledBy by) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const WorkerId worker = require(hold, serial);
    if (by == SpoiledBy::EndOfRun) {
        database_->prepare("UPDATE requests SET excused = excused + 1 WHERE request_id = ?")
            .bind(hold.requestId)
            .run();
    }
    auto attempts = database_->prepare("SELECT attempts - excused FROM requests WHERE request_id = ?");
    const bool mayRemake = attempts.bind(hold.requestId).step() && attempts.number(0) < attemptsAllowed;
    setChip(serial, ChipState::Spoiled, reason);
    setRequest(hold.requestId, mayRemake ? JobState::Waiting : JobState::Rejected, reason);
    forgetFiles(serial);
    note("spoiled", hold.requestId, serial, reason, worker);
    transaction.commit();
}

void SqlJobStore::undoLoading(const Hold& hold, std::string_view serial, std::string_view reason) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const WorkerId worker = require(hold, serial);
    moveRequest(hold.requestId, JobState::Loading, JobState::Waiting, reason);
    database_->prepare("UPDATE requests SET attempts = attempts - 1 WHERE request_id = ?")
        .bind(hold.requestId)
        .run();
    database_->prepare("UPDATE chips SET state = 'returned', request_id = NULL, reason = ? WHERE serial = ?")
        .bind(reason)
        .bind(serial)
        .run();
    forgetFiles(serial);
    note("returned", hold.requestId, serial, reason, worker);
    transaction.commit();
}

void SqlJobStore::quarantine(const Hold& hold, std::string_view serial, std::string_view reason) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    const WorkerId worker = require(hold, serial);
    setChip(serial, ChipState::Quarantined, reason);
    setRequest(hold.requestId, JobState::Quarantined, reason);
    note("quarantined", hold.requestId, serial, reason, worker);
    transaction.commit();
}

std::vector<OpenCard> SqlJobStore::adoptOpenCards(WorkerId worker, const ProcessLives& lives) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Assigning);
    workers_.requireAtWork(worker);
    std::vector<OpenCard> cards;
    for (const auto& [serial, requestId] : adoptableCards(worker, lives)) {
        database_->prepare("UPDATE requests SET worker = ?, token = token + 1 WHERE request_id = ?")
            .bind(static_cast<std::int64_t>(worker))
            .bind(requestId)
            .run();
        // What the former worker has still said of the chip, or nobody says more.
        if (auto card = openCard(serial)) {
            cards.push_back(*std::move(card));
        }
    }
    transaction.commit();
    return cards;
}

std::vector<std::pair<std::string, std::string>> SqlJobStore::adoptableCards(WorkerId worker,
                                                                             const ProcessLives& lives) {
    auto row = database_->prepare(
        "SELECT chips.serial, chips.request_id, chips.state, requests.worker FROM chips JOIN requests ON "
        "requests.request_id = chips.request_id WHERE chips.state IN ('loading', 'loaded', 'verified', "
        "'quarantined') ORDER BY chips.position, chips.serial");
    std::vector<std::pair<std::string, std::string>> adoptable;
    while (row.step()) {
        const bool quarantined = row.text(2) == nameOf(ChipState::Quarantined);
        if (workers_.mayAdopt(worker, WorkerId{row.number(3)}, quarantined, lives)) {
            adoptable.emplace_back(row.text(0), row.text(1));
        }
    }
    return adoptable;
}

std::optional<OpenCard> SqlJobStore::openCard(std::string_view serial) {
    auto row = database_->prepare("SELECT state, is_volatile, request_id FROM chips WHERE serial = ? AND "
                                  "state IN ('loading', 'loaded', 'verified', 'quarantined')");
    if (!row.bind(serial).step()) {
        return std::nullopt;
    }
    OpenCard card;
    card.serial = serial;
    card.state = chipStateOf(row.text(0)).value_or(ChipState::Quarantined);
    card.isVolatile = row.number(1) != 0;
    card.job = job(row.text(2));
    card.job.attempt -= 1; // this chip has been counted
    card.files = payload_.files(serial);
    return card;
}

std::vector<HeldPayload> SqlJobStore::heldPayloads(std::string_view order) {
    const std::lock_guard guard(mutex_);
    auto row = database_->prepare(
        "SELECT request_id, digest FROM requests WHERE state = 'good' AND purged_at = 0 AND "
        "(order_name = ? OR ? = '') ORDER BY position");
    row.bind(order).bind(order);
    std::vector<HeldPayload> held;
    while (row.step()) {
        held.push_back({row.text(0), row.bytes(1)});
    }
    return held;
}

void SqlJobStore::purgePayload(std::string_view requestId) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_);
    auto row = database_->prepare("SELECT 1 FROM requests WHERE request_id = ? AND state = 'good'");
    if (!row.bind(requestId).step()) {
        throw BadConfiguration("The request " + std::string(requestId) + " has no good card.");
    }
    payload_.purge(requestId, clock_().time_since_epoch().count());
    note("purged", requestId, "", "", nobody);
    transaction.commit();
}

void SqlJobStore::destroyQuarantined(std::string_view serial, std::string_view reason,
                                     std::string_view shift) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Assigning);
    const auto state = chipState(serial);
    if (state == ChipState::Spoiled) {
        return;
    }
    auto row =
        database_->prepare("SELECT requests.request_id FROM requests JOIN chips ON chips.request_id = "
                           "requests.request_id WHERE serial = ? AND requests.worker NOT IN (SELECT id FROM "
                           "workers WHERE state = 'working')");
    if (state != ChipState::Quarantined || !row.bind(serial).step()) {
        throw BadConfiguration("The chip " + std::string(serial) +
                               " is not in quarantine, or a run looks at it just now.");
    }
    const std::string requestId = row.text(0);
    setChip(serial, ChipState::Spoiled, reason);
    setRequest(requestId, JobState::Waiting, reason);
    forgetFiles(serial);
    noteIn(shift, "spoiled", requestId, serial, reason);
    transaction.commit();
}

void SqlJobStore::reissue(std::string_view requestId, std::string_view reason) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Importing);
    auto other =
        database_->prepare("SELECT 1 FROM requests AS mine JOIN requests AS other ON other.number = "
                           "mine.number WHERE mine.request_id = ? AND other.request_id <> mine.request_id "
                           "AND other.state <> 'rejected'");
    if (other.bind(requestId).step()) {
        throw BadConfiguration("The citizen of the request " + std::string(requestId) +
                               " has another request by now.");
    }
    moveRequest(requestId, JobState::Rejected, JobState::Waiting, reason);
    database_
        ->prepare("UPDATE requests SET attempts = 0, excused = 0, token = token + 1 WHERE request_id = ?")
        .bind(requestId)
        .run();
    note("reissued", requestId, "", reason, nobody);
    transaction.commit();
}

std::uint64_t SqlJobStore::abandonMachine(std::string_view machine, std::string_view reason) {
    struct Left {
        std::string serial;
        std::string requestId;
        std::string shift;
    };
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Assigning);
    std::vector<Left> chips;
    auto row = database_->prepare("SELECT chips.serial, chips.request_id, workers.shift FROM chips JOIN "
                                  "requests ON requests.request_id = "
                                  "chips.request_id JOIN workers ON workers.id = requests.worker WHERE "
                                  "chips.state IN ('loading', 'loaded', "
                                  "'verified') AND workers.machine = ? AND workers.state <> 'working'");
    row.bind(machine);
    while (row.step()) {
        chips.push_back({row.text(0), row.text(1), row.text(2)});
    }
    for (const Left& chip : chips) {
        setChip(chip.serial, ChipState::Quarantined, reason);
        setRequest(chip.requestId, JobState::Quarantined, reason);
        database_->prepare("UPDATE requests SET token = token + 1 WHERE request_id = ?")
            .bind(chip.requestId)
            .run();
        noteIn(chip.shift, "quarantined", chip.requestId, chip.serial, reason);
    }
    transaction.commit();
    return chips.size();
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

void SqlJobStore::moveStock(const StockMove& move) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::MovingStock);
    addStockMove(*database_, move, clock_().time_since_epoch().count());
    transaction.commit();
}

std::vector<std::string> SqlJobStore::shifts() {
    const std::lock_guard guard(mutex_);
    return readShifts(*database_);
}

ShiftReport SqlJobStore::shiftReport(std::string_view shift) {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Reading);
    ShiftReport report = readShiftReport(*database_, shift);
    transaction.commit();
    return report;
}

Report SqlJobStore::counts() {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Reading);
    Report report = readCounts(*database_);
    transaction.commit();
    return report;
}

std::vector<CardReport> SqlJobStore::unsettled() {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Reading);
    std::vector<CardReport> cards = readUnsettled(*database_);
    transaction.commit();
    return cards;
}

std::vector<OrderReport> SqlJobStore::orders() {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Reading);
    std::vector<OrderReport> orders = readOrderCounts(*database_);
    transaction.commit();
    return orders;
}

Report SqlJobStore::report() {
    const std::lock_guard guard(mutex_);
    sql::Transaction transaction(*database_, sql::Access::Reading);
    Report report = readReport(*database_);
    transaction.commit();
    return report;
}

WorkerId SqlJobStore::require(const Hold& hold) {
    auto row = database_->prepare("SELECT token, worker FROM requests WHERE request_id = ?" +
                                  database_->holdingRows());
    if (!row.bind(hold.requestId).step()) {
        throw BadConfiguration("The job store has no request " + hold.requestId + ".");
    }
    if (row.number(0) != hold.token) {
        throw LeaseLost(
            "The request " + hold.requestId +
            " was given to another run, because this one gave no sign of life for the time of its lease. "
            "This run stops; start it again.");
    }
    return WorkerId{row.number(1)};
}

WorkerId SqlJobStore::require(const Hold& hold, std::string_view serial) {
    const WorkerId worker = require(hold);
    auto row = database_->prepare("SELECT 1 FROM chips WHERE serial = ? AND request_id = ?");
    if (!row.bind(serial).bind(hold.requestId).step()) {
        throw BadConfiguration("The chip " + std::string(serial) + " was not taken for the request " +
                               hold.requestId + ".");
    }
    return worker;
}

std::optional<ChipState> SqlJobStore::chipState(std::string_view serial) {
    auto row = database_->prepare("SELECT state FROM chips WHERE serial = ?");
    return row.bind(serial).step() ? chipStateOf(row.text(0)) : std::nullopt;
}

void SqlJobStore::moveRequest(std::string_view requestId, JobState from, JobState to,
                              std::string_view reason) {
    auto row = database_->prepare("SELECT 1 FROM requests WHERE request_id = ? AND state = ?");
    if (!row.bind(requestId).bind(nameOf(from)).step()) {
        throw BadConfiguration("The request " + std::string(requestId) + " is not " +
                               std::string(nameOf(from)) + ".");
    }
    setRequest(requestId, to, reason);
}

void SqlJobStore::setRequest(std::string_view requestId, JobState state, std::string_view reason) {
    const bool isHeld =
        state == JobState::Loading || state == JobState::Loaded || state == JobState::Verified;
    database_
        ->prepare(std::string("UPDATE requests SET state = ?, reason = ?") + (isHeld ? "" : ", worker = 0") +
                  " WHERE request_id = ?")
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
                       std::string_view detail, WorkerId worker) {
    noteIn(workers_.shiftOf(worker), event, requestId, serial, detail);
}

void SqlJobStore::noteIn(std::string_view shift, std::string_view event, std::string_view requestId,
                         std::string_view serial, std::string_view detail) {
    database_
        ->prepare("INSERT INTO events (at, event, request_id, serial, detail, station, shift) VALUES (?, ?, "
                  "?, ?, ?, "
                  "coalesce((SELECT station FROM chips WHERE serial = ?), ''), ?)")
        .bind(std::int64_t{clock_().time_since_epoch().count()})
        .bind(event)
        .bind(requestId)
        .bind(serial)
        .bind(detail)
        .bind(serial)
        .bind(shift)
        .run();
}

} // namespace cancuoc::personalization
