// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/database.hpp"
#include "personalization/jobs/worker.hpp"

#include <chrono>

namespace cancuoc::personalization {

/// Who holds what no run works on.
inline constexpr WorkerId nobody{0};

/// The workers in the database of a job store, and which of them are at work still. Every function works
/// within the transaction of its caller.
class WorkerTable {
public:
    /// `database` outlives the object.
    explicit WorkerTable(sql::Database& database) : database_(database) {}

    /// Adds a worker that is at work from `now` on.
    [[nodiscard]] WorkerId add(const Worker& worker, std::chrono::sys_seconds now);

    /// Lets the worker's lease begin anew. Throws LeaseLost when the worker is over.
    void renew(WorkerId worker, std::chrono::sys_seconds now);

    /// Keeps the worker at work until the end of the transaction. Throws LeaseLost when the worker is over.
    void requireAtWork(WorkerId worker);

    /// The worker has said that it is over and touches no chip any more.
    void end(WorkerId worker);

    /// The workers whose lease has run out at `now` are over.
    void endExpired(std::chrono::sys_seconds now);

    /// The workers of this machine whose processes live no more are over.
    void endDead(const Worker& ofThisMachine);

    /// Requests and blanks of workers that are over, or of none, go back: requests wait again, blanks with
    /// nothing written are returned or, volatile ones, spoiled.
    /// Events of `shift` at `now` tell of the blanks.
    void giveBackUnheld(std::chrono::sys_seconds now, std::string_view shift);

    [[nodiscard]] std::string shiftOf(WorkerId worker);

    /// Whether `worker` may take over the open chip of the worker `holder`: see JobStore::adoptOpenCards().
    [[nodiscard]] bool mayAdopt(WorkerId worker, WorkerId holder, bool quarantined,
                                const ProcessLives& lives);

private:
    sql::Database& database_;
};

} // namespace cancuoc::personalization
