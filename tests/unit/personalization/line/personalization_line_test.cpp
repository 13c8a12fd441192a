// SPDX-License-Identifier: Apache-2.0
// The whole line with chips in memory: chips that fail, runs that end in the middle, stations side by side.
#include "personalization/line/personalization_line.hpp"

#include "card/ports/host/virtual_chip.hpp"
#include "host/base/file.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/reader/in_process_connection.hpp"
#include "personalization/jobs/sqlite_job_store.hpp"
#include "personalization/line/line_metrics.hpp"
#include "personalization/line/signer_watch.hpp"
#include "personalization/line/worker_lease.hpp"
#include "tests/unit/personalization/issuing_fixture.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::IssuingFixture;

namespace {

const IssuingFixture& issuer() {
    static const IssuingFixture fixture(3);
    return fixture;
}

// Trying every command takes its time; the tests of every day try every fifth, another one for each fault.
const long stride = std::getenv("CANCUOC_EVERY_COMMAND") != nullptr ? 1 : 5;

/// Ends a run as a kill would: no part of the line handles it.
struct Killed : std::runtime_error {
    Killed() : std::runtime_error("killed") {}
};

/// What happens to the chips of a drawer.
enum class Fault {
    None,
    PulledOut, ///< from the chosen command on, the chip answers nothing any more
    Glitch,    ///< the chosen command fails; after a reset the chip is there again
    Refuses,   ///< the chip answers the chosen command with an error
    Kill,      ///< the run ends before the chosen command
    KillAfter, ///< the run ends after the chosen command was carried out
};

long firstFor(Fault fault) {
    return static_cast<long>(fault) % stride;
}

/// Blanks, and where used chips lie: it outlives the runs, as chips outlive programs.
struct Drawer {
    struct Chip {
        card::host::VirtualChip chip;
        std::string place = "station";
        bool dead = false;
    };

    std::mutex mutex; ///< of the members below, for stations side by side
    std::map<std::string, std::shared_ptr<Chip>> chips;
    std::size_t blanksLeft = 1000;
    bool isVolatile = false;
    Fault fault = Fault::None;
    long faultAt = -1; ///< counted over the commands of all chips
    long commands = 0;

    Bytes transmit(Chip& chip, BytesView command) {
        const std::lock_guard guard(mutex);
        if (chip.dead) {
            throw CardRemoved("The card left the reader.");
        }
        if (fault == Fault::None || commands++ != faultAt) {
            return chip.chip.transmit(command);
        }
        switch (fault) {
        case Fault::PulledOut:
            chip.dead = true;
            [[fallthrough]];
        case Fault::Glitch:
            throw CardRemoved("The card left the reader.");
        case Fault::Refuses:
            return {0x65, 0x81};
        case Fault::KillAfter:
            static_cast<void>(chip.chip.transmit(command));
            [[fallthrough]];
        default:
            throw Killed();
        }
    }

    [[nodiscard]] std::size_t count(const std::string& place) const {
        return static_cast<std::size_t>(
            std::count_if(chips.begin(), chips.end(),
                          [&place](const auto& entry) { return entry.second->place == place; }));
    }
};

class DrawerChip final : public InsertedChip {
public:
    DrawerChip(Drawer& drawer, std::string serial)
        : drawer_(drawer), serial_(std::move(serial)), chip_(drawer.chips.at(serial_)) {
        chip_->chip.powerOn();
        connection_ = std::make_unique<InProcessConnection>(
            "drawer", chip_->chip.atr(),
            [this](BytesView command) { return drawer_.transmit(*chip_, command); },
            [this] {
                if (chip_->dead) {
                    throw CardRemoved("The card left the reader.");
                }
                chip_->chip.powerOn();
            });
    }

