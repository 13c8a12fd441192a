// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

namespace cancuoc::inspection {

/// One thread that does one task after another, while the card is being waited for. Tasks that have not begun
/// when the worker is destroyed are never done.
class Worker {
public:
    Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    /// Waits for the task that is being done.
    ~Worker() = default;

    /// Queues `task`, which must own all that it uses; what it returns or throws comes with the future.
    template <class Task>
    [[nodiscard]] auto run(Task task) {
        auto packaged = std::make_shared<std::packaged_task<std::invoke_result_t<Task>()>>(std::move(task));
        auto result = packaged->get_future();
        enqueue([packaged] { (*packaged)(); });
        return result;
    }

private:
    void enqueue(std::function<void()> task);
    void work(const std::stop_token& stop);

    std::mutex mutex_; ///< of tasks_ and next_
    std::condition_variable_any added_;
    /// Also those that are done: what they hold, an exception that the caller is looking at among it, is
    /// given back by the owner's thread, when the worker has ended.
    std::deque<std::function<void()>> tasks_;
    std::size_t next_ = 0; ///< the first task that has not begun
    std::jthread thread_;  // last, so that it ends before the rest
};

} // namespace cancuoc::inspection
