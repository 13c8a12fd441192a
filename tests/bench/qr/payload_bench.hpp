// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>

namespace cancuoc::bench {

/// Prints how many payloads are parsed, encoded, and drawn as PNG in a second of one core's time.
void measurePayloads(std::ostream& out);

} // namespace cancuoc::bench