    [[nodiscard]] std::string serial() const override { return serial_; }
    [[nodiscard]] bool isVolatile() const override { return drawer_.isVolatile; }
    [[nodiscard]] Connection& connection() override { return *connection_; }
    void keep(std::string_view number) override { chip_->place = number; }
    void reject() override { chip_->place = "rejected"; }
    void giveBack() override { chip_->place = "given back"; }

private:
    Drawer& drawer_;
    std::string serial_;
    std::shared_ptr<Drawer::Chip> chip_;
    std::unique_ptr<InProcessConnection> connection_;
};

class DrawerStation final : public ChipStation {
public:
    DrawerStation(Drawer& drawer, std::string name, const LoadProfile& profile)
        : drawer_(drawer), name_(std::move(name)), profile_(profile) {}

    [[nodiscard]] std::string name() const override { return name_; }

    [[nodiscard]] std::unique_ptr<InsertedChip> insertBlank() override {
        const std::lock_guard guard(drawer_.mutex);
        if (drawer_.blanksLeft == 0) {
            return nullptr;
        }
        --drawer_.blanksLeft;
        auto blank = std::make_shared<Drawer::Chip>();
        blank->chip.powerOn();
        InProcessConnection connection("drawer", blank->chip.atr(),
                                       [&blank](BytesView command) { return blank->chip.transmit(command); });
        SystemRandom random;
        const auto serial = readChipSerial(connection, random, profile_);
        drawer_.chips.emplace(serial.value(), blank);
        return std::make_unique<DrawerChip>(drawer_, *serial);
    }

    [[nodiscard]] std::unique_ptr<InsertedChip> findAgain(std::string_view serial,
                                                          std::string_view) override {
        const std::string text(serial);
        return drawer_.chips.count(text) == 0 ? nullptr : std::make_unique<DrawerChip>(drawer_, text);
    }

private:
    Drawer& drawer_;
    std::string name_;
    const LoadProfile& profile_;
};

/// Keeps what the line tells its auditor. It can fail once, at the occurrence with this number from 0, as a
/// full disk does.
class Auditor final : public audit::OccurrenceRecorder {
public:
    void record(const audit::Occurrence& occurrence) override {
        const std::lock_guard guard(mutex_);
        if (onRecord) {
            onRecord(occurrence);
        }
        if (told.size() == failAt) {
            failAt = never;
            throw Error("The disk is full.");
        }
        told.push_back(occurrence);
    }

    [[nodiscard]] std::vector<std::string> toldOf(const std::string& chipSerial) const {
        std::vector<std::string> steps;
        for (const audit::Occurrence& occurrence : told) {
            if (occurrence.chipSerial == chipSerial) {
                steps.push_back(occurrence.what);
            }
        }
        return steps;
    }

    static constexpr std::size_t never = ~std::size_t{0};
    std::vector<audit::Occurrence> told;
    std::size_t failAt = never;
    std::function<void(const audit::Occurrence&)> onRecord; ///< sees each as it comes

private:
    std::mutex mutex_;
};

/// A store with the first `records` of the issuer's, and the line that works on it; each run is a new
/// program.
class Factory {
public:
    explicit Factory(std::size_t records = 1) {
        static_cast<void>(store()->import(std::span(issuer().submissions()).first(records), "order"));
    }

    RunResult run(std::size_t stations = 1) {
        SystemRandom random;
        const auto jobs = store();
        const CommonKeys transportKeys(keys.copy());
        LineServices services{*jobs,
                              random,
                              issuer().trustStore(),
                              IssuingFixture::clock(),
                              transportKeys,
                              builder ? builder : cardBuilder(issuer().signer(), random),
                              3,
                              profile,
                              issuerKeys.get(),
                              &auditor};
        services.stations = [this](const StationEvent& event) {
            const std::lock_guard guard(eventsMutex);
            events.push_back(event);
        };
        std::vector<std::unique_ptr<ChipStation>> all;
        for (std::size_t index = 1; index <= stations; ++index) {
            all.push_back(
                std::make_unique<DrawerStation>(drawer, "station " + std::to_string(index), profile));
        }
        PersonalizationLine line(services, [this](const CardOutcome& outcome) {
            outcomes.push_back(outcome);
            if (outcomes.size() == stopAfter) {
                stop.request_stop();
            }
        });
        return line.run(all, stop.get_token());
    }

