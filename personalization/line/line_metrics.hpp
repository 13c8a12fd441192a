// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "personalization/jobs/job_store.hpp"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

namespace cancuoc::personalization {

/// What a run has done so far.
struct RunCounts {
    std::uint64_t good = 0;
    std::uint64_t spoiled = 0;
    std::uint64_t quarantined = 0;
    std::uint64_t rejected = 0;
    std::chrono::milliseconds elapsed{};

    /// Counts the outcome of one chip.
    void count(ChipState outcome);

    /// Good cards a second; 0 before any time has passed.
    [[nodiscard]] double cardsPerSecond() const;
};

/// The text exposition format of Prometheus (version 0.0.4) for a run and the store that it works on.
/// @param store the counts of JobStore::counts()
/// @param started when the run began
[[nodiscard]] std::string prometheusText(const RunCounts& run, const Report& store,
                                         std::chrono::sys_seconds started);

/// A file of metrics that is kept up to date as long as the object lives, each time whole: for the textfile
/// collector of Prometheus' node exporter. It is written last when the object ends.
class MetricsFile {
public:
    /// Writes `file` at once and then every `interval`. `store` outlives the object. Throws Error when the
    /// file cannot be written the first time; later, the former content stays.
    MetricsFile(std::filesystem::path file, JobStore& store, const Clock& clock,
                std::chrono::milliseconds interval);
    MetricsFile(const MetricsFile&) = delete;
    MetricsFile& operator=(const MetricsFile&) = delete;
    ~MetricsFile();

    /// Counts the outcome of one chip. Any thread may call it.
    void count(ChipState outcome);

private:
    void write();
    void keepUp(const std::stop_token& stop, std::chrono::milliseconds interval);

    std::filesystem::path file_;
    JobStore& store_;
    std::chrono::sys_seconds started_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::mutex mutex_; ///< of counts_
    RunCounts counts_;
    std::jthread thread_;
};

} // namespace cancuoc::personalization
