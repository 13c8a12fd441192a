// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <iosfwd>

#include "tools/exit_status.hpp"

namespace cancuoc::tools {

/// Writes one sentence about `failure` to `diagnostics` and tells the exit status it means.
/// This is the only place where exceptions become exit statuses; a command throws and does not translate.
/// @param failure what a command threw; never null
/// @param diagnostics the stream for people, normally standard error
/// @param json where the sentence goes as an object {"error", "exitStatus"} too, for scripts that asked for
///        JSON; null when none did
/// @return WrongUsage for errors of the command line, Failed for everything else
ExitStatus reportError(const std::exception_ptr& failure, std::ostream& diagnostics, std::ostream* json);

} // namespace cancuoc::tools
