// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace cancuoc::personalization {

/// A folder within the directory of a PKI that only its owner may enter. While it is held nobody else changes
/// the PKI. What a process that was killed has left in it is never taken for anything, and goes away.
class PkiWorkshop {
public:
    /// Makes `directory` too where it is missing. Throws BadConfiguration when it cannot be made, or another
    /// process is at work there.
    explicit PkiWorkshop(const std::filesystem::path& directory);
    PkiWorkshop(const PkiWorkshop&) = delete;
    PkiWorkshop& operator=(const PkiWorkshop&) = delete;
    /// Removes the folder with all that is in it.
    ~PkiWorkshop();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    [[nodiscard]] bool hold();

    std::filesystem::path path_;
    int folder_ = -1; ///< locked for as long as it is held
};

} // namespace cancuoc::personalization
