// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `perso audit`: verifies audit logs, signs and exports checkpoints and proofs, finds entries.
void addPersoAuditCommand(CLI::App& perso, ExitStatus& status);

} // namespace cancuoc::tools
