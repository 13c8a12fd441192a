// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `sample` to the command line: fictional citizens for tests and demonstrations.
void addSampleCommand(CLI::App& application, ExitStatus& status);

} // namespace cancuoc::tools
