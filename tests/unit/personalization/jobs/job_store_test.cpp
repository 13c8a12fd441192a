// SPDX-License-Identifier: Apache-2.0
// One suite for every kind of job store.
#include "host/base/error.hpp"
#include "personalization/intake/record_column.hpp"
#include "personalization/jobs/record_json.hpp"
#include "tests/unit/personalization/jobs/job_samples.hpp"
#include "tests/unit/personalization/jobs/store_places.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <thread>

using namespace cancuoc;
using namespace cancuoc::personalization;
using namespace cancuoc::test;

TEST_CASE_TEMPLATE("a record comes back from the store as it went in", Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    const Submission given = submission(7);
    static_cast<void>(place.open()->import({&given, 1}, "order"));
    const auto job = claim(*place.open());
    REQUIRE(job);
    CHECK(job->record == given.record);
    CHECK(job->pictures.portrait == given.pictures.portrait);
    CHECK(job->pictures.leftIndex == given.pictures.leftIndex);
    CHECK(job->pictures.rightIndex == given.pictures.rightIndex);
    CHECK(job->attempt == 1);
}

TEST_CASE_TEMPLATE("importing again changes nothing; other data under the same id or number is refused",
                   Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 2);
    std::vector<Submission> again{submission(1), submission(1), submission(3), submission(1)};
    again[1].record.fullName = "Trần Văn Mẫu";
    again[2].record.number = again[0].record.number;
    again[3].pictures.portrait.push_back(0x00);
    CHECK(store->import(again, "order") ==
          std::vector<ImportOutcome>{ImportOutcome::AlreadyThere, ImportOutcome::OtherDataUnderId,
                                     ImportOutcome::NumberOfOtherRequest, ImportOutcome::OtherDataUnderId});
    CHECK(store->report().requests == 2);
}

TEST_CASE_TEMPLATE("a request goes its way to a good card, and the counts balance at each step", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 2);
    const Job job = begin(*store, "AA");
    checkBalance(store->report());
    CHECK(store->report().inProcess == 1);
    CHECK(store->report().blanks.inProcess == 1);
    finish(*store, job, "AA");
    store->recordSteps("AA", std::vector<StepTime>{{"load", std::chrono::microseconds(1500)},
                                                   {"lock", std::chrono::microseconds(250)}});
    const Report report = store->report();
    checkBalance(report);
    CHECK(report.good == 1);
    CHECK(report.waiting == 1);
    REQUIRE(report.cards.size() == 1);
    CHECK(report.cards[0].requestId == job.record.requestId);
    CHECK(report.cards[0].chipSerial == "AA");
    CHECK(report.cards[0].state == "good");
    CHECK(report.cards[0].milliseconds ==
          std::vector<std::pair<std::string, double>>{{"load", 1.5}, {"lock", 0.25}});
    CHECK(store->adoptOpenCards(enlist(*store), {}).empty());
}

TEST_CASE_TEMPLATE("no chip serves two records and no record gets two cards", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 3);
    const WorkerId worker = enlist(*store);
    const Job first = begin(*store, "AA", worker);
    const auto second = store->claim(worker, "station 2");
    REQUIRE(second);
    CHECK_THROWS_AS(store->receiveBlank(worker, "AA", false, "station 2"), BadConfiguration);
    CHECK_THROWS_AS(store->beginLoading(second->hold(), "AA", {}), BadConfiguration);
    store->receiveBlank(worker, "BB", false, "station 2");
    CHECK_THROWS_AS(store->beginLoading(first.hold(), "BB", {}), BadConfiguration); // has a chip already
    store->beginLoading(second->hold(), "BB", {});
    CHECK_THROWS_AS(store->advance(first.hold(), "BB", ChipState::Loaded), BadConfiguration);
    finish(*store, first, "AA");
    CHECK_THROWS_AS(store->receiveBlank(worker, "AA", false, "station 1"), BadConfiguration);
    CHECK_THROWS(store->spoil(first.hold(), "AA", "late", 3));
    CHECK_THROWS(store->quarantine(first.hold(), "AA", "late"));
    CHECK(store->report().good == 1);
    checkBalance(store->report());
}

TEST_CASE_TEMPLATE("steps cannot be left out", Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 1);
    const Hold hold = begin(*store, "AA").hold();
    CHECK_THROWS_AS(store->advance(hold, "AA", ChipState::Good), BadConfiguration);
    CHECK_THROWS_AS(store->advance(hold, "AA", ChipState::Verified), BadConfiguration);
    CHECK_THROWS_AS(store->advance(hold, "AA", ChipState::Spoiled), BadConfiguration);
    CHECK_THROWS_AS(store->advance(hold, "ZZ", ChipState::Loaded), BadConfiguration);
    CHECK_THROWS_AS(store->advance({"R-9", 1}, "AA", ChipState::Loaded), BadConfiguration);
}

