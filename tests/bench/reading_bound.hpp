// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace cancuoc::bench {

/// Commands and bytes of a full read.
struct Traffic {
    std::size_t commands = 0;
    std::size_t bytes = 0; ///< both ways, status words included
};

/// The least that reading files of these sizes under AES secure messaging can take when one response carries
/// up to `responseData` bytes of a file: each file is addressed by its short identifier and asked for in as
/// few READ BINARY as it needs. What opens the chip and proves it genuine (PACE, SELECT, Chip and Active
/// Authentication) is not in it.
[[nodiscard]] Traffic leastTraffic(const std::vector<std::size_t>& fileSizes, std::size_t responseData);

} // namespace cancuoc::bench
