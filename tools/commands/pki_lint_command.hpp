// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/exit_status.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// Adds `pki lint`: holds certificates, CRLs, lists, EF.SOD files, CV certificates and seals against the
/// standard.
void addPkiLintCommand(CLI::App& pki, ExitStatus& status);

} // namespace cancuoc::tools
