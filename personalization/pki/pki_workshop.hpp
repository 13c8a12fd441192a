// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace cancuoc::personalization {

/// A folder within the directory of a PKI that only its owner may enter. While it is there nobody else
/// changes the PKI, and what is left of an interrupted change is never taken for a whole one.
class PkiWorkshop {
public:
    /// Makes `directory` too where it is missing. Throws BadConfiguration when it cannot be made, or somebody
    /// is at work there already.
    explicit PkiWorkshop(const std::filesystem::path& directory);
    PkiWorkshop(const PkiWorkshop&) = delete;
    PkiWorkshop& operator=(const PkiWorkshop&) = delete;
    /// Removes the folder with all that is in it.
    ~PkiWorkshop();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace cancuoc::personalization
