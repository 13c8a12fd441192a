// SPDX-License-Identifier: Apache-2.0
// An order with planted mistakes goes through `cancuoc perso` with four stations: the mistakes are named, two
// chips that fail are rejected and remade, one chip of which nobody knows what it holds is quarantined, and
// the shift report balances to the unit, however often the runs are killed.
//
// CANCUOC_ORDER_RECORDS and CANCUOC_ORDER_KILLS make it larger than it is every day.
#include "card/ports/host/virtual_chip.hpp"
#include "host/base/file.hpp"
#include "host/reader/in_process_connection.hpp"
#include "personalization/intake/intake.hpp"
#include "personalization/issuance/card_builder.hpp"
#include "personalization/jobs/open_job_store.hpp"
#include "personalization/loading/card_loader.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "personalization/sample/sample.hpp"
#include "tests/e2e/line_run.hpp"
#include "tests/support/postgresql_schema.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

std::size_t fromEnvironment(const char* name, std::size_t everyDay) {
    const char* value = std::getenv(name);
    return value == nullptr ? everyDay : std::stoul(value);
}

const std::size_t records = fromEnvironment("CANCUOC_ORDER_RECORDS", 24);
const std::size_t kills = fromEnvironment("CANCUOC_ORDER_KILLS", 4);

struct Sqlite {
    [[nodiscard]] std::string store() const { return folder.path() / "jobs.sqlite"; }

    test::TemporaryDirectory folder;
};

struct Postgresql {
    [[nodiscard]] std::string store() const { return schema.uri(); }

    test::PostgresqlSchema schema;
};

/// A mistake in a line of records.csv, and how the report on the order names it.
struct Mistake {
    std::size_t line;
    std::string named;
};

/// The lines of a file, from 1; the first of records.csv is its header.
std::vector<std::string> linesOf(const std::filesystem::path& file) {
    std::istringstream text(toText(readFile(file, std::size_t{64} << 20)));
    std::vector<std::string> lines(1);
    for (std::string line; std::getline(text, line);) {
        lines.push_back(line);
    }
    return lines;
}

std::string firstFieldOf(const std::string& line) {
    return line.substr(0, line.find(','));
}

std::string numberOf(const std::string& line) {
    const auto begin = line.find(',') + 1;
    return line.substr(begin, line.find(',', begin) - begin);
}

void replace(std::string& line, const std::string& text, const std::string& other) {
    const auto at = line.find(text);
    REQUIRE(at != std::string::npos);
    line.replace(at, text.size(), other);
}

std::vector<Mistake> plantMistakes(const std::filesystem::path& file) {
    auto lines = linesOf(file);
    replace(lines[3], numberOf(lines[3]), numberOf(lines[3]).substr(1));
    replace(lines[5], firstFieldOf(lines[5]), firstFieldOf(lines[4]));
    replace(lines[7], "portraits/", "elsewhere/");
    const std::string sex = lines[9].find(",M,") == std::string::npos ? ",F," : ",M,";
    replace(lines[9], sex, ",X,");
    replace(lines[11], numberOf(lines[11]), numberOf(lines[10]));
    std::string text;
    for (std::size_t line = 1; line < lines.size(); ++line) {
        text += lines[line] + '\n';
    }
    writeFile(file, viewOf(text));
    return {{3, "number"}, {5, "request_id"}, {7, "portrait"}, {9, "sex"}, {11, "number"}};
}

/// A site with an order, a PKI and a place for chips, and the program on it.
class Site {
public:
    explicit Site(std::string store) : store_(std::move(store)) {
        SystemRandom random;
        createPki(path("pki"), {}, systemClock(), random);
        writeSample(path("order"), records, 7);
        std::filesystem::create_directories(path("chips"));
        std::filesystem::create_directories(path("lost"));
    }

    [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_.path() / name; }
    [[nodiscard]] std::unique_ptr<JobStore> store() const { return openJobStore(store_, systemClock()); }

    [[nodiscard]] pid_t start(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--store", store_});
        return test::startPerso(std::move(arguments));
    }

