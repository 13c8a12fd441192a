// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/reading_thread.hpp"

#include <utility>

namespace cancuoc::teller {

ReadingThread::ReadingThread(Read read, std::function<void(unsigned, ReadingEvent)> tell)
    : read_(std::move(read)), tell_(std::move(tell)),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

ReadingThread::~ReadingThread() {
    abandon();
}

void ReadingThread::begin(unsigned reading, const CounterInput& input) {
    const std::lock_guard lock(mutex_);
    abandonLocked();
    order_ = Order{reading, input, current_.get_token()};
    changed_.notify_all();
}

void ReadingThread::abandon() {
    const std::lock_guard lock(mutex_);
    abandonLocked();
}

void ReadingThread::abandonLocked() {
    current_.request_stop();
    current_ = std::stop_source();
    order_.reset();
}

void ReadingThread::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return order_.has_value(); })) {
        const auto order = *std::exchange(order_, std::nullopt);
        lock.unlock();
        read_(order.input, order.stop, [&](ReadingEvent event) { tell_(order.reading, std::move(event)); });
        lock.lock();
    }
}

} // namespace cancuoc::teller
