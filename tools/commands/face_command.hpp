// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `face` to the command line: the printed faces of cards.
void addFaceCommand(CLI::App& application, ExitStatus& status);

} // namespace cancuoc::tools
