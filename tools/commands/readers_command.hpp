// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `readers` to the command line: the smart card readers of this machine.
void addReadersCommand(CLI::App& application, ExitStatus& status);

} // namespace cancuoc::tools
