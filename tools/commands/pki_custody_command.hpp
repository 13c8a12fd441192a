// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `ceremony-record`, `key-backup`, `key-restore` and `publish` below `pki`. The chosen one runs while
/// the command line is parsed, sets `status`, and throws what it cannot do.
void addPkiCustodyCommands(CLI::App& pki, ExitStatus& status);

} // namespace cancuoc::tools
