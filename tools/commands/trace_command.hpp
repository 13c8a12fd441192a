// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `trace replay` to the command line: the session of `read --trace` once more, without its card.
void addTraceCommand(CLI::App& application, ExitStatus& status);

} // namespace cancuoc::tools
