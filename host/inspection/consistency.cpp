// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/consistency.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/inspection/check_name.hpp"

namespace cancuoc::inspection {

namespace {

using trust::Check;
using trust::CheckResult;

Check result(std::string_view name, CheckResult value, std::string reason = "") {
    return {std::string(name), value, std::move(reason)};
}

std::string listOf(const std::set<int>& dataGroups) {
    return fmt::format("DG{}", fmt::join(dataGroups, ", DG"));
}

std::set<int> without(const std::set<int>& all, const std::set<int>& some) {
    std::set<int> rest;
    std::set_difference(all.begin(), all.end(), some.begin(), some.end(), std::inserter(rest, rest.end()));
    return rest;
}

std::string withoutWhiteSpace(std::string_view text) {
    std::string result;
    std::copy_if(text.begin(), text.end(), std::back_inserter(result),
                 [](char character) { return character != ' ' && character != '\n' && character != '\r'; });
    return result;
}

std::string_view withoutFillers(std::string_view field) {
    return field.substr(0, field.find_last_not_of('<') + 1);
}

// Whether `date` is known and not the one that the MRZ writes in six digits.
bool isAnother(std::optional<Date> date, std::string_view yearMonthDay) {
    return date && toYearMonthDay(*date) != yearMonthDay;
}

template <class Info>
bool containsAll(const std::vector<Info>& whole, const std::vector<Info>& part) {
    return std::all_of(part.begin(), part.end(), [&](const Info& info) {
        return std::find(whole.begin(), whole.end(), info) != whole.end();
    });
}

} // namespace

Check checkComSod(const lds::CommonData& commonData, const lds::DocumentSecurityObject& securityObject,
                  bool tolerateShorter) {
    const auto dataGroups = commonData.dataGroups();
    const std::set<int> listed(dataGroups.begin(), dataGroups.end());
    std::set<int> isSigned;
    for (const auto& [number, hash] : securityObject.dataGroupHashes) {
        isSigned.insert(number);
    }
    const auto unsignedOnes = without(listed, isSigned);
    if (!unsignedOnes.empty()) {
        return result(check_name::comSod, CheckResult::Failed,
                      "EF.COM lists data groups that are not signed: " + listOf(unsignedOnes));
    }
    const auto hidden = without(isSigned, listed);
    if (hidden.empty()) {
        return result(check_name::comSod, CheckResult::Passed);
    }
    if (tolerateShorter) {
        return result(check_name::comSod, CheckResult::NotPerformed,
                      "not judged by this policy; EF.COM leaves out data groups that are signed: " +
                          listOf(hidden));
    }
    return result(check_name::comSod, CheckResult::Failed,
                  "EF.COM leaves out data groups that are signed: " + listOf(hidden));
}

Check checkMachineReadableZone(const lds::DataGroup1& dataGroup1, std::optional<Date> birthDate,
                               const ExpectedZone& expected) {
    const auto& zone = dataGroup1.machineReadableZone;
    const auto& wrong = zone.wrongCheckDigits;
    if (!wrong.empty()) {
        return result(check_name::mrz, CheckResult::Failed,
                      fmt::format("wrong check digit: {}", fmt::join(wrong, ", ")));
    }
    if (isAnother(birthDate, zone.birthDate)) {
        return result(check_name::mrz, CheckResult::Failed, "DG1 and DG13 hold different birth dates");
    }
    const auto text = withoutWhiteSpace(expected.text);
    if ((!text.empty() && text != fmt::format("{}", fmt::join(dataGroup1.lines, ""))) ||
        (!expected.documentNumber.empty() &&
         withoutFillers(expected.documentNumber) != withoutFillers(zone.documentNumber)) ||
        isAnother(expected.birthDate, zone.birthDate) || isAnother(expected.expiryDate, zone.expiryDate)) {
        return result(check_name::mrz, CheckResult::Failed,
                      "the MRZ on the chip is not the one that was given");
    }
    return result(check_name::mrz, CheckResult::Passed);
}

Check checkNumber(const lds::MachineReadableZone& zone, const lds::CitizenData* citizen,
                  std::string_view expectedNumber) {
    const auto number = zone.vietnameseNumber();
    if (!expectedNumber.empty() && expectedNumber != number.value_or("")) {
        return result(check_name::number, CheckResult::Failed, std::string(anotherNumber));
    }
    if (!number) {
        return result(check_name::number, CheckResult::NotSupported, "the MRZ holds no 12-digit number");
    }
    if (!number->ends_with(zone.documentNumber)) {
        return result(check_name::number, CheckResult::Failed,
                      "the document number is not the end of the 12-digit number in the MRZ");
    }
    if (citizen == nullptr || citizen->number.empty()) {
        return result(check_name::number, CheckResult::NotPerformed, "no number was read from DG13");
    }
    if (citizen->number != *number) {
        return result(check_name::number, CheckResult::Failed, "DG1 and DG13 hold different numbers");
    }
    return result(check_name::number, CheckResult::Passed);
}

Check checkCardAccess(const lds::CardAccess* cardAccess, const lds::DataGroup14* dataGroup14) {
    if (dataGroup14 == nullptr) {
        return cardAccess == nullptr ? result(check_name::cardAccess, CheckResult::NotSupported,
                                              "the card has neither EF.CardAccess nor DG14")
                                     : result(check_name::cardAccess, CheckResult::NotPerformed,
                                              "the card has no DG14 that could confirm EF.CardAccess");
    }
    const auto paceInfos = dataGroup14->securityInfos.all<lds::PaceInfo>();
    const auto domainParameters = dataGroup14->securityInfos.all<lds::PaceDomainParameterInfo>();
    if (cardAccess == nullptr) {
        return paceInfos.empty() ? result(check_name::cardAccess, CheckResult::NotSupported,
                                          "the card has no EF.CardAccess and DG14 announces no PACE")
                                 : result(check_name::cardAccess, CheckResult::Failed,
                                          "EF.CardAccess is missing although DG14 announces PACE");
    }
    if (!dataGroup14->contains(*cardAccess)) {
        return result(check_name::cardAccess, CheckResult::Failed,
                      "EF.CardAccess announces protocols that DG14 does not confirm");
    }
    if (!containsAll(cardAccess->securityInfos.all<lds::PaceInfo>(), paceInfos) ||
        !containsAll(cardAccess->securityInfos.all<lds::PaceDomainParameterInfo>(), domainParameters)) {
        return result(check_name::cardAccess, CheckResult::Failed,
                      "EF.CardAccess leaves out PACE protocols that DG14 announces");
    }
    return result(check_name::cardAccess, CheckResult::Passed);
}

} // namespace cancuoc::inspection
