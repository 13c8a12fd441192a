// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `evidence verify` to the command line. It runs while the command line is parsed, sets `status`, and
/// throws what it cannot do.
void addEvidenceCommand(CLI::App& application, ExitStatus& status);

} // namespace cancuoc::tools