TEST_CASE_TEMPLATE("remakes come first, and after the last attempt the request is rejected", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 3);
    CHECK(begin(*store, "AA").record.requestId == "R-1");
    const Job second = begin(*store, "BB");
    CHECK(second.record.requestId == "R-2");
    store->spoil(second.hold(), "BB", "the chip failed", 2);
    const Job remake = begin(*store, "CC");
    CHECK(remake.record.requestId == "R-2");
    CHECK(remake.attempt == 2);
    store->spoil(remake.hold(), "CC", "the chip failed again", 2);
    CHECK(begin(*store, "DD").record.requestId == "R-3");
    const Report report = store->report();
    CHECK(report.rejected == 1);
    CHECK(report.blanks.spoiled == 2);
    checkBalance(report);
    REQUIRE(report.cards.size() == 5);
    CHECK(report.cards[4].requestId == "R-2");
    CHECK(report.cards[4].state == "rejected");
    CHECK(report.cards[4].reason == "the chip failed again");
}

TEST_CASE_TEMPLATE("cards that runs spoil by their end are not held against the request", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 1);
    for (const char* serial : {"AA", "BB", "CC", "DD"}) {
        store->spoil(begin(*store, serial).hold(), serial, "the run ended", 2, SpoiledBy::EndOfRun);
    }
    store->spoil(begin(*store, "EE").hold(), "EE", "the chip failed", 2);
    CHECK(store->report().waiting == 1);
    const Job last = begin(*store, "FF");
    CHECK(last.attempt == 6);
    store->spoil(last.hold(), "FF", "the chip failed", 2);
    CHECK(store->report().rejected == 1);
    checkBalance(store->report());
}

TEST_CASE_TEMPLATE("the intent survives the process, with what the chip was to hold", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    {
        const auto store = place.open();
        fill(*store, 2);
        const WorkerId worker = enlist(*store);
        begin(*store, "AA", worker);
        REQUIRE(store->claim(worker, "station 2"));
        store->receiveBlank(worker, "BB", true, "station 2");
        store->receiveBlank(worker, "CC", false, "station 3");
    }
    const auto store = place.open();
    const ProcessLives ended = [](std::string_view) { return false; };
    const WorkerId worker = store->enlist({"hall", "another process", ended});
    const auto open = store->adoptOpenCards(worker, ended);
    REQUIRE(open.size() == 1);
    CHECK(open[0].serial == "AA");
    CHECK(open[0].state == ChipState::Loading);
    CHECK(open[0].job.record == submission(1).record);
    CHECK(open[0].job.attempt == 1);
    CHECK(open[0].files == someFiles());
    const Report report = store->report();
    CHECK(report.waiting == 1);
    CHECK(report.blanks.spoiled == 1);
    CHECK(report.blanks.returned == 1);
    checkBalance(report);
    store->receiveBlank(worker, "CC", false, "station 1"); // a returned blank may come again
    checkBalance(store->report());
    CHECK(store->report().blanks.received == 3);
}

TEST_CASE_TEMPLATE("a chip that was never written goes back, and no attempt is counted", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 1);
    store->undoLoading(begin(*store, "AA").hold(), "AA", "other keys");
    CHECK(store->report().blanks.returned == 1);
    const Job again = begin(*store, "AA");
    CHECK(again.attempt == 1);
    finish(*store, again, "AA");
    checkBalance(store->report());
}

TEST_CASE_TEMPLATE("a quarantined card waits for evidence and nobody else gets the record", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 1);
    store->quarantine(begin(*store, "AA").hold(), "AA", "not found");
    CHECK_FALSE(claim(*store));
    CHECK(store->report().quarantined == 1);
    checkBalance(store->report());
    const auto open = store->adoptOpenCards(enlist(*store), {});
    REQUIRE(open.size() == 1);
    const Hold hold = open[0].job.hold();
    CHECK(store->adoptOpenCards(enlist(*store), {}).empty()); // one looks at it already
    SUBCASE("found complete") {
        store->advance(hold, "AA", ChipState::Verified);
        store->advance(hold, "AA", ChipState::Good);
        CHECK(store->report().good == 1);
    }
    SUBCASE("found empty") {
        store->spoil(hold, "AA", "empty", 3);
        CHECK(claim(*store));
    }
    checkBalance(store->report());
}

