// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "personalization/jobs/database.hpp"
#include "personalization/jobs/job_store.hpp"

#include <memory>
#include <mutex>

namespace cancuoc::personalization {

/// A job store in a database of SQL.
class SqlJobStore : public JobStore {
public:
    [[nodiscard]] std::vector<ImportOutcome> import(std::span<const Submission> submissions) override;
    [[nodiscard]] std::optional<Job> claim(std::string_view station) override;
    void release(std::string_view requestId) override;
    void releaseAll() override;
    void rejectClaimed(std::string_view requestId, std::string_view reason) override;
    void receiveBlank(std::string_view serial, bool isVolatile, std::string_view station) override;
    void returnBlank(std::string_view serial) override;
    void settleReceivedBlanks() override;
    void beginLoading(std::string_view requestId, std::string_view serial, const ChipFiles& files) override;
    void advance(std::string_view serial, ChipState state) override;
    void spoil(std::string_view serial, std::string_view reason, int attemptsAllowed) override;
    void undoLoading(std::string_view serial, std::string_view reason) override;
    void quarantine(std::string_view serial, std::string_view reason) override;
    [[nodiscard]] std::vector<OpenCard> openCards() override;
    void recordSteps(std::string_view serial, std::span<const StepTime> steps) override;
    void recordRun(std::uint64_t goodCards, std::chrono::microseconds elapsed) override;
    [[nodiscard]] Report report() override;

protected:
    /// `database` has the tables of a job store; `clock` dates the events.
    SqlJobStore(std::unique_ptr<sql::Database> database, Clock clock);

private:
    ImportOutcome importOne(const Submission& submission);
    [[nodiscard]] Job job(std::string_view requestId);
    [[nodiscard]] ChipFiles files(std::string_view serial);
    [[nodiscard]] std::string requestOf(std::string_view serial);
    void moveRequest(std::string_view requestId, JobState from, JobState to, std::string_view reason);
    void setRequest(std::string_view requestId, JobState state, std::string_view reason);
    void setChip(std::string_view serial, ChipState state, std::string_view reason);
    void forgetFiles(std::string_view serial);
    void note(std::string_view event, std::string_view requestId, std::string_view serial,
              std::string_view detail);

    std::mutex mutex_; ///< held by every public function: the connection is shared
    std::unique_ptr<sql::Database> database_;
    Clock clock_;
};

} // namespace cancuoc::personalization
