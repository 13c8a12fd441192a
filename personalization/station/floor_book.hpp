// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <string>
#include <vector>

#include "personalization/line/card_production.hpp"
#include "personalization/line/station_event.hpp"
#include "personalization/station/floor_state.hpp"

namespace cancuoc::station {

/// Keeps the state of a floor from what its line tells and its store counts. It knows no threads and no
/// clock: the caller guards it and says what time it is.
class FloorBook {
public:
    using Moment = std::chrono::steady_clock::time_point;

    [[nodiscard]] const FloorState& state() const { return state_; }

    void setPhase(FloorPhase phase) { state_.phase = phase; }
    /// The store is open, or a run has ended, and nothing is wrong.
    void becomeReady();
    /// The floor cannot do what it was asked to; `phase` is where it stands now.
    void fail(FloorPhase phase, const std::string& problem);

    /// A run begins at stations with these names, as StationEvent and ChipStation have them.
    struct Place {
        std::string name;
        std::string place;
    };
    void beginRun(const std::vector<Place>& places, Moment now);
    /// It has ended; `errors` say why stations stopped before the work was done.
    void endRun(const std::vector<std::string>& errors, Moment now);

    void take(const personalization::StationEvent& event, Moment now);
    void take(const personalization::CardOutcome& outcome, std::chrono::sys_seconds when, Moment now);
    /// A reader wants the person at it to do something.
    void prompt(const std::string& sentence);
    /// The pictures of a card. Those of one that is not at work are not kept.
    void take(std::shared_ptr<const CardPicture> card);

    /// What the store holds now.
    struct Figures {
        personalization::Report counts;
        std::vector<personalization::OrderReport> orders;
        std::vector<personalization::CardReport> unsettled;
    };
    void take(Figures figures, Moment now);
    /// Blanks at hand as the store knows them before or after a run; blanks that the run takes count down.
    void setBlanksAtHand(std::optional<std::int64_t> blanks) { state_.blanksAtHand = blanks; }

    static constexpr std::size_t outcomesKept = 50;

private:
    [[nodiscard]] StationTile* tileOf(const std::string& name);
    void measureSpeed(Moment now);
    void collectHands();

    FloorState state_;
    Moment runBegan_{};
    std::deque<Moment> goodCards_; ///< of the last ten minutes
    std::vector<std::string> errors_;
    std::vector<personalization::CardReport> unsettled_;
};

} // namespace cancuoc::station
