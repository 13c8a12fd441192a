// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/biometric/pixels.hpp"
#include "personalization/jobs/job_state.hpp"
#include "personalization/jobs/report.hpp"
#include "personalization/jobs/stock.hpp"

namespace cancuoc::station {

enum class FloorPhase {
    Opening,     ///< the job store is being opened
    Unavailable, ///< it could not be; `problem` says why
    Ready,       ///< nothing runs
    Starting,    ///< keys, signer, audit log and stations are put together
    Running,
    Draining, ///< cards that are begun are finished, then the run ends
    Stopping, ///< stations end between two commands; the next run decides about the chips at work
};

enum class StationActivity {
    Away,    ///< no run has it, or it stopped
    Waiting, ///< for a request or for a blank
    AtWork,  ///< on a card
};

/// A station of the floor.
struct StationTile {
    std::string name;  ///< as job store and audit log have it
    std::string place; ///< its name on this machine
    StationActivity activity = StationActivity::Away;
    std::string step;      ///< of the work, as the line names it; empty before the first
    std::string requestId; ///< of the card at work
    std::string chipSerial;
    std::chrono::steady_clock::time_point since; ///< when the activity or the step began
    std::uint64_t good = 0;                      ///< cards of this run
    std::uint64_t failed = 0;
    std::string prompt; ///< what the person at a reader is to do, as the reader says it
};

/// What became of one chip, and when.
struct FloorOutcome {
    std::string requestId;
    std::string chipSerial;
    personalization::ChipState state = personalization::ChipState::Received; ///< Received: a rejected request
    std::string reason;
    std::chrono::sys_seconds when;
};

/// What waits for a person.
struct HandNeeded {
    enum class Kind {
        Blank,      ///< a reader wants the person at it to do something
        Stopped,    ///< the run, or a station of it, ended early
        Quarantine, ///< a chip whose state is not known
        Rejected,   ///< a request of which no card could be made
    };
    Kind kind = Kind::Blank;
    std::string requestId;
    std::string chipSerial;
    std::string reason; ///< the evidence, in the words of the line

    friend bool operator==(const HandNeeded&, const HandNeeded&) = default;
};

/// What the card at work will look like.
struct CardPicture {
    std::string requestId;
    std::string number;
    std::string fullName;
    biometric::Pixels portrait;
    biometric::Pixels front;
    biometric::Pixels back;
    std::string problem; ///< why there are no faces; empty: there are
};

/// All that the screen shows of the floor, at one moment.
struct FloorState {
    FloorPhase phase = FloorPhase::Opening;
    std::string
        problem; ///< why the store is unavailable or the last run did not begin; empty: nothing is wrong
    personalization::Report counts; ///< of the job store, without cards
    std::vector<personalization::OrderReport> orders;
    std::optional<std::int64_t> blanksAtHand; ///< of the floor's stations; none: the stock keeper gave none
    double cardsAnHour = 0;                   ///< good cards of this run, over the last ten minutes
    std::vector<StationTile> stations;
    std::vector<FloorOutcome> outcomes;      ///< the last ones, newest first
    std::vector<HandNeeded> hands;           ///< the most urgent first
    std::shared_ptr<const CardPicture> card; ///< the one begun last; null: none

    [[nodiscard]] bool runs() const {
        return phase == FloorPhase::Running || phase == FloorPhase::Draining || phase == FloorPhase::Stopping;
    }
    [[nodiscard]] bool canStart() const { return phase == FloorPhase::Ready; }

    /// Requests that are settled, one way or the other, among all: 0 to 1; 0 without any.
    [[nodiscard]] double progress() const;

    /// The time that the waiting requests will take at the speed of now; none without a speed.
    [[nodiscard]] std::optional<std::chrono::minutes> timeLeft() const;
};

} // namespace cancuoc::station
