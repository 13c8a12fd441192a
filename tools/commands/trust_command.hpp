// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `trust import` and `trust list` to the command line: the store of CSCA certificates and CRLs.
void addTrustCommand(CLI::App& application, ExitStatus& status);

} // namespace cancuoc::tools
