// SPDX-License-Identifier: Apache-2.0
// Several runs on one store: leases that run out, late writers, chips that stay where they are. One suite for
// every kind of job store.
#include "host/base/file.hpp"
#include "personalization/jobs/record_json.hpp"
#include "tests/unit/personalization/jobs/job_samples.hpp"
#include "tests/unit/personalization/jobs/store_places.hpp"

#include <atomic>
#include <set>
#include <thread>

using namespace cancuoc;
using namespace cancuoc::personalization;
using namespace cancuoc::test;

namespace {

/// A clock that stands until a test moves it, for all stores of the test.
struct Hands {
    std::atomic<std::int64_t> seconds = 4'000'000'000;

    [[nodiscard]] Clock clock() {
        return [this] { return std::chrono::sys_seconds(std::chrono::seconds(seconds)); };
    }
};

/// A worker of `machine` whose processes live as the test says.
Worker workerOf(const std::string& machine, const std::string& process, std::set<std::string> living = {}) {
    return {machine, process, [living = std::move(living)](std::string_view name) {
                return living.count(std::string(name)) == 1;
            }};
}

std::string table(const std::string& name) {
    return toText(readFile(std::string(CANCUOC_TEST_DATA) + "/jobs/" + name, 1 << 20));
}

void insertOldRequest(sql::Database& database, int index, const std::string& state) {
    const Submission given = submission(index);
    database
        .prepare("INSERT INTO requests (request_id, number, record, portrait, left_index, right_index, "
                 "digest, state, "
                 "attempts, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)")
        .bind(given.record.requestId)
        .bind(given.record.number)
        .bind(toJson(given.record))
        .bind(given.pictures.portrait)
        .bind(given.pictures.leftIndex)
        .bind(given.pictures.rightIndex)
        .bind(contentDigest(given.record, given.pictures))
        .bind(state)
        .bind(std::int64_t{index})
        .run();
}

/// What a run of the version before left: R-1 on its chip BB, R-2 claimed, R-3 waiting, and the blank AA.
void makeOldStore(sql::Database& database, const std::string& tables) {
    database.execute(tables);
    insertOldRequest(database, 1, "loaded");
    insertOldRequest(database, 2, "claimed");
    insertOldRequest(database, 3, "waiting");
    database.execute("INSERT INTO chips (serial, state, request_id, is_volatile, position) VALUES "
                     "('BB', 'loaded', 'R-1', 0, 0), ('AA', 'received', NULL, 0, 1)");
    database.prepare("INSERT INTO chip_files (serial, file_identifier, content) VALUES ('BB', ?, ?)")
        .bind(static_cast<std::int64_t>(lds::FileId::DataGroup1))
        .bind(Bytes{0x61, 0x00})
        .run();
}

void checkOldStore(JobStore& store) {
    const WorkerId worker = store.enlist(workerOf("hall", "new"));
    const auto open = store.adoptOpenCards(worker, {});
    REQUIRE(open.size() == 1);
    CHECK(open[0].serial == "BB");
    CHECK(open[0].job.record == submission(1).record);
    CHECK(open[0].files == ChipFiles{{lds::FileId::DataGroup1, {0x61, 0x00}}});
    store.advance(open[0].job.hold(), "BB", ChipState::Verified);
    CHECK(store.report().waiting == 2);
    CHECK(store.report().blanks.returned == 1);
    CHECK(begin(store, "AA", worker).record.requestId == "R-2");
    CHECK(store.report().cards[0].chipSerial == "BB");
    checkBalance(store.report());
}

} // namespace

TEST_CASE_TEMPLATE("runs side by side get different requests, and each finishes its own", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    fill(*place.open(), 2);
    const auto here = place.open();
    const auto there = place.open();
    const WorkerId first = here->enlist(workerOf("north", "1"));
    const Job mine = begin(*here, "AA", first);
    const WorkerId second = there->enlist(workerOf("south", "1"));
    const Job theirs = begin(*there, "BB", second);
    CHECK(mine.record.requestId != theirs.record.requestId);
    CHECK(there->adoptOpenCards(second, {}).empty());
    here->signOff(first);
    CHECK(there->adoptOpenCards(second, {}).empty()); // the chip lies in the north
    finish(*there, theirs, "BB");
    const WorkerId third = here->enlist(workerOf("north", "2"));
    const auto open = here->adoptOpenCards(third, {});
    REQUIRE(open.size() == 1);
    CHECK(open[0].job.token > mine.token);
    finish(*here, open[0].job, "AA");
    CHECK(here->report().good == 2);
    checkBalance(here->report());
}

