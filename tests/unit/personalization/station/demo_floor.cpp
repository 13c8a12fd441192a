// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/personalization/station/demo_floor.hpp"

#include <thread>

#include "host/base/clock.hpp"
#include "host/base/error.hpp"
#include "host/reader/connection_in_front.hpp"
#include "personalization/intake/intake.hpp"
#include "personalization/jobs/open_job_store.hpp"
#include "personalization/line/rewired_chip.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "personalization/sample/sample.hpp"
#include "tools/store_key.hpp"

namespace cancuoc::test {

namespace {

using namespace personalization;

constexpr std::uint64_t seed = 20;
constexpr std::size_t refusedCommand = 12;
constexpr std::uint8_t setStatus = 0xF0; // GlobalPlatform Card Specification 2.3.1, 11.10

enum class Fate { Good, Fails, GetsLost };

class FatefulConnection final : public ConnectionInFront {
public:
    FatefulConnection(Connection& connection, Fate fate, std::chrono::milliseconds pace)
        : ConnectionInFront(connection), fate_(fate), pace_(pace) {}

    [[nodiscard]] Bytes transmit(BytesView command) override {
        std::this_thread::sleep_for(pace_);
        if (fate_ == Fate::Fails && ++commands_ == refusedCommand) {
            return {0x65, 0x81}; // memory failure
        }
        lost_ = lost_ || (fate_ == Fate::GetsLost && command[1] == setStatus);
        requireThere();
        return behind().transmit(command);
    }
    void reset() override {
        requireThere();
        behind().reset();
    }

private:
    void requireThere() const {
        if (lost_) {
            throw CardRemoved("The card left the reader.");
        }
    }

    Fate fate_;
    std::chrono::milliseconds pace_;
    std::size_t commands_ = 0;
    bool lost_ = false;
};

class FatefulStation final : public ChipStation {
public:
    FatefulStation(std::unique_ptr<ChipStation> station, const DemoFaults& faults,
                   std::atomic<std::size_t>& blanks)
        : station_(std::move(station)), faults_(faults), blanks_(blanks) {}

    [[nodiscard]] std::string name() const override { return station_->name(); }
    [[nodiscard]] std::unique_ptr<InsertedChip> insertBlank() override {
        const std::size_t number = ++blanks_;
        const Fate fate = faults_.failing.count(number) != 0 ? Fate::Fails
                          : faults_.lost.count(number) != 0  ? Fate::GetsLost
                                                             : Fate::Good;
        return std::make_unique<RewiredChip>(station_->insertBlank(), [this, fate](Connection& own) {
            return std::make_unique<FatefulConnection>(own, fate, faults_.pace);
        });
    }
    [[nodiscard]] std::unique_ptr<InsertedChip> findAgain(std::string_view serial,
                                                          std::string_view number) override {
        return station_->findAgain(serial, number);
    }

private:
    std::unique_ptr<ChipStation> station_;
    const DemoFaults& faults_;
    std::atomic<std::size_t>& blanks_;
};

void importOrder(const std::filesystem::path& records, const std::string& location) {
    static SystemRandom random; // outlives the store
    const auto store = openJobStore(location, systemClock());
    tools::protectStore(*store, location, "", random);
    std::vector<Submission> submissions;
    Intake intake(records, {});
    while (auto result = intake.next()) {
        submissions.push_back(std::move(result->submission.value()));
    }
    static_cast<void>(store->import(submissions, demoOrder));
}

} // namespace

DemoFloor::DemoFloor(std::size_t citizens, unsigned stations, DemoFaults faults)
    : faults_(std::move(faults)) {
    SystemRandom random;
    createPki(folder() / "pki", {}, systemClock(), random);
    writeSample(folder() / "citizens", citizens, seed);
    means_->store = folder() / "jobs.sqlite";
    means_->pki = folder() / "pki";
    means_->chips = folder() / "chips";
    means_->virtualStations = stations;
    means_->worker->machine = "demo";
    importOrder(folder() / "citizens" / "records.csv", means_->store);
}

void DemoFloor::giveBlanks(std::uint64_t count) {
    const auto store = openJobStore(means_->store, systemClock());
    for (unsigned number = 1; number <= means_->virtualStations; ++number) {
        store->moveStock({.action = StockAction::Received,
                          .station = "demo, virtual station " + std::to_string(number),
                          .shift = tools::shiftOfToday(),
                          .count = count,
                          .reason = {},
                          .who = "Kho Mẫu"});
    }
}

station::FloorSettings DemoFloor::settings() {
    station::FloorSettings settings;
    settings.means = means_;
    settings.adapt = [this](std::vector<std::unique_ptr<ChipStation>> stations) {
        for (auto& place : stations) {
            place = std::make_unique<FatefulStation>(std::move(place), faults_, blanks_);
        }
        return stations;
    };
    return settings;
}

} // namespace cancuoc::test
