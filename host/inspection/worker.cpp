// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/worker.hpp"

#include <utility>

namespace cancuoc::inspection {

Worker::Worker() : thread_([this](const std::stop_token& stop) { work(stop); }) {}

void Worker::enqueue(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    added_.notify_one();
}

void Worker::work(const std::stop_token& stop) {
    while (true) {
        std::function<void()>* task = nullptr;
        {
            std::unique_lock lock(mutex_);
            if (!added_.wait(lock, stop, [this] { return next_ < tasks_.size(); }) || stop.stop_requested()) {
                return;
            }
            task = &tasks_[next_++]; // stays where it is, however many are added
        }
        (*task)();
    }
}

} // namespace cancuoc::inspection
