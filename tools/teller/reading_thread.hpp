// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "tools/teller/counter_input.hpp"
#include "tools/teller/reading_event.hpp"

namespace cancuoc::teller {

/// The thread on which cards are read, one reading at a time. All functions return at once and are called
/// from one thread.
class ReadingThread {
public:
    using Tell = std::function<void(ReadingEvent)>;
    /// Does one reading, as CardReading::run.
    using Read = std::function<void(const CounterInput&, const std::stop_token&, const Tell&)>;

    /// @param tell called on the thread itself with the number of the reading
    ReadingThread(Read read, std::function<void(unsigned reading, ReadingEvent)> tell);
    ReadingThread(const ReadingThread&) = delete;
    ReadingThread& operator=(const ReadingThread&) = delete;
    /// Abandons what runs and waits for the thread.
    ~ReadingThread();

    /// Begins reading number `reading` as soon as the one before it, which is abandoned, has ended.
    void begin(unsigned reading, const CounterInput& input);
    /// Asks what runs to stop.
    void abandon();

private:
    struct Order {
        unsigned reading = 0;
        CounterInput input;
        std::stop_token stop;
    };

    void work(const std::stop_token& stop);
    void abandonLocked();

    Read read_;
    std::function<void(unsigned, ReadingEvent)> tell_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<Order> order_;
    std::stop_source current_;
    std::jthread thread_; ///< last: it uses the others
};

} // namespace cancuoc::teller
