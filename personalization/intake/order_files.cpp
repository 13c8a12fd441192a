// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/order_files.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/intake/order_path.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

std::filesystem::path resolved(const std::filesystem::path& path) {
    std::error_code failure;
    auto result = std::filesystem::canonical(path, failure);
    return failure ? std::filesystem::path() : result;
}

bool isBelow(const std::filesystem::path& folder, const std::filesystem::path& path) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

} // namespace

FolderFiles::FolderFiles(const std::filesystem::path& folder) : folder_(resolved(folder)) {
    if (folder_.empty()) {
        throw Error("There is no folder " + folder.string() + ".");
    }
}

OrderFile FolderFiles::read(const std::filesystem::path& path, std::size_t maximumSize) const {
    const std::filesystem::path file =
        staysInOrder(path) ? resolved(folder_ / path) : std::filesystem::path();
    std::error_code failure;
    if (file.empty() || !isBelow(folder_, file) || !std::filesystem::is_regular_file(file, failure)) {
        return {};
    }
    try {
        return {readFile(file, maximumSize)};
    } catch (const Error&) {
        return {};
    }
}

} // namespace cancuoc::personalization
