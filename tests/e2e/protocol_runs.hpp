// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cancuoc::e2e {

/// Runs PACE, Chip Authentication and Active Authentication `count` times between our chip and our host, with
/// fresh random passwords and keys in each run, all derived from `seed`. In every tenth run the shared secret
/// of PACE, in every tenth other one that of Chip Authentication is made to begin with a zero byte. Every run
/// is a test assertion.
void checkProtocolRuns(std::uint64_t seed, int count);

} // namespace cancuoc::e2e
