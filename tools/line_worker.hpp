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
    unsigned lease = 60; ///< seconds
};

/// Adds --machine and --lease to `command`.
[[nodiscard]] std::shared_ptr<LineWorkerOptions> addLineWorkerOptions(CLI::App& command);

/// This process as a worker of a job store. Its name is the process id, the process' time of start and the
/// machine's boot id, as Linux tells them in /proc; where nothing is told, whether a process lives cannot be
/// either.
[[nodiscard]] personalization::Worker thisWorker(const LineWorkerOptions& options);

} // namespace cancuoc::tools
