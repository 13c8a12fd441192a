// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <ostream>

namespace cancuoc::bench {

/// Draws both faces of `cards` cards of an invented order at 300 dpi, on one and on two threads, with and
/// without PNG files, and prints how many cards a second that are. The order goes to `folder`.
void reportFaces(std::ostream& out, const std::filesystem::path& folder, std::size_t cards);

} // namespace cancuoc::bench
