// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/remarks.hpp"

#include <string>

#include <fmt/format.h>

namespace cancuoc::inspection {

namespace {

// What the checks say of their files is not said twice, and DG13 is every issuer's own.
bool isRemarked(lds::FileId file, bool isVietnamese) {
    switch (lds::dataGroupNumber(file).value_or(0)) {
    case 0:
    case 1:
    case 14:
    case 15:
        return false;
    case 13:
        return isVietnamese;
    default:
        return true;
    }
}

} // namespace

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

std::vector<std::string> remarksOnDefects(const Document& document) {
    const bool isVietnamese =
        document.dataGroup1 && document.dataGroup1->machineReadableZone.issuingState == "VNM";
    std::vector<std::string> remarks;
    for (const auto& [file, defect] : document.defects) {
        if (isRemarked(file, isVietnamese)) {
            remarks.push_back(defect);
        }
    }
    if (document.securityObject && !document.securityObject->unknownDataGroupHashes.empty()) {
        std::string numbers;
        for (const auto& [number, hash] : document.securityObject->unknownDataGroupHashes) {
            numbers += (numbers.empty() ? "" : ", ") + std::to_string(number);
        }
        remarks.push_back("EF.SOD has hashes of data groups that the LDS does not know: " + numbers + ".");
    }
    return remarks;
}

} // namespace cancuoc::inspection
