// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <ostream>

namespace cancuoc::bench {

/// Writes an audit log of `events` entries into `folder`, with a checkpoint after every 10,000, and prints
/// how long verifying it takes, and what of the process's memory that has taken; and what one appended event
/// costs, flush to the disk included. Throws when the log does not hold.
void reportAudit(std::ostream& out, const std::filesystem::path& folder, std::uint64_t events);

} // namespace cancuoc::bench
