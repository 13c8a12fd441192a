// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "tools/teller/counter_input.hpp"
#include "tools/teller/reading_event.hpp"

namespace cancuoc::teller {

/// What the one screen at the counter shows.
enum class Phase {
    Waiting,    ///< for a card and a key
    CardWanted, ///< the key is there, the card is not
    Reading,
    CardLifted, ///< in the middle of a reading
    Genuine,
    NotGenuine,
    NotChecked, ///< nothing is proven, neither way
    WrongKey
};

/// The reader on the counter.
enum class ReaderStatus {
    Unknown, ///< it has not been looked at yet
    Missing, ///< no reader, or no smart card service
    Empty,
    CardPresent,
    CardMute ///< a card that does not answer: it lies askew, or is none
};

/// Everything that the screen shows, as a value; person, face and outcome are always of one inspection.
/// Personal data.
struct CounterState {
    Phase phase = Phase::Waiting;
    ReaderStatus reader = ReaderStatus::Unknown;
    std::optional<InputProblem> inputProblem; ///< of what was typed or scanned last
    std::size_t zoneLines = 0;                ///< lines of an unfinished MRZ
    std::size_t zoneLinesExpected = 0;        ///< lines that it will have

    KeyKind key = KeyKind::Number; ///< that the card is or was read with
    std::optional<Person> person;  ///< as soon as it is read; proven only by `outcome`
    std::optional<biometric::Pixels> face;
    std::size_t faceRead = 0;                    ///< bytes
    std::size_t faceTotal = 0;                   ///< bytes; 0 until the first are there
    std::optional<Outcome> outcome;              ///< in the phases with a verdict
    std::optional<reading_event::Failed> failed; ///< in WrongKey, and in NotChecked without outcome
    bool canReadAgain = false;                   ///< with the same key
    unsigned secondsUntilCleared = 0;            ///< 0: nothing is there to be cleared

    /// Whether a reading is under way.
    [[nodiscard]] bool busy() const;
    /// Whether a reading has ended, one way or another.
    [[nodiscard]] bool ended() const;
    /// Whether the card is genuine and a teller must still look twice: it expired, or its QR says something
    /// else.
    [[nodiscard]] bool needsCare() const;
};

} // namespace cancuoc::teller
