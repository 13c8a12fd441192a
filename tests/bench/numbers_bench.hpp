// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <ostream>

namespace cancuoc::bench {

/// Fills a register in `folder` with `numbers` numbers, prefix after prefix, and prints how fast that goes,
/// how large the file is, how fast numbers are looked up, and how SQLite does it.
void reportNumbers(std::ostream& out, const std::filesystem::path& folder, std::uint64_t numbers);

} // namespace cancuoc::bench