    /// The store at a moment after the clock of the test.
    [[nodiscard]] std::unique_ptr<SqliteJobStore> store(std::chrono::seconds later = {}) const {
        return std::make_unique<SqliteJobStore>(folder_.path() / "jobs.db",
                                                [later] { return IssuingFixture::clock()() + later; });
    }

    [[nodiscard]] Report report() const { return store()->report(); }

    /// Checks what must hold after every run, whatever happened in it.
    void checkBalance() const {
        const Report counts = report();
        CHECK(counts.requests ==
              counts.good + counts.rejected + counts.inProcess + counts.waiting + counts.quarantined);
        CHECK(counts.blanks.received ==
              counts.blanks.good + counts.blanks.spoiled + counts.blanks.returned + counts.blanks.inProcess);
        CHECK(counts.blanks.good == counts.good);
        CHECK(counts.blanks.spoiled == drawer.count("rejected"));
        std::size_t kept = 0;
        for (const Submission& submission : issuer().submissions()) {
            const std::size_t cards = drawer.count(submission.record.number);
            CHECK(cards <= 1); // no record has two good cards
            kept += cards;
        }
        CHECK(kept >= counts.good);
        checkAudit(counts);
    }

    /// Every state that the store has, the auditor was told.
    void checkAudit(const Report& counts) const {
        for (const CardReport& card : counts.cards) {
            const auto steps = auditor.toldOf(card.chipSerial);
            const auto wasTold = [&steps](const std::string& step) {
                return std::find(steps.begin(), steps.end(), step) != steps.end();
            };
            CAPTURE(card.state);
            if (card.state == "rejected") { // a request, not a chip
                continue;
            }
            CHECK(wasTold("blank-received"));
            if (card.state == "good" || card.state == "spoiled" || card.state == "quarantined") {
                CHECK(wasTold("loading-begun"));
                CHECK(wasTold(card.state));
            }
        }
    }

    /// Commands that the first card takes when nothing fails.
    static long commandsOfACard(bool replacingKeys = false) {
        Factory factory;
        if (replacingKeys) {
            factory.replaceKeys();
        }
        factory.drawer.fault = Fault::Kill; // never reached; it makes the drawer count
        REQUIRE(factory.run().goodCards == 1);
        return factory.drawer.commands;
    }

    /// From now on the issuer's keys, of one master key, replace the transport keys.
    void replaceKeys() {
        const auto master = std::make_shared<const MasterKeyInMemory>(SecretBytes(Bytes(32, 0x4D)));
        profile = LoadProfile::find("cancuoc-issuer-keys");
        issuerKeys = std::make_shared<DiversifiedKeys>(
            Diversification::Kdf3, DiversifiedKeys::MasterKeys{master, master, master}, 32, 0x01);
    }

    /// Checks that every card in the world is locked, and that its domain opens with its own issuer's keys.
    void checkIssuerKeys() {
        SystemRandom random;
        for (const auto& [serial, chip] : drawer.chips) {
            if (chip->place == "station" || chip->place == "rejected") {
                continue;
            }
            DrawerChip card(drawer, serial);
            CHECK(CardLoader(card.connection(), issuerKeys->keysOf(fromHex(serial)), random, profile)
                      .lifeCycle() == ChipLifeCycle::Locked);
        }
    }

    Drawer drawer;
    Auditor auditor;
    SecurityDomainKeys keys = SecurityDomainKeys::transport();
    LoadProfile profile = LoadProfile::cancuoc();
    std::shared_ptr<const KeySource> issuerKeys;
    CardBuilder builder;
    std::vector<CardOutcome> outcomes;
    std::mutex eventsMutex;
    std::vector<StationEvent> events; ///< guarded by eventsMutex while the line runs
    std::size_t stopAfter = 0;        ///< so many outcomes; 0: never
    std::stop_source stop;

private:
    test::TemporaryDirectory folder_;
};

} // namespace

