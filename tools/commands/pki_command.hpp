// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `pki init` to the command line: a complete test PKI.
void addPkiCommand(CLI::App& application, ExitStatus& status);

} // namespace cancuoc::tools
