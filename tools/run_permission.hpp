// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace cancuoc::tools {

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

// What a decision about a load profile, a file with keys or a PKI is about: a SHA-256 in lower case.
[[nodiscard]] std::string profileSubject(const std::string& profile);
[[nodiscard]] std::string keySubject(const std::string& file);
[[nodiscard]] std::string signerSubject(const std::string& pki);

} // namespace cancuoc::tools
