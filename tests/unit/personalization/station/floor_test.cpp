// SPDX-License-Identifier: Apache-2.0
// Floors over a real line: job store, PKI, virtual chips.
#include "personalization/station/floor.hpp"

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include <doctest/doctest.h>

#include "tests/unit/personalization/station/demo_floor.hpp"

using namespace cancuoc;
using namespace cancuoc::station;
using test::DemoFloor;

namespace {

/// A floor, and patience for what it becomes.
class WatchedFloor {
public:
    explicit WatchedFloor(FloorSettings settings)
        : floor_(std::move(settings), [this] {
              { const std::lock_guard guard(mutex_); }
              changed_.notify_all();
          }) {}

    Floor& operator*() { return floor_; }
    Floor* operator->() { return &floor_; }

    bool becomes(const std::function<bool(const FloorState&)>& wanted) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::minutes(2), [&] { return wanted(floor_.state()); });
    }
    bool isReady() {
        return becomes([](const FloorState& state) { return state.phase == FloorPhase::Ready; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    Floor floor_;
};

} // namespace

TEST_CASE("an order goes through, with chips that fail and one that is lost") {
    DemoFloor demo(6, 2, {.failing = {2, 5}, .lost = {4}, .pace = std::chrono::milliseconds(1)});
    {
        WatchedFloor floor(demo.settings());
        REQUIRE(floor.isReady());
        CHECK(floor->state().counts.waiting == 6);
        REQUIRE(floor->state().orders.size() == 1);
        CHECK(floor->state().orders[0].order == test::demoOrder);
        floor->start();
        CHECK(floor->state().phase == FloorPhase::Starting);
        bool hadPicture = false;
        REQUIRE(floor.becomes([&](const FloorState& state) {
            hadPicture = hadPicture || (state.card != nullptr && state.card->front.width == 1011 &&
                                        state.card->back.width == 1011 && state.card->portrait.width != 0);
            return state.phase == FloorPhase::Ready;
        }));
        CHECK(hadPicture);
    }
    WatchedFloor again(demo.settings()); // another program, as it were
    REQUIRE(again.isReady());
    const FloorState state = again->state();
    CHECK(state.problem == "");
    CHECK(state.counts.good == 5);
    CHECK(state.counts.quarantined == 1);
    CHECK(state.counts.blanks.received == 8);
    CHECK(state.counts.blanks.spoiled == 2);
    REQUIRE(state.hands.size() == 1);
    CHECK(state.hands[0].kind == HandNeeded::Kind::Quarantine);
    CHECK(state.hands[0].reason.find("left the reader") != std::string::npos);
}

TEST_CASE("a drained run finishes its cards, and a later one goes on") {
    DemoFloor demo(5, 1);
    WatchedFloor floor(demo.settings());
    REQUIRE(floor.isReady());
    floor->start();
    REQUIRE(floor.becomes([](const FloorState& state) { return !state.outcomes.empty(); }));
    floor->drain();
    REQUIRE(floor.isReady());
    const auto counts = floor->state().counts;
    CHECK(counts.good >= 1);
    CHECK(counts.waiting == 5 - counts.good);
    CHECK(counts.blanks.spoiled == 0);
    floor->start();
    REQUIRE(floor.isReady());
    CHECK(floor->state().counts.good == 5);
}

TEST_CASE("a stopped run leaves its chips to the next, which decides about them") {
    DemoFloor demo(2, 1, {.failing = {}, .lost = {}, .pace = std::chrono::milliseconds(2)});
    WatchedFloor floor(demo.settings());
    REQUIRE(floor.isReady());
    floor->start();
    REQUIRE(floor.becomes(
        [](const FloorState& state) { return !state.stations.empty() && state.stations[0].step == "load"; }));
    floor->stop();
    REQUIRE(floor.isReady());
    CHECK(floor->state().counts.inProcess == 1);
    CHECK(floor->state().hands.empty()); // the operator knows
    floor->start();
    REQUIRE(floor.isReady());
    CHECK(floor->state().counts.good == 2);
    CHECK(floor->state().counts.blanks.spoiled == 1);
}

TEST_CASE("a store that is not there, and a PKI that is not there, are named") {
    DemoFloor demo(1, 1);
    demo.means().pki = demo.folder() / "nowhere";
    WatchedFloor floor(demo.settings());
    REQUIRE(floor.isReady());
    floor->start();
    REQUIRE(floor.becomes([](const FloorState& state) { return !state.problem.empty(); }));
    CHECK(floor->state().phase == FloorPhase::Ready);
    demo.means().store = demo.folder() / "nothing.sqlite";
    WatchedFloor other(demo.settings());
    REQUIRE(other.becomes([](const FloorState& state) { return state.phase == FloorPhase::Unavailable; }));
    CHECK(other->state().problem.find("nothing.sqlite") != std::string::npos);
}

TEST_CASE("a floor that ends in the middle of a run finishes the card") {
    DemoFloor demo(3, 1);
    {
        WatchedFloor floor(demo.settings());
        REQUIRE(floor.isReady());
        floor->start();
        REQUIRE(floor.becomes([](const FloorState& state) {
            return !state.stations.empty() && state.stations[0].step == "load";
        }));
    }
    WatchedFloor again(demo.settings());
    REQUIRE(again.isReady());
    CHECK(again->state().counts.inProcess == 0);
    CHECK(again->state().counts.good >= 1);
}
