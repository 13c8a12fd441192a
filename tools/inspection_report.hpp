// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/inspection/inspection_result.hpp"
#include "tools/exit_status.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

/// Prints what was found out about a card on standard output: the JSON object, or the same for people.
/// @param json the object that inspection::toJson makes of `result`, with what the command adds to it
/// @return Done if the card is genuine, otherwise CheckNotPassed
[[nodiscard]] ExitStatus printReport(const inspection::InspectionResult& result, const Json& json,
                                     bool asJson);

} // namespace cancuoc::tools
