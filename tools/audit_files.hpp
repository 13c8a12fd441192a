// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "personalization/audit/checkpoint.hpp"

namespace cancuoc::tools {

/// Opens an audit log for reading. Throws BadConfiguration when there is none, Error when it cannot be read.
[[nodiscard]] std::ifstream openAuditLog(const std::string& file);

/// The checkpoints beside an audit log, and those in `others`, which were kept elsewhere. Throws Error when a
/// file cannot be read, MalformedData when a line of one is no checkpoint.
[[nodiscard]] std::vector<personalization::audit::SignedCheckpoint>
checkpointsOf(const std::string& log, std::vector<std::string> others);

} // namespace cancuoc::tools
