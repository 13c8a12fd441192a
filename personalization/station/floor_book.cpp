// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/floor_book.hpp"

#include <algorithm>

namespace cancuoc::station {

using personalization::CardOutcome;
using personalization::CardReport;
using personalization::ChipState;
using personalization::StationEvent;

namespace {

constexpr std::chrono::minutes speedWindow(10);
constexpr std::chrono::seconds shortestMeasure(1); ///< before, a speed says nothing

} // namespace

void FloorBook::becomeReady() {
    state_.phase = FloorPhase::Ready;
    state_.problem.clear();
}

void FloorBook::fail(FloorPhase phase, const std::string& problem) {
    state_.phase = phase;
    state_.problem = problem;
}

void FloorBook::beginRun(const std::vector<Place>& places, Moment now) {
    state_.phase = FloorPhase::Running;
    state_.problem.clear();
    state_.stations.clear();
    for (const Place& place : places) {
        state_.stations.push_back({.name = place.name,
                                   .place = place.place,
                                   .activity = StationActivity::Waiting,
                                   .step = {},
                                   .requestId = {},
                                   .chipSerial = {},
                                   .since = now,
                                   .prompt = {}});
    }
    errors_.clear();
    goodCards_.clear();
    runBegan_ = now;
    collectHands();
}

void FloorBook::endRun(const std::vector<std::string>& errors, Moment now) {
    for (StationTile& tile : state_.stations) {
        tile.activity = StationActivity::Away;
        tile.step.clear();
        tile.requestId.clear();
        tile.chipSerial.clear();
        tile.prompt.clear();
        tile.since = now;
    }
    errors_ = errors;
    state_.card.reset(); // nobody's data stay on the screen
    becomeReady();
    collectHands();
}

void FloorBook::take(const StationEvent& event, Moment now) {
    StationTile* tile = tileOf(event.station);
    if (tile == nullptr) {
        return;
    }
    tile->since = now;
    tile->chipSerial = event.chipSerial;
    tile->prompt.clear();
    switch (event.kind) {
    case StationEvent::Kind::BlankTaken:
        tile->activity = StationActivity::Waiting;
        if (state_.blanksAtHand) {
            --*state_.blanksAtHand;
        }
        break;
    case StationEvent::Kind::StepBegun:
        tile->activity = StationActivity::AtWork;
        tile->requestId = event.requestId;
        tile->step = event.step;
        break;
    case StationEvent::Kind::CardEnded:
        tile->activity = StationActivity::Waiting;
        tile->step.clear();
        tile->requestId.clear();
        tile->chipSerial.clear();
        break;
    }
    collectHands();
}

void FloorBook::take(const CardOutcome& outcome, std::chrono::sys_seconds when, Moment now) {
    const bool good = outcome.state == ChipState::Good;
    const auto tile = std::find_if(state_.stations.begin(), state_.stations.end(), [&](const auto& station) {
        return !station.chipSerial.empty() && station.chipSerial == outcome.chipSerial;
    });
    if (tile != state_.stations.end()) {
        ++(good ? tile->good : tile->failed);
    }
    if (good) {
        goodCards_.push_back(now);
    }
    state_.outcomes.insert(state_.outcomes.begin(),
                           {outcome.requestId, outcome.chipSerial, outcome.state, outcome.reason, when});
    if (state_.outcomes.size() > outcomesKept) {
        state_.outcomes.pop_back();
    }
    measureSpeed(now);
}

void FloorBook::prompt(const std::string& sentence) {
    if (!state_.stations.empty()) { // a floor has one reader
        state_.stations.front().prompt = sentence;
        collectHands();
    }
}

void FloorBook::take(std::shared_ptr<const CardPicture> card) {
    if (state_.runs()) {
        state_.card = std::move(card);
    }
}

void FloorBook::take(Figures figures, Moment now) {
    state_.counts = std::move(figures.counts);
    state_.orders = std::move(figures.orders);
    unsettled_ = std::move(figures.unsettled);
    measureSpeed(now);
    collectHands();
}

StationTile* FloorBook::tileOf(const std::string& name) {
    const auto found = std::find_if(state_.stations.begin(), state_.stations.end(),
                                    [&name](const StationTile& tile) { return tile.name == name; });
    return found == state_.stations.end() ? nullptr : &*found;
}

void FloorBook::measureSpeed(Moment now) {
    if (!state_.runs()) {
        return; // the speed of the last run stays
    }
    while (!goodCards_.empty() && now - goodCards_.front() > speedWindow) {
        goodCards_.pop_front();
    }
    const std::chrono::duration<double, std::ratio<3600>> hours =
        std::min<FloorBook::Moment::duration>(now - runBegan_, speedWindow);
    state_.cardsAnHour =
        now - runBegan_ < shortestMeasure ? 0 : static_cast<double>(goodCards_.size()) / hours.count();
}

void FloorBook::collectHands() {
    state_.hands.clear();
    for (const StationTile& tile : state_.stations) {
        if (!tile.prompt.empty()) {
            state_.hands.push_back({HandNeeded::Kind::Blank, "", "", tile.prompt});
        }
    }
    for (const std::string& error : errors_) {
        state_.hands.push_back({HandNeeded::Kind::Stopped, "", "", error});
    }
    for (const CardReport& card : unsettled_) {
        state_.hands.push_back(
            {card.chipSerial.empty() ? HandNeeded::Kind::Rejected : HandNeeded::Kind::Quarantine,
             card.requestId, card.chipSerial, card.reason});
    }
}

} // namespace cancuoc::station
