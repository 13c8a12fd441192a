// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `read` to the command line: read one card and judge it.
void addReadCommand(CLI::App& application, ExitStatus& status);

} // namespace cancuoc::tools
