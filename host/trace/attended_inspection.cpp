// SPDX-License-Identifier: Apache-2.0
#include "host/trace/attended_inspection.hpp"

#include <optional>

namespace cancuoc::trace {

using inspection::Inspection;
using inspection::InspectionResult;
using inspection::ReadingCache;

InspectionResult AttendedInspection::run(CardSource& source, ReadingCache& cache) const {
    while (true) {
        try {
            return inspect(source.connection(), cache);
        } catch (const CardRemoved& lost) {
            if (!source.isBack(lost)) {
                throw;
            }
        }
    }
}

InspectionResult AttendedInspection::inspect(Connection& connection, ReadingCache& cache) const {
    std::optional<RecordingConnection> recording;
    if (recorder != nullptr) {
        recording.emplace(connection, *recorder);
    }
    Inspection inspection(recording ? static_cast<Connection&>(*recording) : connection, random, clock);
    if (recorder != nullptr) {
        recorder->attachTo(inspection, observer);
    } else {
        inspection.onEvent(observer);
    }
    inspection.interruptBy(interruption);
    return inspection.run(request, cache);
}

} // namespace cancuoc::trace
