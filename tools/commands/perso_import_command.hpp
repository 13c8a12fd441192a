// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "personalization/jobs/job_store.hpp"
#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Opens the job store of that name, and makes it where it is absent.
using OpenStore = std::function<std::unique_ptr<personalization::JobStore>(const std::string& store)>;

/// Adds `perso import` and `perso rules`.
void addPersoImportCommands(CLI::App& perso, ExitStatus& status, const OpenStore& openStore);

} // namespace cancuoc::tools
