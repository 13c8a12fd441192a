// SPDX-License-Identifier: Apache-2.0
// One suite for every kind of job store.
#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "personalization/intake/record_column.hpp"
#include "personalization/jobs/record_json.hpp"
#include "tests/unit/personalization/jobs/store_places.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <thread>

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::PostgresqlPlace;
using test::SqlitePlace;

namespace {

Submission submission(int index) {
    Submission result;
    CitizenRecord& record = result.record;
    record.requestId = "R-" + std::to_string(index);
    record.number = std::to_string(100000 + index);
    record.number = "001299" + record.number.substr(record.number.size() - 6);
    record.fullName = "Nguyễn Văn Mẫu";
    record.birthDate = dateFromIso("2099-01-01");
    record.sex = Sex::Female;
    record.nationality = "Việt Nam";
    record.residence = "Số 1 \"Phố Mẫu\"";
    record.issueDate = dateFromIso("2113-01-02");
    record.expiryDate = dateFromIso("2124-01-01");
    record.fatherName = "Nguyễn Văn Cha";
    result.pictures = {{0xFF, 0xD8, static_cast<std::uint8_t>(index)}, {0x89, 0x50}, {0x89, 0x51}};
    return result;
}

void fill(JobStore& store, int count) {
    std::vector<Submission> submissions;
    for (int index = 1; index <= count; ++index) {
        submissions.push_back(submission(index));
    }
    for (const ImportOutcome outcome : store.import(submissions)) {
        CHECK(outcome == ImportOutcome::Added);
    }
}

ChipFiles someFiles() {
    return {{lds::FileId::DataGroup1, {0x61, 0x00}}, {lds::FileId::CardAccess, {0x31, 0x00}}};
}

/// Claims the next request and takes a chip for it.
Job begin(JobStore& store, const std::string& serial) {
    const auto job = store.claim("station 1");
    REQUIRE(job);
    store.receiveBlank(serial, false, "station 1");
    store.beginLoading(job->record.requestId, serial, someFiles());
    return *job;
}

void finish(JobStore& store, const std::string& serial) {
    store.advance(serial, ChipState::Loaded);
    store.advance(serial, ChipState::Verified);
    store.advance(serial, ChipState::Good);
}

void checkBalance(const Report& report) {
    CHECK(report.requests ==
          report.good + report.rejected + report.inProcess + report.waiting + report.quarantined);
    CHECK(report.blanks.received ==
          report.blanks.good + report.blanks.spoiled + report.blanks.returned + report.blanks.inProcess);
    CHECK(report.good == report.blanks.good);
}

} // namespace

TEST_CASE_TEMPLATE("a record comes back from the store as it went in", Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    const Submission given = submission(7);
    static_cast<void>(place.open()->import({&given, 1}));
    const auto job = place.open()->claim("station 1");
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
    CHECK(store->import(again) ==
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
    store->advance("AA", ChipState::Loaded);
    CHECK(store->openCards().size() == 1);
    store->advance("AA", ChipState::Verified);
    store->advance("AA", ChipState::Good);
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
    CHECK(store->openCards().empty());
}

TEST_CASE_TEMPLATE("no chip serves two records and no record gets two cards", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 3);
    begin(*store, "AA");
    const auto second = store->claim("station 2");
    REQUIRE(second);
    CHECK_THROWS_AS(store->receiveBlank("AA", false, "station 2"), BadConfiguration);
    CHECK_THROWS_AS(store->beginLoading(second->record.requestId, "AA", {}), BadConfiguration);
    store->receiveBlank("BB", false, "station 2");
    CHECK_THROWS_AS(store->beginLoading("R-1", "BB", {}), BadConfiguration); // has a chip already
    store->beginLoading(second->record.requestId, "BB", {});
    finish(*store, "AA");
    CHECK_THROWS_AS(store->receiveBlank("AA", false, "station 1"), BadConfiguration);
    CHECK_THROWS(store->spoil("AA", "late", 3));
    CHECK_THROWS(store->quarantine("AA", "late"));
    CHECK(store->report().good == 1);
    checkBalance(store->report());
}

TEST_CASE_TEMPLATE("steps cannot be left out", Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 1);
    begin(*store, "AA");
    CHECK_THROWS_AS(store->advance("AA", ChipState::Good), BadConfiguration);
    CHECK_THROWS_AS(store->advance("AA", ChipState::Verified), BadConfiguration);
    CHECK_THROWS_AS(store->advance("AA", ChipState::Spoiled), BadConfiguration);
    CHECK_THROWS_AS(store->advance("ZZ", ChipState::Loaded), BadConfiguration);
}

TEST_CASE_TEMPLATE("remakes come first, and after the last attempt the request is rejected", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 3);
    CHECK(begin(*store, "AA").record.requestId == "R-1");
    CHECK(begin(*store, "BB").record.requestId == "R-2");
    store->spoil("BB", "the chip failed", 2);
    const Job remake = begin(*store, "CC");
    CHECK(remake.record.requestId == "R-2");
    CHECK(remake.attempt == 2);
    store->spoil("CC", "the chip failed again", 2);
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

