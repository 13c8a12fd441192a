// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `seal create` and `seal verify` below `qr`. The chosen one runs while the command line is parsed,
/// sets `status`, and throws what it cannot do.
void addQrSealCommand(CLI::App& qr, ExitStatus& status);

} // namespace cancuoc::tools
