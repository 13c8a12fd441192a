// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace cancuoc::personalization {

/// Writes `count` fictional citizens (1 to 100,000) for tests and demonstrations to `directory`, which is
/// made when it is missing: records.csv, and for each of them portraits/NUMBER.jpg (JPEG, 300 x 400),
/// fingers/NUMBER-left.png and fingers/NUMBER-right.png (8-bit grey at 500 dpi). Names, places and numbers
/// are drawn by lot, the births lie in 2090 to 2099, the pictures are drawn by code; the same seed writes the
/// same bytes. Throws BadConfiguration for a count out of range and where `directory` cannot be written or
/// holds a records.csv already.
void writeSample(const std::filesystem::path& directory, std::size_t count, std::uint64_t seed);

} // namespace cancuoc::personalization