TEST_CASE_TEMPLATE("the intent survives the process, with what the chip was to hold", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    {
        const auto store = place.open();
        fill(*store, 2);
        begin(*store, "AA");
        REQUIRE(store->claim("station 2"));
        store->receiveBlank("BB", true, "station 2");
        store->receiveBlank("CC", false, "station 3");
    }
    const auto store = place.open();
    store->releaseAll();
    store->settleReceivedBlanks();
    const auto open = store->openCards();
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
    store->receiveBlank("CC", false, "station 1"); // a returned blank may come again
    checkBalance(store->report());
    CHECK(store->report().blanks.received == 3);
}

TEST_CASE_TEMPLATE("a chip that was never written goes back, and no attempt is counted", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 1);
    begin(*store, "AA");
    store->undoLoading("AA", "other keys");
    CHECK(store->report().blanks.returned == 1);
    CHECK(begin(*store, "AA").attempt == 1);
    finish(*store, "AA");
    checkBalance(store->report());
}

TEST_CASE_TEMPLATE("a quarantined card waits for evidence and nobody else gets the record", Place,
                   SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 1);
    begin(*store, "AA");
    store->quarantine("AA", "not found");
    CHECK_FALSE(store->claim("station 1"));
    CHECK(store->report().quarantined == 1);
    checkBalance(store->report());
    REQUIRE(store->openCards().size() == 1);
    SUBCASE("found complete") {
        store->advance("AA", ChipState::Verified);
        store->advance("AA", ChipState::Good);
        CHECK(store->report().good == 1);
    }
    SUBCASE("found empty") {
        store->spoil("AA", "empty", 3);
        CHECK(store->claim("station 1"));
    }
    checkBalance(store->report());
}

TEST_CASE_TEMPLATE("the database itself refuses a second good card", Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    fill(*place.open(), 1);
    begin(*place.open(), "AA");
    const auto behind = place.database();
    auto& database = *behind;
    const std::string insertion =
        "INSERT INTO chips (serial, state, request_id, is_volatile, position) VALUES ";
    CHECK_THROWS_AS(database.execute(insertion + "('BB', 'good', 'R-1', 0, 9)"), sql::DatabaseError);
    CHECK_THROWS_AS(database.execute(insertion + "('BB', 'good', NULL, 0, 9)"), sql::DatabaseError);
    finish(*place.open(), "AA");
    CHECK_THROWS_AS(database.execute("UPDATE requests SET state = 'waiting'"), sql::DatabaseError);
    CHECK_THROWS_AS(database.execute("UPDATE chips SET state = 'received'"), sql::DatabaseError);
    CHECK_THROWS_AS(database.execute("UPDATE chips SET request_id = NULL"), sql::DatabaseError);
    CHECK_NOTHROW(database.execute("UPDATE chips SET reason = 'seen'"));
}

TEST_CASE_TEMPLATE("one run at a time", Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    const auto first = place.open();
    const auto second = place.open();
    auto lock = first->lockForRun();
    CHECK_THROWS_AS(static_cast<void>(second->lockForRun()), BadConfiguration);
    lock.reset();
    CHECK_NOTHROW(static_cast<void>(second->lockForRun()));
}

TEST_CASE_TEMPLATE("stations that claim at the same time get different requests", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    constexpr int requests = 40;
    fill(*store, requests);
    std::array<std::vector<std::string>, 4> claimed;
    std::vector<std::thread> stations;
    for (auto& mine : claimed) {
        stations.emplace_back([&store, &mine] {
            while (const auto job = store->claim("station")) {
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

TEST_CASE("a store of the version before is brought up to this one, with all that it holds") {
    const SqlitePlace place;
    {
        const auto store = place.open();
        fill(*store, 2);
        begin(*store, "BB");
        begin(*store, "AA");
        place.database()->execute("ALTER TABLE chips DROP COLUMN position; PRAGMA user_version = 1");
    }
    const auto report = place.open()->report();
    REQUIRE(report.cards.size() == 2);
    CHECK(report.cards[0].chipSerial == "BB");
    CHECK(report.cards[1].chipSerial == "AA");
    CHECK(report.inProcess == 2);
    static_cast<void>(place.open());
}

TEST_CASE("a database of another version, or of nobody, is refused by name") {
    const PostgresqlPlace place;
    static_cast<void>(place.open());
    place.database()->execute("UPDATE job_store SET version = 99");
    CHECK_THROWS_AS(static_cast<void>(place.open()), BadConfiguration);
    CHECK_THROWS_AS(PostgresqlJobStore(test::PostgresqlSchema::uriOfNothing(), systemClock()),
                    sql::DatabaseError);
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
            while (const auto job = store->claim("station")) {
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
    CHECK_THROWS_AS(static_cast<void>(store->claim("station")), sql::DatabaseError);
    CHECK(place.open()->claim("station"));
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
