// SPDX-License-Identifier: Apache-2.0
#include "personalization/line/worker_lease.hpp"

#include <condition_variable>
#include <mutex>

namespace cancuoc::personalization {

WorkerLease::WorkerLease(JobStore& store, const Worker& worker, std::function<void(const LeaseLost&)> onLost)
    : store_(store), worker_(store.enlist(worker)),
      thread_([this, interval = std::chrono::milliseconds(worker.lease) / 3,
               lost = std::move(onLost)](const std::stop_token& stop) { beat(stop, interval, lost); }) {}

WorkerLease::~WorkerLease() {
    try {
        end();
    } catch (const Error&) {
        ended_ = true;
    }
}

void WorkerLease::end() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
    if (!ended_) {
        store_.signOff(worker_);
        ended_ = true;
    }
}

void WorkerLease::beat(const std::stop_token& stop, std::chrono::milliseconds interval,
                       const std::function<void(const LeaseLost&)>& onLost) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    while (!woken.wait_for(lock, stop, interval, [&stop] { return stop.stop_requested(); })) {
        try {
            store_.heartbeat(worker_);
        } catch (const LeaseLost& lost) {
            onLost(lost);
            return;
        } catch (const Error&) {
            continue; // a store that cannot be reached is told by the stations' own calls; here it is tried
                      // again
        }
    }
}

} // namespace cancuoc::personalization
