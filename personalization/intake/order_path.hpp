// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

namespace cancuoc::personalization {

/// Whether a path of an order leads to a file inside of it: not empty, relative, without `..`, a backslash
/// or a NUL, whatever the system that wrote it.
[[nodiscard]] inline bool staysInOrder(const std::filesystem::path& path) {
    const std::string text = path.generic_string();
    return !text.empty() && path.is_relative() && path.has_filename() &&
           text.find('\\') == std::string::npos && text.find('\0') == std::string::npos &&
           std::none_of(path.begin(), path.end(), [](const auto& part) { return part == ".."; });
}

} // namespace cancuoc::personalization
