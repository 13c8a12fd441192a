// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"
#include "tools/order_import.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `perso import`, `perso priority` and `perso rules`.
void addPersoImportCommands(CLI::App& perso, ExitStatus& status, const OpenStore& openStore);

} // namespace cancuoc::tools
