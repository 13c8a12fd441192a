// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/pki_workshop.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/base/error.hpp"

namespace cancuoc::personalization {

namespace fs = std::filesystem;

PkiWorkshop::PkiWorkshop(const fs::path& directory) : path_(directory / ".pki-work") {
    std::error_code failure;
    fs::create_directories(directory, failure);
    if (!failure) {
        fs::create_directory(path_, failure);
    }
    if (failure) {
        throw BadConfiguration("\"" + directory.string() + "\" cannot be made: " + failure.message() + ".");
    }
    if (!hold()) {
        throw BadConfiguration("Another \"cancuoc\" is at work in \"" + directory.string() +
                               "\"; try again when it has finished.");
    }
    fs::permissions(path_, fs::perms::owner_all);
    for (const auto& left : fs::directory_iterator(path_)) {
        fs::remove_all(left.path(), failure);
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

PkiWorkshop::~PkiWorkshop() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    close(folder_);
}

} // namespace cancuoc::personalization
