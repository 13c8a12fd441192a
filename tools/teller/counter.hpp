// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string_view>

#include "tools/teller/counter_state.hpp"
#include "tools/teller/scanned_lines.hpp"

namespace cancuoc::teller {

/// The counter as a state machine, without a window, a thread or a clock: what a person does, what the reader
/// says and what a reading finds come in; the state to show comes out. Everything runs on one thread.
class Counter {
public:
    /// What the counter wants done. Readings are numbered, so that what an abandoned one still says is not
    /// taken for the next one's.
    struct Actions {
        std::function<void(unsigned reading, const CounterInput&)> begin; ///< and abandon what runs
        std::function<void()> abandon;
        std::function<void()> changed;   ///< the state is another
        std::function<void()> countdown; ///< only the time until everything is forgotten is another
    };

    /// @param clearAfter seconds without activity after which everything personal is forgotten; at least 1
    Counter(Actions actions, std::chrono::seconds clearAfter);
    Counter(const Counter&) = delete;
    Counter& operator=(const Counter&) = delete;
    ~Counter();

    [[nodiscard]] const CounterState& state() const { return state_; }

    /// A line was typed or scanned and ended with Enter. What was shown of another card goes first.
    void enter(std::string_view line);
    /// Reads the card again with the same key, after a reading that has ended.
    void readAgain();
    /// A person is at work: the time until everything is forgotten begins anew.
    void touch();
    /// A second has passed.
    void tick();
    /// Forgets everything personal and abandons the reading; the reader's status stays.
    void clear();

    /// The reader says something. A card that is put on it after a verdict is another one: what is shown
    /// goes, not what has been entered since. After a reading without a verdict, it is read with the same
    /// key.
    void take(ReaderStatus status);
    /// A reading says something; ignored unless it is the one that was begun last.
    void take(unsigned reading, ReadingEvent event);

private:
    void begin(CounterInput input);
    void clearCard();
    void forget();
    void forgetCard();
    /// Forgets what was shown of a card that is being read: the person and the face.
    void forgetHolder();
    void countDown();

    void on(reading_event::CardWanted event);
    void on(reading_event::CardLifted event);
    void on(reading_event::Opened event);
    void on(reading_event::PersonRead&& event);
    void on(reading_event::FaceProgress event);
    void on(reading_event::FaceRead&& event);
    void on(reading_event::Finished&& event);
    void on(reading_event::Failed&& event);

    Actions actions_;
    unsigned clearAfter_;
    CounterState state_;
    ScannedLines lines_;
    std::optional<CounterInput> input_;
    unsigned reading_ = 0;
};

} // namespace cancuoc::teller
