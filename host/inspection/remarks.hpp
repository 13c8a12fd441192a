// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/base/date.hpp"
#include "host/inspection/document.hpp"
#include "host/lds/machine_readable_zone.hpp"

namespace cancuoc::inspection {

/// What a person should know of a document although no check fails by it, one sentence each: that it has
/// expired, or that it says it was issued on a day that is still to come. A genuine document stays genuine.
/// @param issueDate as another part of the document states it; it also tells the century of the expiry date
/// @param day on which the document was read
[[nodiscard]] std::vector<std::string> remarksOn(const lds::MachineReadableZone& zone,
                                                 std::optional<Date> issueDate, Date day);

/// What was read and cannot be understood although no check fails by it, one sentence each: DG2, and DG13 of
/// a Vietnamese document, and hashes in EF.SOD of data groups that the LDS does not know. Of other States
/// only the State knows what its DG13 holds.
[[nodiscard]] std::vector<std::string> remarksOnDefects(const Document& document);

} // namespace cancuoc::inspection
