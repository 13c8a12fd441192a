// SPDX-License-Identifier: Apache-2.0
// Blanks reconciled by station, shift and order, in every kind of job store.
#include "host/base/error.hpp"
#include "tests/unit/personalization/jobs/job_samples.hpp"
#include "tests/unit/personalization/jobs/store_places.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using namespace cancuoc::test;

namespace {

WorkerId enlistIn(JobStore& store, const std::string& shift) {
    return store.enlist(
        {"hall", "process", [](std::string_view) { return false; }, std::chrono::seconds(60), shift});
}

StockMove move(StockAction action, std::uint64_t count, const std::string& shift) {
    return {action, "station 1", shift, count, "", "stock keeper"};
}

void checkAddsUp(const BlankMovement& blanks) {
    CHECK(blanks.carriedIn + blanks.received ==
          blanks.good + blanks.spoiled + blanks.returned + blanks.inProcess);
}

} // namespace

TEST_CASE_TEMPLATE("a shift's blanks are reconciled by station and order, with what was carried in", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 4);
    const Submission ofAnother = submission(5);
    static_cast<void>(store->import({&ofAnother, 1}, "another order"));
    const WorkerId early = enlistIn(*store, "early");
    const Job good = begin(*store, "AA", early);
    finish(*store, good, "AA");
    store->spoil(begin(*store, "BB", early).hold(), "BB", "the chip failed", 3);
    begin(*store, "CC", early);
    store->receiveBlank(early, "DD", false, "station 2");
    store->receiveBlank(early, "EE", true, "station 2");
    store->receiveBlank(early, "FF", false, "station 2");
    store->returnBlank(early, "FF");
    store->returnBlank(early, "FF"); // once is enough

    const WorkerId late = enlistIn(*store, "late"); // the early run's process is over
    for (const OpenCard& card : store->adoptOpenCards(late, {})) {
        finish(*store, card.job, card.serial);
    }
    store->quarantine(begin(*store, "FF", late).hold(), "FF", "not found");

    const ShiftReport first = store->shiftReport("early");
    CHECK(first.blanks == BlankMovement{0, 6, 1, 1, 1, 3});
    CHECK(first.discrepancies.empty());
    REQUIRE(first.stations.size() == 2);
    CHECK(first.stations[0].blanks == BlankMovement{0, 3, 1, 1, 0, 1});
    CHECK(first.stations[1].blanks == BlankMovement{0, 3, 0, 0, 1, 2});
    const ShiftReport second = store->shiftReport("late");
    CHECK(second.blanks == BlankMovement{3, 1, 1, 1, 1, 1});
    CHECK(second.discrepancies.empty());
    for (const ShiftReport& report : {first, second}) {
        checkAddsUp(report.blanks);
        for (const StationReport& station : report.stations) {
            checkAddsUp(station.blanks);
        }
    }
    REQUIRE(second.orders.size() == 2);
    CHECK(second.orders[0].order == "another order");
    CHECK(second.orders[0].waiting == 1);
    CHECK(second.orders[1].requests == 4);
    CHECK(second.orders[1].good == 2);
    CHECK(second.orders[1].quarantined == 1);
    CHECK(second.orders[1].blanks == BlankMovement{1, 1, 1, 0, 0, 1});
    CHECK_THROWS_AS(static_cast<void>(store->shiftReport("never")), BadConfiguration);
}

TEST_CASE_TEMPLATE("the shifts of runs and of moved blanks are listed, the latest first", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    std::chrono::sys_seconds now{};
    const auto store = place.open([&now] { return now += std::chrono::seconds(1); });
    CHECK(store->shifts().empty());
    enlistIn(*store, "early");
    store->moveStock(move(StockAction::Received, 5, "late"));
    enlistIn(*store, "");
    enlistIn(*store, "early");
    CHECK(store->shifts() == std::vector<std::string>{"early", "late"});
}

TEST_CASE_TEMPLATE("what a station was given, used and gave back is held against what it must have", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 3);
    store->moveStock(move(StockAction::Received, 5, "early"));
    const WorkerId early = enlistIn(*store, "early");
    finish(*store, begin(*store, "AA", early), "AA");
    store->moveStock(move(StockAction::Spoiled, 1, "early"));
    store->moveStock(move(StockAction::Returned, 2, "early"));
    const ShiftReport report = store->shiftReport("early");
    REQUIRE(report.stations.size() == 1);
    CHECK(report.stations[0].stock.received == 5);
    CHECK(report.stations[0].stock.returned == 2);
    CHECK(report.stations[0].stock.spoiled == 1);
    CHECK(report.stations[0].stock.atHand == 1);
    CHECK(report.discrepancies.empty());
    CHECK_THROWS_AS(store->moveStock(move(StockAction::Returned, 2, "early")), BadConfiguration);
    CHECK_THROWS_AS(store->moveStock(move(StockAction::Received, 0, "early")), BadConfiguration);
    CHECK_THROWS_AS(store->moveStock(move(StockAction::Received, 1'000'001, "early")), BadConfiguration);
    finish(*store, begin(*store, "BB", early), "BB");
    CHECK(store->shiftReport("early").stations[0].stock.atHand == 0);
    finish(*store, begin(*store, "CC", early), "CC"); // a blank from nowhere
    const auto wrong = store->shiftReport("early").discrepancies;
    REQUIRE(wrong.size() == 1);
    CHECK(wrong[0] == "The station 1 used 1 blanks more than it was given.");
}

TEST_CASE_TEMPLATE("a blank whose history does not lead where it stands is named", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 1);
    finish(*store, begin(*store, "AA", enlistIn(*store, "early")), "AA");
    place.database()->execute("DELETE FROM events WHERE event = 'good'");
    const auto wrong = store->shiftReport("early").discrepancies;
    REQUIRE(wrong.size() == 1);
    CHECK(wrong[0] == "The blank AA is good, and its history does not lead there.");
}
