// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/words.hpp"

#include "tools/desktop/label.hpp"

namespace cancuoc::station {

using desktop::shown;
using personalization::ChipState;

QString Words::phase(const FloorState& state) {
    switch (state.phase) {
    case FloorPhase::Opening:
        return tr("Opening the job store…");
    case FloorPhase::Unavailable:
        return tr("The job store cannot be opened");
    case FloorPhase::Ready:
        return state.counts.waiting > 0 ? tr("Ready to start") : tr("No request waits");
    case FloorPhase::Starting:
        return tr("Starting: keys, signer and stations…");
    case FloorPhase::Running:
        return tr("The line runs");
    case FloorPhase::Draining:
        return tr("Finishing the cards that are begun…");
    case FloorPhase::Stopping:
        return tr("Stopping…");
    }
    return {};
}

QString Words::place(const std::string& place) {
    constexpr std::string_view virtualStation = "virtual station ";
    constexpr std::string_view reader = "reader ";
    if (place.starts_with(virtualStation)) {
        return tr("Virtual chip %1").arg(shown(place.substr(virtualStation.size())));
    }
    if (place.starts_with(reader)) {
        return tr("Reader %1").arg(shown(place.substr(reader.size())));
    }
    return shown(place);
}

QString Words::activity(const StationTile& tile) {
    switch (tile.activity) {
    case StationActivity::Away:
        return tr("At rest");
    case StationActivity::Waiting:
        return tile.prompt.empty() ? tr("Waiting") : prompt(tile.prompt);
    case StationActivity::AtWork:
        return step(tile.step);
    }
    return {};
}

QString Words::step(const std::string& step) {
    if (step == "build") {
        return tr("Building and signing");
    }
    if (step == "load") {
        return tr("Loading the chip");
    }
    if (step == "activate") {
        return tr("Activating");
    }
    if (step == "read-back") {
        return tr("Reading back");
    }
    if (step == "lock") {
        return tr("Locking");
    }
    return shown(step);
}

QString Words::outcome(ChipState state) {
    switch (state) {
    case ChipState::Good:
        return tr("Good");
    case ChipState::Spoiled:
        return tr("Spoiled");
    case ChipState::Quarantined:
        return tr("Quarantined");
    default:
        return tr("Rejected");
    }
}

QString Words::kind(HandNeeded::Kind kind) {
    switch (kind) {
    case HandNeeded::Kind::Blank:
        return tr("At the reader");
    case HandNeeded::Kind::Stopped:
        return tr("Station stopped");
    case HandNeeded::Kind::Quarantine:
        return tr("Quarantine");
    case HandNeeded::Kind::Rejected:
        return tr("Request rejected");
    }
    return {};
}

QString Words::proposal(const HandNeeded& hand) {
    switch (hand.kind) {
    case HandNeeded::Kind::Blank:
        return prompt(hand.reason);
    case HandNeeded::Kind::Stopped:
        return tr("Mend the cause, then start again.");
    case HandNeeded::Kind::Quarantine:
        return tr("Bring the chip back and start again: what it holds decides. If it is lost, two persons "
                  "decide that it counts as destroyed.");
    case HandNeeded::Kind::Rejected:
        return tr("Look for the cause. Two persons decide that the card is made again.");
    }
    return {};
}

QString Words::prompt(const std::string& sentence) {
    if (sentence == "Put the next blank on the reader.") {
        return tr("Put the next blank on the reader.");
    }
    if (sentence == "The card is good: take it off the reader.") {
        return tr("The card is good: take it off the reader.");
    }
    if (sentence == "Take the card off the reader and put it with those to be destroyed.") {
        return tr("Take the card off the reader and put it with those to be destroyed.");
    }
    if (sentence == "The card is still a blank: take it off the reader.") {
        return tr("The card is still a blank: take it off the reader.");
    }
    return shown(sentence);
}

} // namespace cancuoc::station
