// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "personalization/jobs/worker.hpp"

namespace CLI {
class App;
} // namespace CLI

namespace cancuoc::tools {

/// How a run presents itself to the job store.
struct LineWorkerOptions {
    std::string machine; ///< empty: the name of the host
    std::string shift;   ///< empty: the day, in UTC
    unsigned lease = 60; ///< seconds
};

/// What --shift takes.
inline constexpr const char* shiftHelp = "the shift, by any name (default: the day, in UTC)";

/// The name of a shift that was given none: YYYY-MM-DD of now, in UTC.
[[nodiscard]] std::string shiftOfToday();

/// Adds --machine, --shift and --lease to `command`.
[[nodiscard]] std::shared_ptr<LineWorkerOptions> addLineWorkerOptions(CLI::App& command);

/// This process as a worker of a job store. Its name is the process id, the process' time of start and the
/// machine's boot id, as Linux tells them in /proc; where nothing is told, whether a process lives cannot be
/// either.
[[nodiscard]] personalization::Worker thisWorker(const LineWorkerOptions& options);

} // namespace cancuoc::tools
