// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/pki_workshop.hpp"

#include "host/base/error.hpp"

namespace cancuoc::personalization {

namespace fs = std::filesystem;

PkiWorkshop::PkiWorkshop(const fs::path& directory) : path_(directory / ".pki-init") {
    std::error_code failure;
    fs::create_directories(directory, failure);
    const bool made = !failure && fs::create_directory(path_, failure);
    if (failure) {
        throw BadConfiguration("\"" + directory.string() + "\" cannot be made: " + failure.message() + ".");
    }
    if (!made) {
        throw BadConfiguration("Another \"cancuoc pki\" is at work in \"" + directory.string() +
                               "\" or was interrupted; if none is running, remove \"" + path_.string() +
                               "\".");
    }
    fs::permissions(path_, fs::perms::owner_all);
}

PkiWorkshop::~PkiWorkshop() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

} // namespace cancuoc::personalization
