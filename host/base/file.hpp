// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>

#include "host/base/bytes.hpp"

namespace cancuoc {

/// The content of a whole file.
/// Throws Error if it cannot be read, or holds more than `maximumSize` bytes.
[[nodiscard]] Bytes readFile(const std::filesystem::path& file, std::size_t maximumSize);

/// Writes a file whole: a reader of `file` sees the former content or the new one, never a part.
/// Throws Error if the folder is missing or cannot be written.
void writeFile(const std::filesystem::path& file, BytesView content);

/// Writes a file that nobody but its owner may read. Throws Error when it cannot.
void writePrivateFile(const std::filesystem::path& file, BytesView content);

/// Waits until the content of a file, or the names in a folder, are on the disk. Throws Error when they
/// cannot get there.
void flushToDisk(const std::filesystem::path& path);

} // namespace cancuoc
