// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/globalplatform/cap_file.hpp"
#include "personalization/globalplatform/issuer_security_domain.hpp"
#include "personalization/loading/profile_element.hpp"

#include <filesystem>
#include <memory>
#include <vector>

namespace cancuoc::personalization {

/// A package of Java Card that a chip gets before the document is loaded, and the applets that are installed
/// from it.
struct AppletPackage {
    std::filesystem::path file;              ///< a CAP file; one that is relative is beside the load profile
    Bytes sha256;                            ///< of that file: who approved the profile approved the code too
    std::vector<Installation> installations; ///< in their order; loadFile is known when the file is read
    std::shared_ptr<const CapFile> cap{};    ///< null until the file is read
};

/// An element of `packages` in a load profile. The file is not opened. Throws BadConfiguration.
[[nodiscard]] AppletPackage readAppletPackage(const ProfileElement& element);

/// Reads the package's file, below `folder` unless its path is absolute. Throws Error when it cannot be read,
/// BadConfiguration when it has another SHA-256, is no CAP file, does not have an applet that is to be
/// installed, or does not fit into 256 blocks of LOAD with `maximumCommandData` bytes.
void readCapFile(AppletPackage& package, const std::filesystem::path& folder, std::size_t maximumCommandData);

/// Loads the package through the domain, in blocks of at most `blockSize` bytes, and installs its applets,
/// selectable. Throws what IssuerSecurityDomain::load and install throw.
void putOnChip(const AppletPackage& package, IssuerSecurityDomain& domain, std::size_t blockSize);

} // namespace cancuoc::personalization
