// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `perso numbers`: allocates, sets again, cancels and finds personal identification numbers.
void addPersoNumbersCommand(CLI::App& perso, ExitStatus& status);

} // namespace cancuoc::tools
