// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tools/commands/perso_import_command.hpp"

namespace cancuoc::tools {

/// Adds `perso person` and `perso decision`.
void addPersoDecisionCommands(CLI::App& perso, ExitStatus& status, const OpenStore& openStore);

} // namespace cancuoc::tools
