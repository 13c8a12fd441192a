// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `chip run` to the command line: a virtual chip in the virtual reader of vsmartcard.
void addChipCommand(CLI::App& application, ExitStatus& status);

} // namespace cancuoc::tools
