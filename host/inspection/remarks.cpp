// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/remarks.hpp"

#include <fmt/format.h>

namespace cancuoc::inspection {

std::vector<std::string> remarksOn(const lds::MachineReadableZone& zone, std::optional<Date> issueDate,
                                   Date day) {
    std::vector<std::string> remarks;
    const auto expiryDate = zone.fullExpiryDate(day, issueDate);
    if (expiryDate && *expiryDate < day) {
        remarks.push_back(fmt::format("The document expired on {}.", toIso(*expiryDate)));
    }
    if (issueDate && day < *issueDate) {
        remarks.push_back(fmt::format("The document says that it was issued on {}, which is still to come.",
                                      toIso(*issueDate)));
    }
    return remarks;
}

} // namespace cancuoc::inspection