TEST_CASE_TEMPLATE(
    "the requests of a run that gives no sign of life go to others, and its late words are refused", Place,
    SqlitePlace, PostgresqlPlace) {
    const Place place;
    Hands hands;
    fill(*place.open(), 1);
    const auto late = place.open(hands.clock());
    const auto other = place.open(hands.clock());
    const WorkerId lateWorker = late->enlist(workerOf("north", "1"));
    const auto lateJob = late->claim(lateWorker, "station 1");
    REQUIRE(lateJob);
    late->receiveBlank(lateWorker, "AA", false, "station 1");
    const WorkerId otherWorker = other->enlist(workerOf("south", "1"));

    hands.seconds += 59;
    other->heartbeat(otherWorker);
    CHECK_FALSE(other->claim(otherWorker, "station 1"));
    hands.seconds += 2;
    other->heartbeat(otherWorker);
    const auto job = other->claim(otherWorker, "station 1");
    REQUIRE(job);
    CHECK(job->record.requestId == lateJob->record.requestId);
    CHECK(job->token > lateJob->token);
    CHECK(other->report().blanks.returned == 1);

    CHECK_THROWS_AS(late->heartbeat(lateWorker), LeaseLost);
    CHECK_THROWS_AS(static_cast<void>(late->claim(lateWorker, "station 1")), LeaseLost);
    CHECK_THROWS_AS(late->receiveBlank(lateWorker, "CC", false, "station 1"), LeaseLost);
    CHECK_THROWS_AS(late->beginLoading(lateJob->hold(), "AA", {}), LeaseLost);
    CHECK_THROWS_AS(late->release(lateJob->hold()), LeaseLost);
    CHECK_THROWS_AS(late->rejectClaimed(lateJob->hold(), "late"), LeaseLost);
    late->returnBlank(lateWorker, "AA");
    other->receiveBlank(otherWorker, "BB", false, "station 1");
    other->beginLoading(job->hold(), "BB", someFiles());
    finish(*other, *job, "BB");
    CHECK(other->report().good == 1);
    checkBalance(other->report());
}

TEST_CASE_TEMPLATE("a run that signs of life reach keeps what it has", Place, SqlitePlace, PostgresqlPlace) {
    const Place place;
    Hands hands;
    fill(*place.open(), 1);
    const auto store = place.open(hands.clock());
    const WorkerId worker = store->enlist(workerOf("north", "1"));
    const Job job = begin(*store, "AA", worker);
    for (int beat = 0; beat < 5; ++beat) {
        hands.seconds += 50;
        store->heartbeat(worker);
        static_cast<void>(place.open(hands.clock())->enlist(workerOf("south", "1")));
    }
    finish(*store, job, "AA");
}

TEST_CASE_TEMPLATE("a run whose process ended is over at once for its own machine", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    const auto store = place.open();
    fill(*store, 2);
    const WorkerId dead = store->enlist(workerOf("north", "1"));
    begin(*store, "AA", dead);
    REQUIRE(store->claim(dead, "station 2"));
    CHECK_FALSE(store->claim(store->enlist(workerOf("south", "1")), "station 1")); // who cannot know
    const Worker next = workerOf("north", "2");
    const WorkerId worker = store->enlist(next);
    CHECK(store->claim(worker, "station 1"));
    CHECK(store->adoptOpenCards(worker, next.lives).size() == 1);
}

