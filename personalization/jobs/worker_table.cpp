// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/worker_table.hpp"

#include <vector>

namespace cancuoc::personalization {

namespace {

std::int64_t secondsOf(std::chrono::sys_seconds time) {
    return time.time_since_epoch().count();
}

[[noreturn]] void failAsOver() {
    throw LeaseLost(
        "This run gave no sign of life for the time of its lease, or was ended by a person, and others "
        "may have its requests. It stops; start it again.");
}

} // namespace

WorkerId WorkerTable::add(const Worker& worker, std::chrono::sys_seconds now) {
    auto row =
        database_.prepare("INSERT INTO workers (machine, process, state, started, lease, lease_until, shift) "
                          "VALUES (?, ?, 'working', ?, ?, ?, ?) RETURNING id");
    row.bind(worker.machine)
        .bind(worker.process)
        .bind(secondsOf(now))
        .bind(std::int64_t{worker.lease.count()})
        .bind(secondsOf(now + worker.lease))
        .bind(worker.shift);
    if (!row.step()) {
        throw sql::DatabaseError("The job store gave the run no number.");
    }
    return WorkerId{row.number(0)};
}

void WorkerTable::renew(WorkerId worker, std::chrono::sys_seconds now) {
    database_.prepare("UPDATE workers SET lease_until = ? + lease WHERE id = ? AND state = 'working'")
        .bind(secondsOf(now))
        .bind(static_cast<std::int64_t>(worker))
        .run();
    if (database_.changes() != 1) {
        failAsOver();
    }
}

void WorkerTable::requireAtWork(WorkerId worker) {
    auto row = database_.prepare("SELECT 1 FROM workers WHERE id = ? AND state = 'working'" +
                                 database_.holdingRows());
    if (!row.bind(static_cast<std::int64_t>(worker)).step()) {
        failAsOver();
    }
}

void WorkerTable::end(WorkerId worker) {
    database_.prepare("UPDATE workers SET state = 'ended' WHERE id = ?")
        .bind(static_cast<std::int64_t>(worker))
        .run();
}

void WorkerTable::endExpired(std::chrono::sys_seconds now) {
    database_.prepare("UPDATE workers SET state = 'lost' WHERE state = 'working' AND lease_until < ?")
        .bind(secondsOf(now))
        .run();
}

void WorkerTable::endDead(const Worker& ofThisMachine) {
    if (!ofThisMachine.lives) {
        return;
    }
    auto row = database_.prepare("SELECT id, process FROM workers WHERE state = 'working' AND machine = ?");
    row.bind(ofThisMachine.machine);
    std::vector<std::int64_t> dead;
    while (row.step()) {
        if (ofThisMachine.lives(row.text(1)) == false) {
            dead.push_back(row.number(0));
        }
    }
    for (const std::int64_t worker : dead) {
        database_.prepare("UPDATE workers SET state = 'lost' WHERE id = ?").bind(worker).run();
    }
}

// A request gets a greater token, so that a worker that lives after all is told.
void WorkerTable::giveBackUnheld(std::chrono::sys_seconds now, std::string_view shift) {
    const std::string unheld = " AND worker NOT IN (SELECT id FROM workers WHERE state = 'working')";
    database_.execute(
        "UPDATE requests SET state = 'waiting', worker = 0, token = token + 1 WHERE state = 'claimed'" +
        unheld);
    database_
        .prepare("INSERT INTO events (at, event, request_id, serial, detail, station, shift) SELECT CAST(? "
                 "AS BIGINT), CASE "
                 "is_volatile WHEN 0 THEN 'returned' ELSE 'spoiled' END, '', serial, '', station, CAST(? AS "
                 "TEXT) FROM chips WHERE "
                 "state = 'received'" +
                 unheld)
        .bind(secondsOf(now))
        .bind(shift)
        .run();
    database_.execute(
        "UPDATE chips SET worker = 0, state = CASE is_volatile WHEN 0 THEN 'returned' ELSE 'spoiled' "
        "END, reason = CASE is_volatile WHEN 0 THEN '' ELSE 'its memory ended with the run' END WHERE "
        "state = 'received'" +
        unheld);
}

std::string WorkerTable::shiftOf(WorkerId worker) {
    auto row = database_.prepare("SELECT shift FROM workers WHERE id = ?");
    return row.bind(static_cast<std::int64_t>(worker)).step() ? row.text(0) : "";
}

bool WorkerTable::mayAdopt(WorkerId worker, WorkerId holder, bool quarantined, const ProcessLives& lives) {
    if (holder == nobody) {
        return true;
    }
    auto row = database_.prepare(
        "SELECT holder.state, holder.process, CASE WHEN holder.machine = mine.machine THEN 1 ELSE 0 END "
        "FROM workers AS holder, workers AS mine WHERE holder.id = ? AND mine.id = ?");
    if (!row.bind(static_cast<std::int64_t>(holder)).bind(static_cast<std::int64_t>(worker)).step()) {
        return false;
    }
    if (row.text(0) == "working") {
        return false;
    }
    const bool mayBeAtWork = row.text(0) == "lost" && lives && lives(row.text(1)) == true;
    return quarantined || (row.number(2) != 0 && !mayBeAtWork);
}

} // namespace cancuoc::personalization
