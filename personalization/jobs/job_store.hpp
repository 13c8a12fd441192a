// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"
#include "personalization/intake/intake.hpp"
#include "personalization/jobs/job_state.hpp"
#include "personalization/jobs/report.hpp"
#include "personalization/jobs/stock.hpp"
#include "personalization/jobs/worker.hpp"
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
    int attempt = 0;        ///< which card this is for the record, from 1
    std::int64_t token = 0; ///< of the one who works on it

    [[nodiscard]] Hold hold() const { return {record.requestId, token}; }
};

/// A chip that a worker before left in the middle of the work.
struct OpenCard {
    std::string serial;
    ChipState state = ChipState::Loading;
    bool isVolatile = false; ///< the chip ended with the process that held it
    Job job;
    ChipFiles files; ///< what it is to hold
};

/// What spoiled a chip.
enum class SpoiledBy {
    Failure,  ///< of the chip, or of what it was to become
    EndOfRun, ///< the run ended when it was half written: no fault of its request
};

/// What one step of the work on a chip took.
struct StepTime {
    std::string step;
    std::chrono::microseconds elapsed{};
};

/// A request whose card is made and whose payload the store holds still.
struct HeldPayload {
    std::string requestId;
    Bytes digest; ///< contentDigest() of what is held
};

/// All requests and all blanks of a personalization line, on disk. Each call commits before it returns: what
/// it has said survives a kill and a power cut. No request gets two good cards, and no chip two records,
/// whatever the callers do. Any number of threads may use one store, and any number of runs: each enlists as
/// a worker and gives signs of life. What a worker leaves when it ends goes to others: requests and blanks to
/// all, chips in the middle of the work to the next worker on the machine where they are.
class JobStore {
public:
    JobStore() = default;
    JobStore(const JobStore&) = delete;
    JobStore& operator=(const JobStore&) = delete;
    virtual ~JobStore() = default;

    /// Whether what the store holds of citizens is sealed under a key.
    [[nodiscard]] virtual bool isProtected() = 0;

    /// Gives the store its key, of PayloadCipher::keySize bytes: from now on records, pictures and chips'
    /// files are sealed under it; those that are not are sealed now, and the store asks for the key for ever.
    /// `random` outlives the store. Throws BadConfiguration when the store has another key. Without its key a
    /// store reports, and throws BadConfiguration where it would have to open a record.
    virtual void protect(const SecretBytes& key, RandomSource& random) = 0;

    /// A run begins. Gives back what no living worker holds: requests wait again; blanks with nothing written
    /// are returned or, volatile ones, spoiled. A worker is over when it has said so, its lease has run out,
    /// or it is of the same machine and its process lives no more.
    [[nodiscard]] virtual WorkerId enlist(const Worker& worker) = 0;

    /// A sign of life: the lease begins anew. Gives back what workers whose lease has run out hold. Throws
    /// LeaseLost when the worker itself is over.
    virtual void heartbeat(WorkerId worker) = 0;

    /// A run ends; what it holds is given back.
    virtual void signOff(WorkerId worker) = 0;

    /// Takes submissions of the order of that name in, all in one commit, and says for each what became of
    /// it.
    [[nodiscard]] virtual std::vector<ImportOutcome> import(std::span<const Submission> submissions,
                                                            std::string_view order) = 0;

    /// Takes the next waiting request for `station` of the worker: remakes first, then those of orders with
    /// a higher priority, then in the order of import. Throws LeaseLost when the worker is over.
    [[nodiscard]] virtual std::optional<Job> claim(WorkerId worker, std::string_view station) = 0;

    static constexpr int highestPriority = 9; ///< the lowest is as far below 0

    /// Lets the requests of an order go before those of orders with a lower priority, or wait for those with
    /// a higher one; 0 is that of an order of which nobody said anything. What is claimed stays so. Throws
    /// BadConfiguration when there is no such order or no such priority.
    virtual void setPriority(std::string_view order, int priority) = 0;

    // All that speak of a request under work throw LeaseLost when the hold is no longer the last one given
    // out.

    /// Gives back a claimed request for which no chip was touched.
    virtual void release(const Hold& hold) = 0;

    /// Ends a claimed request for which no card can be made.
    virtual void rejectClaimed(const Hold& hold, std::string_view reason) = 0;

    /// A blank is at a station; one that was returned may come again. `isVolatile`: it ends with the process.
    /// Throws BadConfiguration when the serial was used already, LeaseLost when the worker is over.
    virtual void receiveBlank(WorkerId worker, std::string_view serial, bool isVolatile,
                              std::string_view station) = 0;