    /// The exit status of the program.
    [[nodiscard]] static int wait(pid_t child) {
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    [[nodiscard]] pid_t startRun() const {
        return start({"run", "--pki", path("pki"), "--virtual", "4", "--chips", path("chips"), "--audit",
                      path("line.audit"), "--store-key", path("store.key"), "--shift", "early", "--metrics",
                      path("line.prom")});
    }

    /// A run of one of several machines that share the store, each with its own chips.
    [[nodiscard]] pid_t startRunOn(const std::string& machine) const {
        return start({"run", "--pki", path("pki"), "--virtual", "2", "--chips", path(machine), "--audit",
                      path(machine + ".audit"), "--store-key", path("store.key"), "--machine", machine,
                      "--lease", "2"});
    }

    /// Puts a chip that refuses to be loaded where the station with this number takes its next blank:
    /// somebody activated it before. Its serial.
    [[nodiscard]] std::string plantFailingChip(int station) const {
        SystemRandom random;
        card::host::VirtualChip chip(path("chips/new-" + std::to_string(station) + ".chip"));
        chip.powerOn();
        InProcessConnection connection(
            "chip", chip.atr(), [&chip](BytesView command) { return chip.transmit(command); },
            [&chip] { chip.powerOn(); });
        Intake intake(path("order/records.csv"), {});
        const auto submission = intake.next().value().submission.value();
        CardLoader loader(connection, SecurityDomainKeys::transport(), random);
        loader.load(buildCard(submission.record, submission.pictures, ChipKeys::generate(random),
                              DocumentSigner::load(path("pki"))));
        loader.activate();
        return loader.serial();
    }

    /// Puts failing chips that a killed run left untouched on a station again, as a person does with blanks.
    void putBack(const std::set<std::string>& failing) const {
        std::set<std::string> atWork;
        for (const CardReport& card : store()->report().cards) {
            if (card.state != "received" && card.state != "returned") {
                atWork.insert(card.chipSerial);
            }
        }
        int station = 0;
        for (const std::string& serial : failing) {
            ++station;
            const auto file = path("chips/blank-" + serial + ".chip");
            if (atWork.count(serial) == 0 && std::filesystem::exists(file)) {
                std::filesystem::rename(file, path("chips/new-" + std::to_string(station) + ".chip"));
            }
        }
    }

    [[nodiscard]] std::size_t countChips(const std::string& prefix,
                                         const std::string& folder = "chips") const {
        return test::countFiles(path(folder), prefix);
    }

private:
    test::TemporaryDirectory folder_;
    std::string store_;
};

/// Kills a run while a chip of it is in the middle of the work, and takes that chip away. Its serial.
std::string loseAChip(const Site& site, const std::set<std::string>& failing) {
    for (int tried = 0; tried < 50; ++tried) {
        const pid_t run = site.startRun();
        std::this_thread::sleep_for(std::chrono::milliseconds(100 + 20 * tried));
        ::kill(run, SIGKILL);
        static_cast<void>(Site::wait(run));
        for (const CardReport& card : site.store()->report().cards) {
            const auto file = site.path("chips/blank-" + card.chipSerial + ".chip");
            if (card.state == "loading" && failing.count(card.chipSerial) == 0 &&
                std::filesystem::exists(file)) {
                std::filesystem::rename(file, site.path("lost/" + card.chipSerial));
                return card.chipSerial;
            }
        }
    }
    return "";
}

/// Kills so many runs at random moments that follow the machine, so that the last finds cards to be made
/// still.
void killRuns(const Site& site, std::size_t requests, const std::set<std::string>& failing) {
    std::mt19937 engine(2'099);
    std::size_t killed = 0;
    int longest = 200; // milliseconds
    for (std::uint64_t before = site.store()->counts().good; killed < kills && before + 1 < requests;) {
        site.putBack(failing);
        const pid_t run = site.startRun();
        std::this_thread::sleep_for(
            std::chrono::milliseconds(std::uniform_int_distribution<int>(5, longest)(engine)));
        ::kill(run, SIGKILL);
        killed += Site::wait(run) == -1 ? 1 : 0;
        const Report report = site.store()->counts();
        test::checkBalance(report, requests);
        const auto perKill = (requests - report.good) / (kills - killed + 1) / 2;
        longest = report.good > before + perKill ? longest * 2 / 3 + 5 : longest * 4 / 3;
        before = report.good;
    }
    MESSAGE("killed ", killed, " times");
    CHECK(killed > kills / 4);
}

} // namespace

TEST_CASE_TEMPLATE("an order with mistakes becomes cards, and every blank is accounted for", Kind, Sqlite,
                   Postgresql) {
    const Kind place;
    const Site site(place.store());
    const std::set<std::string> failing{site.plantFailingChip(1), site.plantFailingChip(2)};
    const auto mistakes = plantMistakes(site.path("order/records.csv"));
    const std::size_t requests = records - mistakes.size();
    CHECK(Site::wait(site.start({"import", site.path("order"), "--report", site.path("order.txt"),
                                 "--store-key", site.path("store.key")})) == 3);
    const auto findings = linesOf(site.path("order.txt"));
    for (const Mistake& mistake : mistakes) {
        const std::string beginning = ":" + std::to_string(mistake.line) + ": error: " + mistake.named + " ";
        CAPTURE(beginning);
        CHECK(std::count_if(findings.begin(), findings.end(), [&beginning](const std::string& line) {
                  return line.find(beginning) != std::string::npos;
              }) == 1);
    }
    CHECK(site.store()->counts().waiting == requests);

    const std::string lost = loseAChip(site, failing);
    REQUIRE(!lost.empty());
    killRuns(site, requests, failing);
    site.putBack(failing);
    CHECK(Site::wait(site.startRun()) == 3); // a request waits for a person

    const Report report = site.store()->report();
    test::checkBalance(report, requests);
    CHECK(report.good == requests - 1);
    CHECK(report.quarantined == 1);
    CHECK(report.blanks.inProcess == 1);
    std::set<std::string> served;
    std::set<std::string> remade;
    std::string undecided; // what became of its card a person has to say
    for (const CardReport& card : report.cards) {
        CHECK((card.state == "quarantined") == (card.chipSerial == lost));
        if (card.state == "good") {
            CHECK(served.insert(card.requestId).second);
        }
        if (card.state == "quarantined") {
            undecided = card.requestId;
        }
        if (failing.count(card.chipSerial) == 1) {
            CHECK(card.state == "spoiled");
            remade.insert(card.requestId);
        }
    }
    CHECK(served.size() == requests - 1);
    CHECK(remade.size() == 2);
    CHECK(served.count(undecided) == 0);
    for (const std::string& request : remade) {
        CHECK((served.count(request) == 1 || request == undecided));
    }
    CHECK(site.countChips("0") == requests - 1); // NUMBER.chip
    CHECK(site.countChips("spoiled-") == report.blanks.spoiled);

    CHECK(Site::wait(site.start({"report", "--shift", "early"})) == 0);
    const ShiftReport shift = site.store()->shiftReport("early");
    CHECK(shift.discrepancies.empty());
    CHECK(shift.blanks.good == static_cast<std::int64_t>(report.blanks.good));
    CHECK(shift.blanks.spoiled == static_cast<std::int64_t>(report.blanks.spoiled));
    CHECK(shift.blanks.inProcess == 1);
    REQUIRE(shift.orders.size() == 1);
    CHECK(shift.orders[0].order == "order");
    CHECK(shift.orders[0].good == requests - 1);
    CHECK(toText(readFile(site.path("line.prom"), 1 << 16))
              .find("cancuoc_line_requests{state=\"good\"} " + std::to_string(requests - 1) + "\n") !=
          std::string::npos);
    MESSAGE(report.blanks.received, " blanks: ", report.blanks.good, " good, ", report.blanks.spoiled,
            " spoiled, ", report.blanks.returned, " returned, 1 quarantined");
}

TEST_CASE("machines that share a store make every card once, though their runs are killed") {
    const Postgresql place;
    const Site site(place.store());
    CHECK(Site::wait(site.start({"import", site.path("order"), "--store-key", site.path("store.key")})) == 0);
    std::mt19937 engine(2'100);
    std::uniform_int_distribution<int> moment(20, 400);
    for (std::size_t kill = 0; kill < kills; ++kill) {
        const pid_t north = site.startRunOn("north");
        const pid_t south = site.startRunOn("south");
        for (const pid_t run : {north, south}) {
            std::this_thread::sleep_for(std::chrono::milliseconds(moment(engine)));
            ::kill(run, SIGKILL);
            static_cast<void>(Site::wait(run));
        }
        test::checkBalance(site.store()->counts(), records);
    }
    const pid_t both[] = {site.startRunOn("south"), site.startRunOn("north")};
    CHECK(Site::wait(both[0]) == 0);
    CHECK(Site::wait(both[1]) == 0);
    // What one of them held when the other looked for work is done by the next run there.
    CHECK(Site::wait(site.startRunOn("north")) == 0);
    CHECK(Site::wait(site.startRunOn("south")) == 0);

    const Report report = site.store()->report();
    test::checkBalance(report, records);
    CHECK(report.good == records);
    CHECK(report.blanks.inProcess == 0);
    std::set<std::string> served;
    for (const CardReport& card : report.cards) {
        CHECK((card.state != "good" || served.insert(card.requestId).second));
    }
    CHECK(served.size() == records);
    CHECK(site.countChips("0", "north") + site.countChips("0", "south") == records);
    CHECK(site.countChips("spoiled-", "north") + site.countChips("spoiled-", "south") ==
          report.blanks.spoiled);
    MESSAGE("north made ", site.countChips("0", "north"), ", south ", site.countChips("0", "south"));
}
