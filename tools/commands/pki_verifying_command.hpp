// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
} // namespace CLI

namespace cancuoc::tools {

/// `cancuoc pki cvca`, `document-verifier`, `terminal` and `cv-request`: who may read fingers and irises.
void addPkiVerifyingCommands(CLI::App& pki, ExitStatus& status);

} // namespace cancuoc::tools
