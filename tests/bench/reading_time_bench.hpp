// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>

namespace cancuoc::bench {

/// Prints how long a person waits for a whole reading of a simulated eMRTD (EF.SOD 2 kB, DG2 15,360 bytes)
/// with real chips' times over links of 106 to 848 kbit/s: with this library at several lengths of APDUs, and
/// with the read loops that other libraries use.
void reportReadingTimes(std::ostream& output);

} // namespace cancuoc::bench
