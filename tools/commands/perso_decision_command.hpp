// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tools/commands/perso_import_command.hpp"

namespace cancuoc::tools {

/// Adds `perso person` and `perso decision`.
void addPersoDecisionCommands(CLI::App& perso, ExitStatus& status, const OpenStore& openStore);

/// What a run is about to use.
struct RunMeans {
    std::string store;
    std::string operatorName;
    std::string operatorPasswordFile; ///< empty: asked for on the terminal
    std::string loadProfile;
    std::vector<std::string> keyFiles;
    std::string pki;
};

/// Where the line has persons: the operator signs in, and the load profile, the key files and the PKI's CSCA
/// must have been approved. Throws NotAllowed, naming what is missing.
void requireAllowedRun(const RunMeans& means);

} // namespace cancuoc::tools
