// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace cancuoc::bench {

/// Microseconds of the processor for one run of PACE with ECDH, the generic mapping and AES-128 on
/// brainpoolP256r1.
struct PaceTimes {
    double terminal = 0; ///< Pace on a session whose chip answers at once
    double points = 0;   ///< OpenSSL alone: the operations on points that the terminal cannot do without
};

/// Over `rounds` runs of a recorded dialogue, both sides by turns, so that what else the machine does falls
/// on both; the median of the rounds.
[[nodiscard]] PaceTimes measurePace(std::size_t rounds);

} // namespace cancuoc::bench
