// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `request`, `certify` and `accept` below `pki`: a CSCA that is kept offline certifies signers by
/// files. The chosen one runs while the command line is parsed, sets `status`, and throws what it cannot do.
void addPkiOfflineCommands(CLI::App& pki, ExitStatus& status);

} // namespace cancuoc::tools