TEST_CASE("every record becomes one good card") {
    Factory factory(3);
    const RunResult result = factory.run();
    CHECK(result.goodCards == 3);
    CHECK(result.errors.empty());
    const Report report = factory.report();
    CHECK(report.good == 3);
    CHECK(report.blanks.received == 3);
    CHECK(report.cardsPerSecond > 0);
    for (const CardReport& card : report.cards) {
        std::vector<std::string> steps;
        for (const auto& step : card.milliseconds) {
            steps.push_back(step.first);
        }
        CHECK(steps == std::vector<std::string>{"build", "load", "activate", "read-back", "lock"});
    }
    factory.checkBalance();
    CHECK(factory.run().goodCards == 0); // nothing is left to do
    CHECK(factory.report().blanks.received == 3);
}

TEST_CASE("the auditor is told every step in its order, and by whom") {
    Factory factory;
    CHECK(factory.run().goodCards == 1);
    const auto& told = factory.auditor.told;
    REQUIRE(told.size() == 7);
    CHECK(told.front().what == "run-began");
    CHECK(told.front().members == nlohmann::json{{"stations", 1}});
    const std::string serial = told[1].chipSerial;
    CHECK(factory.auditor.toldOf(serial) ==
          std::vector<std::string>{"blank-received", "loading-begun", "loaded", "verified", "good"});
    CHECK(told[2].station == "station 1");
    CHECK(told[2].requestId == issuer().submissions()[0].record.requestId);
    CHECK(told[2].members == nlohmann::json{{"attempt", 1}});
    CHECK(told.back().what == "run-ended");
    CHECK(told.back().members == nlohmann::json{{"good", 1}, {"stationsStopped", 0}});
}

TEST_CASE("the observer of the stations sees a blank taken, each step begun and the card ended") {
    Factory factory;
    CHECK(factory.run().goodCards == 1);
    const std::string request = issuer().submissions()[0].record.requestId;
    const std::string serial = factory.report().cards.at(0).chipSerial;
    std::vector<std::string> seen;
    for (const StationEvent& event : factory.events) {
        CHECK(event.station == "station 1");
        CHECK(event.chipSerial == serial);
        CHECK(event.requestId == (event.kind == StationEvent::Kind::BlankTaken ? "" : request));
        seen.push_back(event.kind == StationEvent::Kind::BlankTaken  ? "blank taken"
                       : event.kind == StationEvent::Kind::CardEnded ? "card ended"
                                                                     : event.step);
    }
    CHECK(seen == std::vector<std::string>{"blank taken", "build", "load", "activate", "read-back", "lock",
                                           "card ended"});
}

TEST_CASE("a line whose auditor cannot keep a step does not take it, and a later run goes on") {
    for (std::size_t at = 0; at < 7; ++at) {
        CAPTURE(at);
        Factory factory;
        factory.auditor.failAt = at;
        std::vector<std::string> errors;
        try {
            errors = factory.run().errors;
        } catch (const Error& error) { // the run's own beginning or end
            CHECK((at == 0 || at == 6));
            errors.emplace_back(error.what());
        }
        REQUIRE(errors.size() == 1);
        CHECK(errors[0].find("The disk is full.") != std::string::npos);
        CHECK(factory.auditor.told.size() >= at);
        CHECK(factory.report().good == (at == 6 ? 1 : 0));
        CHECK(factory.run().errors.empty());
        CHECK(factory.report().good == 1);
        factory.checkBalance();
    }
}

TEST_CASE("the auditor is told which document signer signs, and when it is another") {
    PkiOptions otherName;
    otherName.cscaName = "CSCA Vietnam (next)";
    const test::PkiFixture former;
    const test::PkiFixture next(otherName);
    const auto clock = IssuingFixture::clock();
    const DocumentSigner signers[] = {DocumentSigner::load(former.path(), clock),
                                      DocumentSigner::load(next.path(), clock)};
    /// Goes over to the second signer after two signatures.
    class Rotating final : public SecurityObjectSigner {
    public:
        explicit Rotating(std::span<const DocumentSigner> all) : all_(all) {}
        [[nodiscard]] Bytes sign(const lds::DocumentSecurityObject& object) const override {
            return all_[count_++ < 2 ? 0 : 1].sign(object);
        }

    private:
        std::span<const DocumentSigner> all_;
        mutable int count_ = 0;
    };
    const Rotating rotating(signers);
    Auditor auditor;
    const SignerWatch watch(rotating, auditor);
    lds::DocumentSecurityObject object;
    object.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    for (int count = 0; count < 4; ++count) {
        CHECK(!watch.sign(object).empty());
    }
    REQUIRE(auditor.told.size() == 2);
    CHECK(auditor.told[0].what == "signer-in-use");
    CHECK(auditor.told[1].what == "signer-rotated");
    CHECK(auditor.told[0].members["certificate"] ==
          toLowerCaseHex(digest(HashAlgorithm::Sha256, signers[0].certificate())));
    CHECK(auditor.told[1].members["certificate"] ==
          toLowerCaseHex(digest(HashAlgorithm::Sha256, signers[1].certificate())));
}

