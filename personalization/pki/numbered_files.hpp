// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace cancuoc::personalization {

/// How many files there are in a row that `fileOf(1)`, `fileOf(2)` and so on name.
template <class FileOf>
[[nodiscard]] int countNumbered(FileOf fileOf) {
    int count = 0;
    while (std::filesystem::exists(fileOf(count + 1))) {
        ++count;
    }
    return count;
}

} // namespace cancuoc::personalization
