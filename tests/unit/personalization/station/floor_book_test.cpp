// SPDX-License-Identifier: Apache-2.0
// What the screen is told, from what a line tells, without a line.
#include "personalization/station/floor_book.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::station;
using namespace std::chrono_literals;
using personalization::ChipState;
using personalization::StationEvent;

namespace {

const FloorBook::Moment start{};
const std::chrono::sys_seconds today{};

FloorBook runningBook() {
    FloorBook book;
    book.becomeReady();
    book.beginRun({{"demo, station 1", "station 1"}, {"demo, station 2", "station 2"}}, start);
    return book;
}

StationEvent step(const std::string& serial, const std::string& name) {
    return {StationEvent::Kind::StepBegun, "demo, station 2", serial, "REQ-1", name};
}

} // namespace

TEST_CASE("a station's tile follows its card from the blank to the end") {
    FloorBook book = runningBook();
    book.setBlanksAtHand(5);
    book.take(StationEvent{StationEvent::Kind::BlankTaken, "demo, station 2", "AA"}, start + 1s);
    CHECK(book.state().blanksAtHand == 4);
    book.take(step("AA", "load"), start + 2s);
    const StationTile& tile = book.state().stations.at(1);
    CHECK(book.state().stations.at(0).activity == StationActivity::Waiting);
    CHECK(tile.activity == StationActivity::AtWork);
    CHECK(tile.step == "load");
    CHECK(tile.requestId == "REQ-1");
    CHECK(tile.chipSerial == "AA");
    CHECK(tile.since == start + 2s);
    book.take(personalization::CardOutcome{"REQ-1", "AA", ChipState::Good, ""}, today, start + 3s);
    book.take(StationEvent{StationEvent::Kind::CardEnded, "demo, station 2", "AA", "REQ-1"}, start + 3s);
    CHECK(tile.good == 1);
    CHECK(tile.activity == StationActivity::Waiting);
    CHECK(tile.requestId.empty());
    book.endRun({}, start + 4s);
    CHECK(tile.activity == StationActivity::Away);
    CHECK(book.state().phase == FloorPhase::Ready);
}

TEST_CASE("cards an hour are counted over the last ten minutes") {
    FloorBook book = runningBook();
    const personalization::CardOutcome good{"REQ-1", "AA", ChipState::Good, ""};
    book.take(good, today, start + 60s);
    CHECK(book.state().cardsAnHour == doctest::Approx(60));
    book.take(good, today, start + 20min);
    CHECK(book.state().cardsAnHour == doctest::Approx(6));
    FloorBook::Figures figures;
    figures.counts.waiting = 3;
    book.take(figures, start + 20min);
    CHECK(book.state().timeLeft() == 30min);
}

TEST_CASE("what needs a hand comes in the order of its urgency, with the evidence") {
    FloorBook book = runningBook();
    FloorBook::Figures figures;
    figures.unsettled = {{"REQ-7", "BB", "quarantined", "The card left the reader.", {}},
                         {"REQ-8", "", "rejected", "no portrait", {}}};
    book.take(figures, start);
    book.prompt("Put the next blank on the reader.");
    const auto& hands = book.state().hands;
    REQUIRE(hands.size() == 3);
    CHECK(hands[0] == HandNeeded{HandNeeded::Kind::Blank, "", "", "Put the next blank on the reader."});
    CHECK(hands[1] == HandNeeded{HandNeeded::Kind::Quarantine, "REQ-7", "BB", "The card left the reader."});
    CHECK(hands[2] == HandNeeded{HandNeeded::Kind::Rejected, "REQ-8", "", "no portrait"});
    book.endRun({"station 2: no reader"}, start + 1s);
    CHECK(book.state().hands.at(0).kind == HandNeeded::Kind::Stopped);
}

TEST_CASE("nobody's card stays on the screen when the run has ended") {
    FloorBook book = runningBook();
    book.take(std::make_shared<const CardPicture>());
    CHECK(book.state().card != nullptr);
    book.endRun({}, start);
    CHECK(book.state().card == nullptr);
    book.take(std::make_shared<const CardPicture>()); // one that was drawn too late
    CHECK(book.state().card == nullptr);
}

TEST_CASE("only the last outcomes are kept, the newest first") {
    FloorBook book = runningBook();
    for (std::size_t number = 0; number <= FloorBook::outcomesKept; ++number) {
        book.take(personalization::CardOutcome{std::to_string(number), "AA", ChipState::Spoiled, "why"},
                  today, start);
    }
    CHECK(book.state().outcomes.size() == FloorBook::outcomesKept);
    CHECK(book.state().outcomes.front().requestId == std::to_string(FloorBook::outcomesKept));
    CHECK(book.state().outcomes.front().reason == "why");
}