TEST_CASE("cards of a line with its own keys open to the issuer alone") {
    Factory factory(2);
    factory.replaceKeys();
    CHECK(factory.run().goodCards == 2);
    factory.checkIssuerKeys();
    factory.checkBalance();
    factory.issuerKeys.reset();
    CHECK_THROWS_AS(static_cast<void>(factory.run()), BadConfiguration);
}

TEST_CASE("a line loads chips with CREATE FILE and UPDATE BINARY") {
    Factory factory(1);
    factory.profile = LoadProfile::find("iso7816-9");
    CHECK(factory.run().goodCards == 1);
    factory.checkBalance();
}

TEST_CASE("a fault while the keys are replaced makes no card that is lost or counted twice") {
    constexpr long lastCommands = 12; // from the opening of the domain after the read-back on
    const long commands = Factory::commandsOfACard(true);
    for (const Fault fault : {Fault::Glitch, Fault::Refuses, Fault::Kill, Fault::KillAfter}) {
        const long step = std::min(stride, 2L);
        for (long at = commands - lastCommands + firstFor(fault) % step; at < commands; at += step) {
            CAPTURE(at);
            CAPTURE(static_cast<int>(fault));
            Factory factory;
            factory.replaceKeys();
            factory.drawer.fault = fault;
            factory.drawer.faultAt = at;
            static_cast<void>(factory.run());
            factory.drawer.fault = Fault::None;
            CHECK(factory.run().errors.empty());
            CHECK(factory.report().good == 1);
            CHECK(factory.report().blanks.received <= 2);
            CHECK(factory.report().blanks.inProcess == 0);
            factory.checkBalance();
            factory.checkIssuerKeys();
        }
    }
}

TEST_CASE("a token that does not answer spends no blank") {
    class NoToken final : public KeySource {
        std::uint8_t keyVersion() const override { return 0x01; }
        SecurityDomainKeys keysOf(BytesView) const override {
            throw ReaderUnavailable("The token of the master key is not there.");
        }
    };
    Factory factory(1);
    factory.replaceKeys();
    const auto there = factory.issuerKeys;
    factory.issuerKeys = std::make_shared<NoToken>();
    CHECK(factory.run().errors.size() == 1);
    CHECK(factory.report().waiting == 1);
    CHECK(factory.report().blanks.spoiled == 0);
    CHECK(factory.report().blanks.inProcess == 0);
    factory.checkBalance();
    factory.issuerKeys = there;
    CHECK(factory.run().goodCards == 1);
    factory.checkIssuerKeys();
}

TEST_CASE("a run that others took for dead stops before it touches a chip, and the next makes the card") {
    Factory factory(2);
    SystemRandom random;
    const CardBuilder right = cardBuilder(issuer().signer(), random);
    bool disturbed = false;
    factory.builder = [&](const Job& job, BytesView serial) {
        if (!std::exchange(disturbed, true)) {
            static_cast<void>(factory.store(std::chrono::hours(1))->enlist({"elsewhere", "1", {}}));
        }
        return right(job, serial);
    };
    const RunResult stopped = factory.run();
    REQUIRE(!stopped.errors.empty());
    CHECK(stopped.errors[0].find("given to another run") != std::string::npos);
    CHECK(stopped.goodCards == 0);
    CHECK(factory.report().waiting == 2);
    factory.checkBalance();
    CHECK(factory.run().goodCards == 2);
    factory.checkBalance();
}

