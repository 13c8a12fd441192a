// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `perso import`, `perso run` and `perso report` to the command line. The chosen one runs while the
/// command line is parsed, sets `status`, and throws what it cannot do.
void addPersoCommand(CLI::App& application, ExitStatus& status);

} // namespace cancuoc::tools
