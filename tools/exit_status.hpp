// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cancuoc::tools {

/// What every command of `cancuoc` ends with; scripts at lines and counters depend on these numbers.
enum class ExitStatus : int {
    Done = 0,          ///< done and, for checks, genuine, matching or clean
    WrongUsage = 1,    ///< the command line cannot be understood; nothing was touched
    Failed = 2,        ///< the reader, card, file or service failed
    CheckNotPassed = 3 ///< the thing checked is not genuine, does not match or is not conformant
};

} // namespace cancuoc::tools
