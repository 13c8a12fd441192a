// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/inspection/inspection.hpp"
#include "host/reader/card_source.hpp"
#include "host/trace/recorder.hpp"

namespace cancuoc::trace {

/// An inspection as a counter needs it: of a card that may be lifted and put back.
struct AttendedInspection {
    const inspection::InspectionRequest& request;
    RandomSource& random;
    Clock clock;
    Interruption interruption{};
    inspection::EventObserver observer{};
    /// records the session; null: nobody does
    SessionRecorder* recorder = nullptr;

    /// Inspects the card of `source`, and goes on where it stopped when the card comes back.
    /// @param cache what was read of the card before, and will have been; it is the caller's to forget
    /// @throws what Inspection::run throws; CardRemoved when the card does not come back
    [[nodiscard]] inspection::InspectionResult run(CardSource& source, inspection::ReadingCache& cache) const;

private:
    [[nodiscard]] inspection::InspectionResult inspect(Connection& connection,
                                                       inspection::ReadingCache& cache) const;
};

} // namespace cancuoc::trace
