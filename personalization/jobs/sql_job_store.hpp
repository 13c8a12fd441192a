// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "personalization/jobs/database.hpp"
#include "personalization/jobs/job_store.hpp"
#include "personalization/jobs/payload_table.hpp"
#include "personalization/jobs/worker_table.hpp"

#include <memory>
#include <mutex>

namespace cancuoc::personalization {

/// A job store in a database of SQL.
class SqlJobStore : public JobStore {
public:
    [[nodiscard]] bool isProtected() override;
    void protect(const SecretBytes& key, RandomSource& random) override;
    [[nodiscard]] WorkerId enlist(const Worker& worker) override;
    void heartbeat(WorkerId worker) override;
    void signOff(WorkerId worker) override;
    [[nodiscard]] std::vector<ImportOutcome> import(std::span<const Submission> submissions,
                                                    std::string_view order) override;
    [[nodiscard]] std::optional<Job> claim(WorkerId worker, std::string_view station) override;
    void release(const Hold& hold) override;
    void rejectClaimed(const Hold& hold, std::string_view reason) override;
    void receiveBlank(WorkerId worker, std::string_view serial, bool isVolatile,
                      std::string_view station) override;
    void returnBlank(WorkerId worker, std::string_view serial) override;
    void beginLoading(const Hold& hold, std::string_view serial, const ChipFiles& files) override;
    void advance(const Hold& hold, std::string_view serial, ChipState state) override;
    void spoil(const Hold& hold, std::string_view serial, std::string_view reason, int attemptsAllowed,
               SpoiledBy by) override;
    void undoLoading(const Hold& hold, std::string_view serial, std::string_view reason) override;
    void quarantine(const Hold& hold, std::string_view serial, std::string_view reason) override;
    [[nodiscard]] std::vector<OpenCard> adoptOpenCards(WorkerId worker, const ProcessLives& lives) override;
    void destroyQuarantined(std::string_view serial, std::string_view reason,
                            std::string_view shift) override;
    void reissue(std::string_view requestId, std::string_view reason) override;
    std::uint64_t abandonMachine(std::string_view machine, std::string_view reason) override;
    [[nodiscard]] std::vector<HeldPayload> heldPayloads(std::string_view order) override;
    void purgePayload(std::string_view requestId) override;
    void recordSteps(std::string_view serial, std::span<const StepTime> steps) override;
    void recordRun(std::uint64_t goodCards, std::chrono::microseconds elapsed) override;
    [[nodiscard]] Report report() override;
    [[nodiscard]] Report counts() override;
    [[nodiscard]] std::vector<CardReport> unsettled() override;
    [[nodiscard]] std::vector<OrderReport> orders() override;
    void moveStock(const StockMove& move) override;
    void setPriority(std::string_view order, int priority) override;
    [[nodiscard]] std::vector<std::string> shifts() override;
    [[nodiscard]] ShiftReport shiftReport(std::string_view shift) override;

protected:
    /// `database` has the tables of a job store; `clock` dates the events and tells when leases run out.
    SqlJobStore(std::shared_ptr<sql::Database> database, Clock clock);

private:
    ImportOutcome importOne(const Submission& submission, std::string_view order);
    [[nodiscard]] Job job(std::string_view requestId);
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> adoptableCards(WorkerId worker,
                                                                                  const ProcessLives& lives);
    [[nodiscard]] std::optional<OpenCard> openCard(std::string_view serial);
    [[nodiscard]] std::optional<ChipState> chipState(std::string_view serial);
    WorkerId require(const Hold& hold);
    WorkerId require(const Hold& hold, std::string_view serial);
    void moveRequest(std::string_view requestId, JobState from, JobState to, std::string_view reason);
    void setRequest(std::string_view requestId, JobState state, std::string_view reason);
    void setChip(std::string_view serial, ChipState state, std::string_view reason);
    void forgetFiles(std::string_view serial);
    void note(std::string_view event, std::string_view requestId, std::string_view serial,
              std::string_view detail, WorkerId worker);
    void noteIn(std::string_view shift, std::string_view event, std::string_view requestId,
                std::string_view serial, std::string_view detail);

    std::mutex mutex_; ///< held by every public function: the connection is shared
    std::shared_ptr<sql::Database> database_;
    Clock clock_;
    WorkerTable workers_;
    PayloadTable payload_;
};

} // namespace cancuoc::personalization
