// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "host/base/clock.hpp"
#include "host/reader/card_on_reader.hpp"
#include "tools/teller/counter_input.hpp"
#include "tools/teller/reading_event.hpp"

namespace cancuoc::teller {

/// What the owner of the counter has set.
struct CounterSettings {
    std::string reader;                ///< as chooseReader takes it; empty: the one with a card
    std::string trustStore;            ///< folder; empty: none, and no card can be shown to be genuine
    std::string policy = "standard";   ///< as Policy::load takes it
    std::chrono::seconds patience{60}; ///< for a card to come, and for a lifted one to come back
};

/// Reads and judges one card at the counter with what was typed or scanned, and tells the screen.
class CardReading {
public:
    /// Opens the way to the card: a CardOnReader, or a stand-in. Throws what CardOnReader's constructor
    /// throws.
    using OpenCard = std::function<std::unique_ptr<CardSource>(CardWaiting)>;
    using Tell = std::function<void(ReadingEvent)>;

    CardReading(CounterSettings settings, OpenCard openCard, Clock clock);

    /// Runs on the caller's thread until the card is judged or the reading failed; the last event is Finished
    /// or Failed. When `stop` is asked for it ends soon, and tells no end. Throws nothing of Error's kind.
    void run(const CounterInput& input, const std::stop_token& stop, const Tell& tell) const;

private:
    CounterSettings settings_;
    OpenCard openCard_;
    Clock clock_;
};

/// Opens the PC/SC reader that `waiting` names.
[[nodiscard]] std::unique_ptr<CardSource> openCardOnReader(CardWaiting waiting);

} // namespace cancuoc::teller
