// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>

namespace cancuoc::personalization {

/// A folder within the directory of a PKI that only its owner may enter, where the next files are made. While
/// it is held nobody else changes the PKI. What a process that was killed has left unfinished in it is never
/// taken for anything, and goes away.
class PkiWorkshop {
public:
    /// Makes `directory` too where it is missing, and goes on with a commit() that was interrupted. Throws
    /// BadConfiguration when it cannot be made, or somebody else is at work there.
    /// @param patience how long to wait for somebody else
    explicit PkiWorkshop(const std::filesystem::path& directory, std::chrono::milliseconds patience = {});
    PkiWorkshop(const PkiWorkshop&) = delete;
    PkiWorkshop& operator=(const PkiWorkshop&) = delete;
    /// Removes the folder with all that is in it.
    ~PkiWorkshop();

    /// Where to make the files that commit() brings to their places.
    [[nodiscard]] const std::filesystem::path& path() const { return made_; }

    /// Brings all files to their places in the directory, over those of the same name: all of them or none,
    /// even when the process is killed, or the machine's power fails. At most once. Throws Error when the
    /// disk refuses.
    void commit();

    /// Goes on with a commit() in `directory` that was interrupted, if there is one. Throws what the
    /// constructor throws.
    static void finishInterrupted(const std::filesystem::path& directory);

private:
    [[nodiscard]] bool hold();
    [[nodiscard]] bool holdWithin(std::chrono::milliseconds patience);
    void bringToPlaces();

    std::filesystem::path directory_;
    std::filesystem::path path_;
    std::filesystem::path made_;
    std::filesystem::path committed_; ///< what made_ becomes: from then on its files belong to the PKI
    int folder_ = -1;                 ///< locked for as long as it is held
};

} // namespace cancuoc::personalization