TEST_CASE_TEMPLATE("what waits for a person, and how far each order is, is told without the cards", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 3);
    const Submission ofAnother = submission(9);
    static_cast<void>(store->import({&ofAnother, 1}, "z-order"));
    finish(*store, begin(*store, "AA"), "AA");
    store->quarantine(begin(*store, "BB").hold(), "BB", "not found");
    const auto refused = claim(*store);
    REQUIRE(refused);
    store->rejectClaimed(refused->hold(), "no portrait");

    const auto unsettled = store->unsettled();
    REQUIRE(unsettled.size() == 2);
    CHECK(unsettled[0].chipSerial == "BB");
    CHECK(unsettled[0].state == "quarantined");
    CHECK(unsettled[0].reason == "not found");
    CHECK(unsettled[0].order == "order");
    CHECK(unsettled[1].requestId == refused->record.requestId);
    CHECK(unsettled[1].chipSerial.empty());
    CHECK(unsettled[1].reason == "no portrait");
    CHECK(unsettled[1].order == "order");

    const auto orders = store->orders();
    REQUIRE(orders.size() == 2);
    CHECK(orders[0].requests == 3);
    CHECK(orders[0].good == 1);
    CHECK(orders[0].rejected == 1);
    CHECK(orders[0].quarantined == 1);
    CHECK(orders[1].order == "z-order");
    CHECK(orders[1].waiting == 1);
}

TEST_CASE_TEMPLATE("requests are taken remakes first, then by their orders' priorities, then as imported",
                   Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    int number = 0;
    for (const char* order : {"a", "b", "c", "d"}) {
        for (int count = 0; count < 2; ++count) {
            const Submission request = submission(++number);
            static_cast<void>(store->import({&request, 1}, order));
        }
    }
    const auto taken = [&store](int count) {
        std::string ids;
        for (int index = 0; index < count; ++index) {
            const auto job = claim(*store);
            ids += job ? job->record.requestId + " " : "none ";
        }
        return ids;
    };
    const Job spoiled = begin(*store, "AA");
    store->setPriority("a", -1);
    store->setPriority("d", 3);
    store->setPriority("c", 3);
    store->setPriority("b", 2);
    store->setPriority("b", 0);
    const auto orders = store->orders();
    REQUIRE(orders.size() == 4);
    CHECK(orders[0].priority == -1);
    CHECK(orders[1].priority == 0);
    CHECK(orders[3].priority == 3);
    CHECK(taken(1) == "R-5 ");
    store->spoil(spoiled.hold(), "AA", "the chip failed", 3);
    CHECK(taken(2) == "R-1 R-6 ");
    store->setPriority("d", -2);
    CHECK(taken(6) == "R-3 R-4 R-2 R-7 R-8 none ");

    CHECK_THROWS_AS(store->setPriority("e", 1), BadConfiguration);
    CHECK_THROWS_AS(store->setPriority("a", JobStore::highestPriority + 1), BadConfiguration);
    CHECK_THROWS_AS(store->setPriority("a", -JobStore::highestPriority - 1), BadConfiguration);
}

TEST_CASE_TEMPLATE("the database itself refuses a second good card", Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    fill(*place.open(), 1);
    const Job job = begin(*place.open(), "AA");
    const auto behind = place.database();
    auto& database = *behind;
    const std::string insertion =
        "INSERT INTO chips (serial, state, request_id, is_volatile, position) VALUES ";
    CHECK_THROWS_AS(database.execute(insertion + "('BB', 'good', 'R-1', 0, 9)"), sql::DatabaseError);
    CHECK_THROWS_AS(database.execute(insertion + "('BB', 'good', NULL, 0, 9)"), sql::DatabaseError);
    finish(*place.open(), job, "AA");
    CHECK_THROWS_AS(database.execute("UPDATE requests SET state = 'waiting'"), sql::DatabaseError);
    CHECK_THROWS_AS(database.execute("UPDATE chips SET state = 'received'"), sql::DatabaseError);
    CHECK_THROWS_AS(database.execute("UPDATE chips SET request_id = NULL"), sql::DatabaseError);
    CHECK_NOTHROW(database.execute("UPDATE chips SET reason = 'seen'"));
}

TEST_CASE_TEMPLATE("stations that claim at the same time get different requests", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    constexpr int requests = 40;
    fill(*store, requests);
    const WorkerId worker = enlist(*store);
    std::array<std::vector<std::string>, 4> claimed;
    std::vector<std::thread> stations;
    for (auto& mine : claimed) {
        stations.emplace_back([&store, &mine, worker] {
            while (const auto job = store->claim(worker, "station")) {
                mine.push_back(job->record.requestId);
            }
        });
    }
    for (std::thread& station : stations) {
        station.join();
    }
    std::multiset<std::string> all;
    for (const auto& mine : claimed) {
        all.insert(mine.begin(), mine.end());
    }
    CHECK(all.size() == requests);
    CHECK(std::set<std::string>(all.begin(), all.end()).size() == requests);
}

