// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace cancuoc::personalization {

/// What job store and audit log call a station among those of all machines. `machine` may be empty: there is
/// one.
[[nodiscard]] inline std::string nameAmongMachines(const std::string& machine, const std::string& station) {
    return machine.empty() ? station : machine + ", " + station;
}

/// What a station of a line does now. A card that a run before left in the middle has no blank taken and may
/// end without a step.
struct StationEvent {
    enum class Kind {
        BlankTaken, ///< a blank is at the station
        StepBegun,  ///< of the work on a card
        CardEnded,  ///< good or not; CardOutcome says which
    };

    Kind kind = Kind::BlankTaken;
    std::string station; ///< see nameAmongMachines()
    std::string chipSerial;
    std::string requestId = {}; ///< empty for a blank that was taken
    std::string step = {};      ///< of StepBegun, as StepTime names it
};

/// Sees what stations do. Called by the thread of the station at which it happens, so by several threads at a
/// time, but for one station always in order: it keeps its data from them, returns soon, for the work on the
/// card waits, and throws nothing.
using StationObserver = std::function<void(const StationEvent&)>;

} // namespace cancuoc::personalization
