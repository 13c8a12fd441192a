// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/commands/perso_import_command.hpp"

namespace cancuoc::tools {

/// Adds `perso handover`.
void addPersoHandoverCommand(CLI::App& perso, ExitStatus& status, const OpenStore& openStore);

} // namespace cancuoc::tools
