// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/jobs/job_store.hpp"

#include <functional>
#include <thread>

namespace cancuoc::personalization {

/// The place of a run among the workers of a job store. It gives signs of life, in a thread of its own, three
/// in the time of a lease, as long as the object lives.
class WorkerLease {
public:
    /// Enlists `worker` in `store`, which outlives the object. `onLost` is called, by that thread and once,
    /// when the store says that the worker is over. Throws what JobStore::enlist() throws.
    WorkerLease(JobStore& store, const Worker& worker, std::function<void(const LeaseLost&)> onLost);
    WorkerLease(const WorkerLease&) = delete;
    WorkerLease& operator=(const WorkerLease&) = delete;
    /// Signs off, unless end() did. What a store says against it is told to nobody: the lease then runs out.
    ~WorkerLease();

    [[nodiscard]] WorkerId worker() const { return worker_; }

    /// Signs off. Throws what JobStore::signOff() throws.
    void end();

private:
    void beat(const std::stop_token& stop, std::chrono::milliseconds interval,
              const std::function<void(const LeaseLost&)>& onLost);

    JobStore& store_;
    WorkerId worker_;
    bool ended_ = false;
    std::jthread thread_;
};

} // namespace cancuoc::personalization
