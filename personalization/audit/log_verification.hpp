// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/audit/log_scan.hpp"

#include <span>
#include <string>
#include <vector>

namespace cancuoc::personalization::audit {

/// What an auditor may say about a log.
struct LogVerdict {
    LogScan scan;
    std::size_t checkpoints = 0; ///< by the signers
    /// What speaks against the checkpoints, one sentence each; also that there are none: a chain that nobody
    /// vouches for can be written anew by whoever holds the file.
    std::vector<std::string> objections;

    /// Nothing is wrong. A torn last line is no wrong: it was never acknowledged to anybody.
    [[nodiscard]] bool holds() const { return !scan.firstWrong && objections.empty(); }
};

/// Verifies a log offline. `checkpoints` are those beside it and those that were taken off the machine
/// before: the more, the better; `signers` are the certificates of those who may sign them. Throws Error when
/// `log` cannot be read.
[[nodiscard]] LogVerdict verifyLog(std::istream& log, std::span<const SignedCheckpoint> checkpoints,
                                   std::span<const trust::Certificate> signers);

} // namespace cancuoc::personalization::audit
