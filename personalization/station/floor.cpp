// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/floor.hpp"

#include <algorithm>

#include "host/base/clock.hpp"
#include "host/base/error.hpp"
#include "personalization/line/personalization_line.hpp"
#include "personalization/station/halting_station.hpp"

namespace cancuoc::station {

using personalization::CardOutcome;
using personalization::ChipStation;
using personalization::Job;
using personalization::nameAmongMachines;
using personalization::PersonalizationLine;
using personalization::StationEvent;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds shortestPause(250); ///< between two looks into the store
constexpr std::chrono::seconds longestPause(2);

/// What stopped stations, apart from the operator.
std::vector<std::string> faultsOf(std::vector<std::string> errors) {
    std::erase_if(errors, [](const std::string& error) {
        return error.find(RunHalted::sentence) != std::string::npos;
    });
    return errors;
}

} // namespace

Floor::Floor(FloorSettings settings, std::function<void()> changed)
    : settings_(std::move(settings)), changed_(std::move(changed)),
      painter_(settings_.layout, settings_.artwork,
               [this](std::shared_ptr<const CardPicture> card) {
                   change([&card](FloorBook& book) { book.take(std::move(card)); });
               }),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Floor::~Floor() {
    drain();
    thread_.request_stop();
    thread_.join();
}

void Floor::start() {
    {
        const std::lock_guard guard(mutex_);
        if (!book_.state().canStart()) {
            return;
        }
        book_.setPhase(FloorPhase::Starting);
        startWanted_ = true;
        halted_ = false;
        endOfRun_ = {};
    }
    wake_.notify_all();
    changed_();
}

void Floor::drain() {
    endRunBy(FloorPhase::Draining);
}

void Floor::stop() {
    halted_ = true;
    endRunBy(FloorPhase::Stopping);
}

void Floor::endRunBy(FloorPhase phase) {
    change([this, phase](FloorBook& book) {
        endOfRun_.request_stop();
        if (book.state().runs()) {
            book.setPhase(phase);
        }
    });
}

FloorState Floor::state() const {
    const std::lock_guard guard(mutex_);
    return book_.state();
}

void Floor::change(const std::function<void(FloorBook&)>& work) {
    {
        const std::lock_guard guard(mutex_);
        work(book_);
    }
    changed_();
}

void Floor::work(const std::stop_token& stop) {
    open();
    if (store_ == nullptr) {
        return;
    }
    watch_ = std::jthread([this](const std::stop_token& end) { watch(end); });
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return startWanted_; })) {
                break;
            }
            startWanted_ = false;
        }
        run();
    }
    watch_ = {}; // before the store goes
}

void Floor::open() {
    try {
        store_ = tools::openExistingJobStore(settings_.means->store);
        readFigures();
        readStock();
        change([](FloorBook& book) { book.becomeReady(); });
    } catch (const std::exception& error) {
        store_.reset();
        change([&error](FloorBook& book) { book.fail(FloorPhase::Unavailable, error.what()); });
    }
}

void Floor::run() {
    std::stop_token stop;
    {
        const std::lock_guard guard(mutex_);
        stop = endOfRun_.get_token();
    }
    try {
        tools::LineAssembly assembly(*settings_.means, *store_, random_);
        runAssembled(assembly, stop);
    } catch (const std::exception& error) {
        change([&error](FloorBook& book) {
            book.endRun({}, steady_clock::now());
            book.fail(FloorPhase::Ready, error.what());
        });
    }
}

void Floor::runAssembled(tools::LineAssembly& assembly, const std::stop_token& stop) {
    const auto stations = stationsOf(assembly, stop);
    auto services = assembly.services();
    services.stations = [this](const StationEvent& event) {
        change([&event](FloorBook& book) { book.take(event, steady_clock::now()); });
    };
    services.buildCard = [this, build = services.buildCard](const Job& job, BytesView chipSerial) {
        painter_.paint(job.record, job.pictures);
        return build(job, chipSerial);
    };
    std::vector<FloorBook::Place> places;
    for (const auto& station : stations) {
        places.push_back({nameAmongMachines(services.worker.machine, station->name()), station->name()});
    }
    PersonalizationLine line(services, [this](const CardOutcome& outcome) {
        change([this, &outcome](FloorBook& book) {
            book.take(outcome, std::chrono::floor<std::chrono::seconds>(systemClock()()),
                      steady_clock::now());
            figuresWanted_ = true;
        });
        wake_.notify_all();
    });
    change([&places](FloorBook& book) { book.beginRun(places, steady_clock::now()); });
    const auto result = line.run(stations, stop);
    assembly.end();
    readFigures();
    readStock();
    change([&result](FloorBook& book) { book.endRun(faultsOf(result.errors), steady_clock::now()); });
}

std::vector<std::unique_ptr<ChipStation>> Floor::stationsOf(const tools::LineAssembly& assembly,
                                                            const std::stop_token& stop) {
    auto stations = assembly.stations(stop, [this](const std::string& sentence) {
        change([&sentence](FloorBook& book) { book.prompt(sentence); });
    });
    if (settings_.adapt) {
        stations = settings_.adapt(std::move(stations));
    }
    for (auto& station : stations) {
        station = std::make_unique<HaltingStation>(std::move(station), halted_);
    }
    return stations;
}

// Looks into the store after outcomes, but not after each of them, and now and then for what other runs do.
void Floor::watch(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            static_cast<void>(wake_.wait_for(lock, stop, longestPause, [this] { return figuresWanted_; }));
            figuresWanted_ = false;
        }
        if (stop.stop_requested()) {
            return;
        }
        try {
            readFigures();
        } catch (const std::exception& error) {
            change([&error](FloorBook& book) { book.fail(book.state().phase, error.what()); });
        }
        std::unique_lock lock(mutex_);
        static_cast<void>(wake_.wait_for(lock, stop, shortestPause, [] { return false; }));
    }
}

void Floor::readFigures() {
    FloorBook::Figures figures{store_->counts(), store_->orders(), store_->unsettled()};
    change([&figures](FloorBook& book) { book.take(std::move(figures), steady_clock::now()); });
}

// The shift's report is made from the whole history: not while the line runs.
void Floor::readStock() {
    const auto worker = tools::thisWorker(*settings_.means->worker);
    const std::string ownBegin = nameAmongMachines(worker.machine, "");
    std::optional<std::int64_t> blanks;
    try {
        for (const auto& station : store_->shiftReport(worker.shift).stations) {
            if (station.hasStock && station.station.starts_with(ownBegin)) {
                blanks = blanks.value_or(0) + station.stock.atHand;
            }
        }
    } catch (const BadConfiguration&) { // nothing happened in the shift yet
    }
    change([&blanks](FloorBook& book) { book.setBlanksAtHand(blanks); });
}

} // namespace cancuoc::station