TEST_CASE("a run is told by its next sign of life that others took it for dead") {
    Factory factory(1);
    const auto store = factory.store();
    std::atomic<int> told = 0;
    WorkerLease lease(*store, {"hall", "1", {}, std::chrono::seconds(1)},
                      [&told](const LeaseLost&) { ++told; });
    static_cast<void>(factory.store(std::chrono::hours(1))->enlist({"elsewhere", "1", {}}));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (told == 0 && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    CHECK(told == 1);
}

TEST_CASE("metrics tell what the run did and where the store stands, in the text form of Prometheus") {
    RunCounts run;
    for (const ChipState outcome : {ChipState::Good, ChipState::Good, ChipState::Spoiled,
                                    ChipState::Quarantined, ChipState::Received}) {
        run.count(outcome);
    }
    CHECK(run.cardsPerSecond() == 0);
    run.elapsed = std::chrono::seconds(4);
    Factory factory(3);
    factory.stopAfter = 1;
    static_cast<void>(factory.run());
    const std::string text = prometheusText(run, factory.store()->counts(), std::chrono::sys_seconds{});
    for (const char* line :
         {"# TYPE cancuoc_line_requests gauge\n", "cancuoc_line_requests{state=\"waiting\"} 2\n",
          "cancuoc_line_requests{state=\"good\"} 1\n", "cancuoc_line_blanks{state=\"good\"} 1\n",
          "# TYPE cancuoc_line_run_outcomes_total counter\n",
          "cancuoc_line_run_outcomes_total{outcome=\"good\"} 2\n",
          "cancuoc_line_run_outcomes_total{outcome=\"rejected\"} 1\n",
          "\ncancuoc_line_run_cards_per_second 0.5\n"}) {
        CAPTURE(line);
        CHECK(text.find(line) != std::string::npos);
    }
    const test::TemporaryDirectory folder;
    {
        const auto store = factory.store();
        MetricsFile file(folder.path() / "line.prom", *store, IssuingFixture::clock(), std::chrono::hours(1));
        file.count(ChipState::Good);
    }
    CHECK(toText(readFile(folder.path() / "line.prom", 1 << 16)).find("{outcome=\"good\"} 1\n") !=
          std::string::npos);
    CHECK_THROWS_AS(MetricsFile(folder.path() / "no" / "folder", *factory.store(), IssuingFixture::clock(),
                                std::chrono::hours(1)),
                    Error);
}

TEST_CASE("stations work side by side") {
    Factory factory(3);
    const RunResult result = factory.run(3);
    CHECK(result.goodCards == 3);
    CHECK(result.errors.empty());
    factory.checkBalance();
    CHECK(factory.report().blanks.inProcess == 0);
}

TEST_CASE("a station claims one request at a time, however many wait") {
    Factory factory(3);
    const auto watching = factory.store();
    std::uint64_t most = 0;
    factory.auditor.onRecord = [&](const audit::Occurrence&) {
        most = std::max(most, watching->counts().inProcess);
    };
    SUBCASE("one") {
        CHECK(factory.run(1).goodCards == 3);
        CHECK(most == 1);
    }
    SUBCASE("two") {
        CHECK(factory.run(2).goodCards == 3);
        CHECK(most <= 2);
    }
    factory.checkBalance();
}

TEST_CASE("a card that differs from the source record is spoiled and made again") {
    Factory factory(2);
    SystemRandom random;
    const CardBuilder right = cardBuilder(issuer().signer(), random);
    factory.builder = [&right](const Job& job, BytesView serial) {
        Job given{job.record, job.pictures, job.attempt};
        if (job.attempt == 1) {
            given.record.residence = "Một nơi khác";
        }
        return right(given, serial);
    };
    CHECK(factory.run().goodCards == 2);
    const Report report = factory.report();
    CHECK(report.blanks.spoiled == 2);
    REQUIRE(report.cards.size() == 4);
    CHECK(report.cards[0].state == "spoiled");
    CHECK(report.cards[0].reason == "The card differs from its record: residence in DG13.");
    CHECK(report.cards[1].requestId == report.cards[0].requestId); // the remake came first
    CHECK(report.cards[1].state == "good");
    factory.checkBalance();
}

TEST_CASE(
    "a bit that changes between building and loading spoils the card, also where nobody can read it back") {
    for (const lds::FileId file :
         {lds::FileId::DataGroup3, lds::FileId::DataGroup2, lds::FileId::CardAccess}) {
        Factory factory;
        SystemRandom random;
        const CardBuilder right = cardBuilder(issuer().signer(), random);
        std::uint8_t* bitThere = nullptr;
        factory.builder = [&](const Job& job, BytesView serial) {
            CardImage image = right(job, serial);
            Bytes* content = &image.cardAccess;
            for (auto& each : image.files) {
                if (each.fileIdentifier == lds::fileIdentifier(file) && file != lds::FileId::CardAccess) {
                    content = &each.content;
                }
            }
            bitThere = job.attempt == 1 ? &(*content)[content->size() / 2] : nullptr;
            return image; // moved, and its bytes stay where they are
        };
        factory.auditor.onRecord = [&bitThere](const audit::Occurrence& occurrence) {
            if (occurrence.what == "loading-begun" && bitThere != nullptr) {
                *bitThere ^= 0x10U;
            }
        };
        CHECK(factory.run().goodCards == 1);
        const Report report = factory.report();
        REQUIRE(report.cards.size() == 2);
        CHECK(report.cards[0].state == "spoiled");
        CHECK(report.cards[0].reason ==
              lds::fileName(file) + " as it was loaded is not the one that was built for the card.");
        CHECK(report.cards[1].state == "good");
        factory.checkBalance();
    }
}

TEST_CASE("a record whose cards always fail is rejected after three and stops nobody else") {
    Factory factory(2);
    SystemRandom random;
    const CardBuilder right = cardBuilder(issuer().signer(), random);
    const std::string bad = issuer().submissions()[0].record.requestId;
    factory.builder = [&](const Job& job, BytesView serial) {
        Job given{job.record, job.pictures, job.attempt};
        if (given.record.requestId == bad) {
            given.record.religion = "khác";
        }
        return right(given, serial);
    };
    CHECK(factory.run().goodCards == 1);
    const Report report = factory.report();
    CHECK(report.rejected == 1);
    CHECK(report.blanks.spoiled == 3);
    CHECK(report.cards.back().requestId == bad);
    CHECK(report.cards.back().state == "rejected");
    factory.checkBalance();
}

TEST_CASE("a record that cannot become a card is rejected and costs no blank") {
    Factory factory(2);
    SystemRandom random;
    const CardBuilder right = cardBuilder(issuer().signer(), random);
    const std::string bad = issuer().submissions()[0].record.requestId;
    factory.builder = [&](const Job& job, BytesView serial) {
        if (job.record.requestId == bad) {
            throw MalformedData("full_name: has no letter.");
        }
        return right(job, serial);
    };
    CHECK(factory.run().goodCards == 1);
    const Report report = factory.report();
    CHECK(report.rejected == 1);
    CHECK(report.blanks.received == 1);
    factory.checkBalance();
}

TEST_CASE("a run that is asked to stop ends after the card at work, and a later one goes on") {
    Factory factory(3);
    factory.stopAfter = 1;
    CHECK(factory.run().goodCards == 1);
    Report report = factory.report();
    CHECK(report.waiting == 2);
    CHECK(report.inProcess == 0);
    CHECK(report.blanks.spoiled == 0);
    CHECK(report.blanks.inProcess == 0);
    factory.checkBalance();
    factory.stop = {};
    CHECK(factory.run().goodCards == 2);
    factory.checkBalance();
}

TEST_CASE("a line without the chips' keys stops at once and spoils nothing") {
    Factory factory(2);
    factory.keys.encryption = SecretBytes(Bytes(16, 0x00));
    factory.keys.mac = SecretBytes(Bytes(16, 0x00));
    const RunResult result = factory.run();
    REQUIRE(result.errors.size() == 1);
    CHECK(result.errors[0].find("key version 30") != std::string::npos);
    Report report = factory.report();
    CHECK(report.waiting == 2);
    CHECK(report.blanks.received == 1);
    CHECK(report.blanks.returned == 1);
    factory.keys = SecurityDomainKeys::transport();
    CHECK(factory.run().goodCards == 2);
    factory.checkBalance();
}

TEST_CASE("without a blank the requests wait") {
    Factory factory(3);
    factory.drawer.blanksLeft = 2;
    CHECK(factory.run(2).goodCards == 2);
    CHECK(factory.report().waiting == 1);
    factory.checkBalance();
}

TEST_CASE("a chip that fails at any command is spoiled, and the record gets its card") {
    const long commands = Factory::commandsOfACard();
    REQUIRE(commands > 30);
    for (const Fault fault : {Fault::Glitch, Fault::Refuses}) {
        for (long at = firstFor(fault); at < commands; at += stride) {
            CAPTURE(at);
            CAPTURE(static_cast<int>(fault));
            Factory factory;
            factory.drawer.fault = fault;
            factory.drawer.faultAt = at;
            CHECK(factory.run().errors.empty());
            CHECK(factory.report().good == 1);
            CHECK(factory.report().blanks.received <= 2);
            factory.checkBalance();
        }
    }
}

TEST_CASE("a chip that is pulled out is made again, or waits for a person when it may be a card") {
    const long commands = Factory::commandsOfACard();
    std::size_t quarantined = 0;
    for (long at = firstFor(Fault::PulledOut); at < commands; at += stride) {
        CAPTURE(at);
        Factory factory;
        factory.drawer.fault = Fault::PulledOut;
        factory.drawer.faultAt = at;
        CHECK(factory.run().errors.empty());
        CHECK(factory.report().good + factory.report().quarantined == 1);
        factory.checkBalance();
        quarantined += factory.report().quarantined;
        if (factory.report().quarantined == 1) {
            factory.drawer.fault = Fault::None;
            factory.drawer.chips.begin()->second->dead = false; // it turns up again
            CHECK(factory.run().errors.empty());
            CHECK(factory.report().good == 1);
            factory.checkBalance();
        }
    }
    CHECK(quarantined > 0);
    CHECK(quarantined < static_cast<std::size_t>(commands));
}

TEST_CASE("a run that ends at any command is taken up where it stopped") {
    const long commands = Factory::commandsOfACard();
    for (const Fault fault : {Fault::Kill, Fault::KillAfter}) {
        for (long at = firstFor(fault); at < commands; at += stride) {
            CAPTURE(at);
            CAPTURE(static_cast<int>(fault));
            Factory factory;
            factory.drawer.fault = fault;
            factory.drawer.faultAt = at;
            CHECK(factory.run().errors.size() == 1);
            factory.drawer.fault = Fault::None;
            CHECK(factory.run().errors.empty());
            CHECK(factory.report().good == 1);
            CHECK(factory.report().blanks.received <= 2);
            factory.checkBalance();
        }
    }
}

TEST_CASE(
    "chips in memory that ended with their run are spoiled, chips that cannot be found are quarantined") {
    Factory factory;
    factory.drawer.fault = Fault::Kill;
    factory.drawer.faultAt = 20;
    SUBCASE("in memory") {
        factory.drawer.isVolatile = true;
        static_cast<void>(factory.run());
        factory.drawer.fault = Fault::None;
        static_cast<void>(factory.run());
        CHECK(factory.report().good == 1);
        CHECK(factory.report().blanks.spoiled == 1);
    }
    SUBCASE("not found") {
        static_cast<void>(factory.run());
        factory.drawer.fault = Fault::None;
        auto elsewhere = std::move(factory.drawer.chips);
        factory.drawer.chips.clear();
        static_cast<void>(factory.run());
        CHECK(factory.report().quarantined == 1);
        CHECK(factory.report().good == 0);
        factory.drawer.chips = std::move(elsewhere);
        static_cast<void>(factory.run());
        CHECK(factory.report().quarantined == 0);
        CHECK(factory.report().good == 1);
        factory.checkBalance();
    }
}
