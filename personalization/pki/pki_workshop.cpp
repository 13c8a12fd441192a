// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/pki_workshop.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "host/base/error.hpp"
#include "host/base/file.hpp"

namespace cancuoc::personalization {

namespace fs = std::filesystem;

namespace {

constexpr const char* workshopName = ".pki-work";
constexpr const char* committedName = "committed";

} // namespace

PkiWorkshop::PkiWorkshop(const fs::path& directory, std::chrono::milliseconds patience)
    : directory_(directory), path_(directory / workshopName), made_(path_ / "made"),
      committed_(path_ / committedName) {
    if (!holdWithin(patience)) {
        throw BadConfiguration("Another \"cancuoc\" is at work in \"" + directory.string() +
                               "\"; try again when it has finished.");
    }
    fs::permissions(path_, fs::perms::owner_all);
    if (fs::exists(committed_)) {
        bringToPlaces();
    }
    std::error_code ignored;
    for (const auto& left : fs::directory_iterator(path_)) {
        fs::remove_all(left.path(), ignored);
    }
    fs::create_directory(made_);
}

bool PkiWorkshop::holdWithin(std::chrono::milliseconds patience) {
    constexpr std::chrono::milliseconds pause{2};
    for (auto waited = std::chrono::milliseconds(0);; waited += pause) {
        std::error_code failure;
        fs::create_directories(path_, failure); // whoever held it has removed it
        if (failure) {
            throw BadConfiguration("\"" + directory_.string() + "\" cannot be made: " + failure.message() +
                                   ".");
        }
        if (hold()) {
            return true;
        }
        if (waited >= patience) {
            return false;
        }
        std::this_thread::sleep_for(pause);
    }
}

// Whether nobody else holds it: the lock goes with the process that had it. A folder that the former holder
// removes just now is nobody's any more, and no longer the one of this name.
bool PkiWorkshop::hold() {
    folder_ = open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat opened {};
    struct stat named {};
    const bool isHeld = folder_ >= 0 && flock(folder_, LOCK_EX | LOCK_NB) == 0 &&
                        fstat(folder_, &opened) == 0 && stat(path_.c_str(), &named) == 0 &&
                        opened.st_ino == named.st_ino;
    if (!isHeld && folder_ >= 0) {
        close(folder_);
    }
    return isHeld;
}

void PkiWorkshop::commit() {
    for (const auto& file : fs::directory_iterator(made_)) {
        flushToDisk(file.path());
    }
    fs::rename(made_, committed_);
    flushToDisk(path_);
    bringToPlaces();
}

void PkiWorkshop::bringToPlaces() {
    const std::vector<fs::directory_entry> files{fs::directory_iterator(committed_), {}};
    for (const auto& file : files) {
        fs::rename(file.path(), directory_ / file.path().filename());
    }
    flushToDisk(directory_);
    fs::remove(committed_);
}

void PkiWorkshop::finishInterrupted(const fs::path& directory) {
    constexpr std::chrono::seconds patience{30}; // for somebody who is committing just now
    if (fs::exists(directory / workshopName / committedName)) {
        const PkiWorkshop workshop(directory, patience);
    }
}

PkiWorkshop::~PkiWorkshop() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    close(folder_);
}

} // namespace cancuoc::personalization