TEST_CASE("a file that is no job store is left alone") {
    const SqlitePlace place;
    SUBCASE("no database") {
        std::ofstream(place.path())
            << "not a database, but a long enough text to have a header of its own, and more "
               "than one hundred bytes";
        CHECK_THROWS_AS(static_cast<void>(place.open()), Error);
    }
    SUBCASE("a store of a newer version") {
        static_cast<void>(place.open());
        sqlite::Database(place.path(), 1000).execute("PRAGMA user_version = 99");
        CHECK_THROWS_AS(static_cast<void>(place.open()), BadConfiguration);
    }
    SUBCASE("a folder that is not there") {
        CHECK_THROWS_AS(SqliteJobStore("/nowhere/jobs.db", systemClock()), Error);
    }
}

TEST_CASE("only the owner may read the store") {
    const SqlitePlace place;
    static_cast<void>(place.open());
    using std::filesystem::perms;
    CHECK((std::filesystem::status(place.path()).permissions() & (perms::group_all | perms::others_all)) ==
          perms::none);
}

TEST_CASE("a database of another version, or of nobody, is refused by name") {
    const PostgresqlPlace place;
    static_cast<void>(place.open());
    place.database()->execute("UPDATE job_store SET version = 99");
    CHECK_THROWS_AS(static_cast<void>(place.open()), BadConfiguration);
    CHECK_THROWS_AS(PostgresqlJobStore(PostgresqlSchema::uriOfNothing(), systemClock()), sql::DatabaseError);
}

TEST_CASE("stores that open a new database at once make its tables once") {
    const PostgresqlPlace place;
    std::vector<std::thread> machines;
    for (int machine = 0; machine < 4; ++machine) {
        machines.emplace_back([&place] { CHECK_NOTHROW(static_cast<void>(place.open())); });
    }
    for (auto& machine : machines) {
        machine.join();
    }
    fill(*place.open(), 3);
}

TEST_CASE("machines that claim at the same time get different requests") {
    const PostgresqlPlace place;
    constexpr int requests = 40;
    fill(*place.open(), requests);
    std::array<std::set<std::string>, 4> claimed;
    std::vector<std::thread> machines;
    for (auto& mine : claimed) {
        machines.emplace_back([&place, &mine] {
            const auto store = place.open();
            const WorkerId worker = enlist(*store);
            while (const auto job = store->claim(worker, "station")) {
                mine.insert(job->record.requestId);
            }
        });
    }
    for (auto& machine : machines) {
        machine.join();
    }
    std::multiset<std::string> all;
    for (const auto& mine : claimed) {
        all.insert(mine.begin(), mine.end());
    }
    CHECK(all.size() == requests);
    CHECK(std::set<std::string>(all.begin(), all.end()).size() == requests);
}

TEST_CASE(
    "a server that ends a connection is told by name, and the next connection finds what was committed") {
    const PostgresqlPlace place;
    const auto store = place.open();
    fill(*store, 1);
    place.database()->execute(
        "DO $$BEGIN PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        "current_database() AND pid <> pg_backend_pid(); END$$");
    CHECK_THROWS_AS(static_cast<void>(claim(*store)), sql::DatabaseError);
    CHECK(claim(*place.open()));
}

TEST_CASE("the stored record has every field of the register and what no column knows") {
    CitizenRecord record = submission(1).record;
    for (const RecordColumn& column : recordColumns()) {
        if (const auto* text = std::get_if<std::string CitizenRecord::*>(&column.field)) {
            record.*(*text) = "value of " + std::string(column.name);
        }
    }
    record.deceasedOrMissing = dateFromIso("2112-03-04");
    record.other = {{"remark", "hàng A|\"1\""}, {"number", "not the number"}};
    CHECK(recordFromJson(toJson(record)) == record);
}

TEST_CASE(
    "a record keeps its JSON, and with it its digest, when columns are added that it has no value for") {
    const std::string json = toJson(submission(1).record);
    CHECK(json.find("place_of_birth_registration") != std::string::npos);
    for (const char* later : {"\"place_of_birth\"", "\"former_cards\"", "\"other\""}) {
        CHECK(json.find(later) == std::string::npos);
    }
    CHECK_THROWS_AS(static_cast<void>(recordFromJson("{}")), MalformedData);
    std::string wrong = json;
    wrong.replace(wrong.find("2099-01-01"), 10, "2099-02-30");
    CHECK_THROWS_AS(static_cast<void>(recordFromJson(wrong)), MalformedData);
}