    /// A blank that the worker received goes back into stock with nothing written.
    virtual void returnBlank(WorkerId worker, std::string_view serial) = 0;

    /// The intent, before the chip gets its first command for the record: this chip is for this request and
    /// is to hold `files`. Throws BadConfiguration when the request has a chip already or the chip is not a
    /// blank that the same worker received.
    virtual void beginLoading(const Hold& hold, std::string_view serial, const ChipFiles& files) = 0;

    /// Moves the chip and its request on: Loading -> Loaded -> Verified -> Good. A quarantined chip may move
    /// on as well, once it is found again. Throws BadConfiguration for any other step.
    virtual void advance(const Hold& hold, std::string_view serial, ChipState state) = 0;

    /// The chip is to be destroyed. Its request waits for a remake, or is rejected when `attemptsAllowed`
    /// cards were tried, those not counted that a run spoiled by its end.
    virtual void spoil(const Hold& hold, std::string_view serial, std::string_view reason,
                       int attemptsAllowed, SpoiledBy by = SpoiledBy::Failure) = 0;

    /// The chip was never written after all: it goes back into stock and its request waits again, with no
    /// attempt counted.
    virtual void undoLoading(const Hold& hold, std::string_view serial, std::string_view reason) = 0;

    /// What the chip holds cannot be known now. Its request waits for a person, and nobody holds it.
    virtual void quarantine(const Hold& hold, std::string_view serial, std::string_view reason) = 0;

    /// Takes over the chips, with their jobs, that workers of the same machine left in the middle of the
    /// work, and those in quarantine. A worker whose lease has run out while its process lives may have its
    /// chips at hand still: they stay with it.
    [[nodiscard]] virtual std::vector<OpenCard> adoptOpenCards(WorkerId worker,
                                                               const ProcessLives& lives) = 0;

    /// The chip in quarantine was destroyed: it is spoiled, and its request waits for a remake. What was done
    /// already is not done again. Throws BadConfiguration when the chip is not in quarantine or a run looks
    /// at it.
    virtual void destroyQuarantined(std::string_view serial, std::string_view reason,
                                    std::string_view shift) = 0;

    /// The rejected request waits again, as if no card had been tried. Throws BadConfiguration when it is not
    /// rejected, or the citizen has another request by now.
    virtual void reissue(std::string_view requestId, std::string_view reason) = 0;

    /// The machine does not come back: the chips that its workers, all over, left in the middle of the work
    /// are quarantined. How many they were.
    virtual std::uint64_t abandonMachine(std::string_view machine, std::string_view reason) = 0;

    /// The requests of the order, or of all where it is empty, whose cards are good and whose payload is
    /// here.
    [[nodiscard]] virtual std::vector<HeldPayload> heldPayloads(std::string_view order) = 0;

    /// The card was handed over: record, pictures and number of the good request leave the store for ever;
    /// its id, digest and history stay. Throws BadConfiguration when its card is not good.
    virtual void purgePayload(std::string_view requestId) = 0;

    /// Notes what the steps of the work on a chip took, in their order; after those noted before.
    virtual void recordSteps(std::string_view serial, std::span<const StepTime> steps) = 0;

    /// Notes how a run went, for reports.
    virtual void recordRun(std::uint64_t goodCards, std::chrono::microseconds elapsed) = 0;

    [[nodiscard]] virtual Report report() = 0;

    /// The counts of report(), without the cards: however large the store is, soon.
    [[nodiscard]] virtual Report counts() = 0;

    /// What waits for a person, as report() has it: chips in quarantine, then rejected requests. However
    /// large the store is, soon.
    [[nodiscard]] virtual std::vector<CardReport> unsettled() = 0;

    /// How far each order is, by name; without what a shift did for it.
    [[nodiscard]] virtual std::vector<OrderReport> orders() = 0;

    /// Notes what the stock keeper did. Throws BadConfiguration for a count of 0 or above a million, and when
    /// the station has fewer blanks at hand than are returned or spoiled.
    virtual void moveStock(const StockMove& move) = 0;

    /// The shifts in which runs were begun or blanks were moved, the latest first. However large the store
    /// is, soon.
    [[nodiscard]] virtual std::vector<std::string> shifts() = 0;

    /// Where the blanks of a shift went. Throws BadConfiguration when nothing happened in a shift of that
    /// name.
    [[nodiscard]] virtual ShiftReport shiftReport(std::string_view shift) = 0;
};

} // namespace cancuoc::personalization
