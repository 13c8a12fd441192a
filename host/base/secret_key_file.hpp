// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"

#include <filesystem>
#include <optional>

namespace cancuoc {

/// Makes a file with a fresh secret key of `size` bytes, as one line of hexadecimal digits that its owner
/// alone may read. It is whole on the disk when this returns, or not there: half a key would be worse than
/// none. Throws Error when it cannot be written.
void makeSecretKeyFile(const std::filesystem::path& file, std::size_t size, RandomSource& random);

/// The key of `size` bytes in such a file; nothing when it holds something else. Throws Error when it cannot
/// be read.
[[nodiscard]] std::optional<SecretBytes> readSecretKeyFile(const std::filesystem::path& file,
                                                           std::size_t size);

} // namespace cancuoc
