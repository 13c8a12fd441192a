// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/intake.hpp"
#include "personalization/jobs/job_state.hpp"
#include "personalization/jobs/report.hpp"
#include "personalization/loading/chip_files.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::personalization {

/// What became of a submission offered to the store.
enum class ImportOutcome {
    Added,
    AlreadyThere,         ///< the same request with the same data: nothing to do
    OtherDataUnderId,     ///< the request id stands for other data; refused
    NumberOfOtherRequest, ///< another request asks for a card for this citizen; refused
};

/// A request that a station works on: the source record and its pictures, as they were imported.
struct Job {
    CitizenRecord record;
    Pictures pictures;
    int attempt = 0; ///< which card this is for the record, from 1
};

/// A chip that a run before left in the middle of the work.
struct OpenCard {
    std::string serial;
    ChipState state = ChipState::Loading;
    bool isVolatile = false; ///< the chip ended with the process that held it
    Job job;
    ChipFiles files; ///< what it is to hold
};

/// What one step of the work on a chip took.
struct StepTime {
    std::string step;
    std::chrono::microseconds elapsed{};
};

/// Held by the one run that works on a store; the store frees it when the process ends, however it ends.
class RunLock {
public:
    RunLock() = default;
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;
    virtual ~RunLock() = default;
};

/// All requests and all blanks of a personalization line, on disk. Each call commits before it returns: what
/// it has said survives a kill and a power cut. No request gets two good cards, and no chip two records,
/// whatever the callers do. Any number of threads may use one store.
class JobStore {
public:
    JobStore() = default;
    JobStore(const JobStore&) = delete;
    JobStore& operator=(const JobStore&) = delete;
    virtual ~JobStore() = default;

    /// Claims the store for one run. Throws BadConfiguration while another run works on it.
    [[nodiscard]] virtual std::unique_ptr<RunLock> lockForRun() = 0;

    /// Takes submissions in, all in one commit, and says for each what became of it.
    [[nodiscard]] virtual std::vector<ImportOutcome> import(std::span<const Submission> submissions) = 0;

    /// Takes the next waiting request for `station`, remakes first, then in the order of import.
    [[nodiscard]] virtual std::optional<Job> claim(std::string_view station) = 0;

    /// Gives back a claimed request for which no chip was touched.
    virtual void release(std::string_view requestId) = 0;

    /// Gives back all claimed requests: those of a run that ended before it touched a chip.
    virtual void releaseAll() = 0;

    /// Ends a claimed request for which no card can be made.
    virtual void rejectClaimed(std::string_view requestId, std::string_view reason) = 0;

    /// A blank is at a station; one that was returned may come again. `isVolatile`: it ends with the process.
    /// Throws BadConfiguration when the serial was used already.
    virtual void receiveBlank(std::string_view serial, bool isVolatile, std::string_view station) = 0;

    /// A received blank goes back into stock with nothing written.
    virtual void returnBlank(std::string_view serial) = 0;

    /// Settles the blanks that a run before left at its stations, with nothing written: volatile ones are
    /// spoiled, the others returned.
    virtual void settleReceivedBlanks() = 0;

    /// The intent, before the chip gets its first command for the record: this chip is for this request and
    /// is to hold `files`. Throws BadConfiguration when the request has a chip already or the chip is not a
    /// received blank.
    virtual void beginLoading(std::string_view requestId, std::string_view serial,
                              const ChipFiles& files) = 0;

    /// Moves the chip and its request on: Loading -> Loaded -> Verified -> Good. A quarantined chip may move
    /// on as well, once it is found again. Throws BadConfiguration for any other step.
    virtual void advance(std::string_view serial, ChipState state) = 0;

    /// The chip is to be destroyed. Its request waits for a remake, or is rejected when `attemptsAllowed`
    /// cards were tried.
    virtual void spoil(std::string_view serial, std::string_view reason, int attemptsAllowed) = 0;

    /// The chip was never written after all: it goes back into stock and its request waits again, with no
    /// attempt counted.
    virtual void undoLoading(std::string_view serial, std::string_view reason) = 0;

    /// What the chip holds cannot be known now. Its request waits for a person.
    virtual void quarantine(std::string_view serial, std::string_view reason) = 0;

    /// The chips in work or in quarantine, with their jobs.
    [[nodiscard]] virtual std::vector<OpenCard> openCards() = 0;

    /// Notes what the steps of the work on a chip took, in their order; after those noted before.
    virtual void recordSteps(std::string_view serial, std::span<const StepTime> steps) = 0;

    /// Notes how a run went, for reports.
    virtual void recordRun(std::uint64_t goodCards, std::chrono::microseconds elapsed) = 0;

    [[nodiscard]] virtual Report report() = 0;
};

} // namespace cancuoc::personalization
