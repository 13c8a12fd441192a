// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>

namespace cancuoc::bench {

/// Prints, for each class of hard pictures, how many our decoder (findSymbol, for one symbol), one call of
/// ZXing-cpp and ZBar read of the easy and the hard half, and the time of each; last both in the large, and
/// the same for decodeSymbols, which looks for all symbols.
/// @param pictures of each class
/// @param folder keeps the pictures as PGM files; empty: nowhere
/// @return whether our decoder returned no payload that a picture does not have
[[nodiscard]] bool measureDecoding(std::ostream& out, std::size_t pictures,
                                   const std::filesystem::path& folder);

} // namespace cancuoc::bench