TEST_CASE_TEMPLATE("a chip stays with a process that lives, whatever its lease says", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    Hands hands;
    const auto store = place.open(hands.clock());
    fill(*store, 1);
    const Job job = begin(*store, "AA", store->enlist(workerOf("north", "1")));
    hands.seconds += 3600;
    const Worker next = workerOf("north", "2", {"1"});
    const WorkerId worker = store->enlist(next);
    CHECK(store->adoptOpenCards(worker, next.lives).empty());
    store->advance(job.hold(), "AA", ChipState::Loaded); // nobody was given the request
    const auto open = store->adoptOpenCards(worker, workerOf("north", "2").lives);
    REQUIRE(open.size() == 1);
    CHECK(open[0].state == ChipState::Loaded);
    CHECK_THROWS_AS(store->advance(job.hold(), "AA", ChipState::Verified), LeaseLost);
    CHECK_THROWS_AS(store->spoil(job.hold(), "AA", "late", 3), LeaseLost);
    CHECK_THROWS_AS(store->quarantine(job.hold(), "AA", "late"), LeaseLost);
    CHECK_THROWS_AS(store->undoLoading(job.hold(), "AA", "late"), LeaseLost);
    store->advance(open[0].job.hold(), "AA", ChipState::Verified);
    store->advance(open[0].job.hold(), "AA", ChipState::Good);
    CHECK(store->report().good == 1);
}

TEST_CASE_TEMPLATE("runs that begin together take over each open chip once", Place, SqlitePlace,
                   PostgresqlPlace) {
    const Place place;
    constexpr int chips = 8;
    {
        const auto store = place.open();
        fill(*store, chips);
        const WorkerId before = store->enlist(workerOf("north", "1"));
        for (int chip = 0; chip < chips; ++chip) {
            begin(*store, std::string(2, static_cast<char>('A' + chip)), before);
        }
    }
    std::array<std::set<std::string>, 3> taken;
    std::vector<std::thread> runs;
    for (std::size_t run = 0; run < taken.size(); ++run) {
        runs.emplace_back([&place, &taken, run] {
            const auto store = place.open();
            const Worker worker =
                workerOf("north", "run " + std::to_string(run), {"run 0", "run 1", "run 2"});
            for (const OpenCard& card : store->adoptOpenCards(store->enlist(worker), worker.lives)) {
                store->advance(card.job.hold(), card.serial, ChipState::Loaded);
                taken[run].insert(card.serial);
            }
        });
    }
    for (std::thread& run : runs) {
        run.join();
    }
    CHECK(taken[0].size() + taken[1].size() + taken[2].size() == chips);
}

TEST_CASE("a report waits for nobody, and nobody waits for it") {
    const PostgresqlPlace place;
    fill(*place.open(), 1);
    const auto behind = place.database();
    behind->execute("BEGIN; UPDATE requests SET reason = 'under way'; LOCK TABLE requests IN EXCLUSIVE MODE");
    CHECK(place.open()->report().requests == 1);
    behind->execute("ROLLBACK");
    behind->begin(sql::Access::Reading);
    auto rows = behind->prepare("SELECT count(*) FROM requests");
    REQUIRE(rows.step());
    CHECK(claim(*place.open()));
    behind->execute("COMMIT");
}

TEST_CASE("a server dates leases by its own clock") {
    const PostgresqlPlace place;
    const PostgresqlJobStore store(place.uri());
    postgresql::Database server(place.uri());
    const auto distance =
        server.now() - std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    CHECK(std::chrono::abs(distance) < std::chrono::minutes(1));
    const WorkerId worker = PostgresqlJobStore(place.uri()).enlist(workerOf("north", "1"));
    auto row = server.prepare("SELECT lease_until - started FROM workers WHERE id = ?");
    REQUIRE(row.bind(static_cast<std::int64_t>(worker)).step());
    CHECK(row.number(0) == 60);
}

TEST_CASE("a store of a version before is brought up to this one, with all that it holds") {
    SUBCASE("SQLite") {
        const SqlitePlace place;
        makeOldStore(*place.database(), table("sqlite-2.sql"));
        checkOldStore(*place.open());
    }
    SUBCASE("the first in SQLite") {
        const SqlitePlace place;
        makeOldStore(*place.database(), table("sqlite-2.sql"));
        place.database()->execute("ALTER TABLE chips DROP COLUMN position; PRAGMA user_version = 1");
        checkOldStore(*place.open());
    }
    SUBCASE("PostgreSQL") {
        const PostgresqlPlace place;
        makeOldStore(*place.database(), table("postgresql-1.sql"));
        checkOldStore(*place.open());
    }
}
