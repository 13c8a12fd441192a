// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "host/base/random.hpp"
#include "personalization/jobs/job_store.hpp"
#include "personalization/station/face_painter.hpp"
#include "personalization/station/floor_book.hpp"
#include "personalization/station/floor_state.hpp"
#include "tools/line_assembly.hpp"

namespace cancuoc::station {

/// Changes the stations of an assembly before a run begins.
using AdaptStations = std::function<std::vector<std::unique_ptr<personalization::ChipStation>>(
    std::vector<std::unique_ptr<personalization::ChipStation>>)>;

/// What a floor works with.
struct FloorSettings {
    std::shared_ptr<const tools::LineMeans> means;
    std::string layout = "cccd-2021"; ///< of the faces on the screen
    std::string artwork = {};         ///< folder of the layout's pictures; may be empty
    AdaptStations adapt = {};         ///< may be empty
};

/// The floor of a personalization line: one job store and the stations of this machine. Everything is done on
/// threads of its own; what it shows comes from the store, so that a floor whose process was killed shows the
/// same when it is opened again.
class Floor {
public:
    /// Begins to open the store. `changed` is called on any of the floor's threads, several at a time, and
    /// returns soon; it must not destroy the floor.
    Floor(FloorSettings settings, std::function<void()> changed);
    Floor(const Floor&) = delete;
    Floor& operator=(const Floor&) = delete;
    /// Drains, and waits until the cards that are begun are finished.
    ~Floor();

    // These return at once, whatever they set off; what is not possible now is not done.

    /// Begins a run. Why it did not begin is FloorState::problem.
    void start();
    /// Lets each station finish its card and ends the run.
    void drain();
    /// Ends the run between two commands to the chips. The next run decides about the chips at work by their
    /// own evidence.
    void stop();

    [[nodiscard]] const FloorSettings& settings() const { return settings_; }
    /// A copy of the state. Any thread may ask.
    [[nodiscard]] FloorState state() const;

private:
    void work(const std::stop_token& stop);
    void watch(const std::stop_token& stop);
    void open();
    void run();
    void runAssembled(tools::LineAssembly& assembly, const std::stop_token& stop);
    [[nodiscard]] std::vector<std::unique_ptr<personalization::ChipStation>>
    stationsOf(const tools::LineAssembly& assembly, const std::stop_token& stop);
    void readFigures();
    void readStock();
    /// Changes the book under the mutex, then tells that it changed.
    void change(const std::function<void(FloorBook&)>& work);
    void endRunBy(FloorPhase phase);

    FloorSettings settings_;
    std::function<void()> changed_;
    SystemRandom random_; ///< the store uses it
    std::unique_ptr<personalization::JobStore>
        store_;                ///< set once by the floor's thread, before watch_ begins
    mutable std::mutex mutex_; ///< of the members up to the next note
    std::condition_variable_any wake_;
    FloorBook book_;
    bool startWanted_ = false;
    bool figuresWanted_ = false;
    std::stop_source endOfRun_;
    // Not under the mutex.
    std::atomic<bool> halted_ = false;
    FacePainter painter_;
    std::jthread watch_;
    std::jthread thread_; ///< last: it uses the others
};

} // namespace cancuoc::station
