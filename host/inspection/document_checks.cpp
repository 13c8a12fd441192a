// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/document_checks.hpp"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/inspection/check_name.hpp"
#include "host/inspection/consistency.hpp"

namespace cancuoc::inspection {

namespace {

using lds::FileId;
using trust::Check;
using trust::CheckResult;

Check check(std::string_view name, CheckResult result, std::string reason) {
    return {std::string(name), result, std::move(reason)};
}

// Signed data groups that were asked for and refused, other than those that Terminal Authentication protects.
std::vector<std::string> withheldDataGroups(const Document& document, const InspectionRequest& request) {
    std::vector<std::string> withheld;
    for (int number = 1; number <= 16; ++number) {
        const bool isProtected = number == 3 || number == 4;
        if (document.securityObject && document.securityObject->dataGroupHashes.count(number) != 0 &&
            !isProtected && request.wants(number) && document.whyNotRead(number) != nullptr) {
            withheld.push_back(lds::fileName(lds::dataGroupFile(number)));
        }
    }
    return withheld;
}

Check comSod(const Document& document, const InspectionRequest& request) {
    if (!document.securityObject) {
        return check(check_name::comSod, CheckResult::NotPerformed, "EF.SOD cannot be read");
    }
    if (!document.commonData) {
        return check(check_name::comSod, CheckResult::Failed, "EF.COM cannot be read");
    }
    return checkComSod(*document.commonData, *document.securityObject, request.policy.tolerateDowngrade);
}

std::vector<Check> zoneAndNumber(const Document& document, const InspectionRequest& request) {
    if (document.dataGroup1) {
        const auto* citizen = document.dataGroup13 ? &document.dataGroup13->citizen : nullptr;
        const auto birthDate =
            citizen != nullptr ? lds::dateFromDataGroup13(citizen->birthDate) : std::nullopt;
        return {checkMachineReadableZone(*document.dataGroup1, birthDate, request.expectedZone),
                checkNumber(document.dataGroup1->machineReadableZone, citizen, request.expectedNumber)};
    }
    const auto defect = document.defects.find(FileId::DataGroup1);
    if (defect != document.defects.end()) {
        return {check(check_name::mrz, CheckResult::Failed, defect->second),
                check(check_name::number, CheckResult::NotPerformed, "DG1 cannot be decoded")};
    }
    return {check(check_name::mrz, CheckResult::NotPerformed, "DG1 was not read"),
            check(check_name::number, CheckResult::NotPerformed, "DG1 was not read")};
}

Check cardAccess(const Document& document) {
    const auto defect = document.defects.find(FileId::CardAccess);
    if (defect != document.defects.end()) {
        return check(check_name::cardAccess, CheckResult::Failed, defect->second);
    }
    if (document.dataGroup14 || !document.lists(14)) {
        return checkCardAccess(document.cardAccess ? &*document.cardAccess : nullptr,
                               document.dataGroup14 ? &*document.dataGroup14 : nullptr);
    }
    const auto* reason = document.whyNotRead(14);
    return check(check_name::cardAccess, CheckResult::NotPerformed,
                 reason != nullptr ? "DG14 was not read: " + *reason : "DG14 cannot be decoded");
}

} // namespace

std::vector<Check> checkPassiveAuthentication(const Document& document, const InspectionRequest& request,
                                              const trust::PassiveAuthenticationResult* authentication) {
    if (authentication == nullptr) {
        const std::string reason = "the card gives no EF.SOD";
        return {check(check_name::hashes, CheckResult::Failed, reason),
                check(check_name::signature, CheckResult::Failed, reason),
                check(check_name::chain, CheckResult::Failed, reason),
                check(check_name::revocation, CheckResult::NotPerformed, reason)};
    }
    const auto withheld = withheldDataGroups(document, request);
    auto result = *authentication;
    if (document.dataGroup1) {
        const auto& zone = document.dataGroup1->machineReadableZone;
        trust::PassiveAuthentication::compareDocument(result, zone.documentCode, zone.issuingState);
    }
    return {withheld.empty() ? result.hashes
                             : check(check_name::hashes, CheckResult::Failed,
                                     fmt::format("signed data groups that the card does not give: {}",
                                                 fmt::join(withheld, ", "))),
            result.signature, result.chain, result.revocation};
}

std::vector<Check> checkConsistency(const Document& document, const InspectionRequest& request) {
    auto checks = zoneAndNumber(document, request);
    checks.push_back(comSod(document, request));
    checks.push_back(cardAccess(document));
    return checks;
}

Check countOnlyWithIssuersKey(Check proof, const Check& signature, const Check& chain) {
    for (const auto* authenticity : {&signature, &chain}) {
        if (proof.result == CheckResult::Passed && authenticity->result != CheckResult::Passed) {
            proof = check(proof.name, CheckResult::NotPerformed,
                          "the chip knows its private key, but nothing shows that the key is the issuer's: " +
                              authenticity->name + " " + std::string(trust::nameOf(authenticity->result)));
        }
    }
    return proof;
}

std::optional<Check> checkWithoutKey(std::string_view name, int number, const Document& document,
                                     const InspectionRequest& request) {
    const auto file = lds::dataGroupFile(number);
    const auto fileName = lds::fileName(file);
    if (!request.policy.performCloneProofs) {
        return check(name, CheckResult::NotPerformed, std::string(leftOutByPolicy) + request.policy.name);
    }
    if (!document.lists(number)) {
        return check(name, CheckResult::NotSupported, "the card has no " + fileName);
    }
    if (!request.wants(number)) {
        return check(name, CheckResult::NotPerformed, fileName + " is not among the data groups asked for");
    }
    if (const auto* reason = document.whyNotRead(number)) {
        return check(name, CheckResult::Failed,
                     "the card lists " + fileName + " and does not give it: " + *reason);
    }
    if (!document.isSignedAsRead(number)) {
        return check(name, CheckResult::NotPerformed, fileName + " is not the one that was signed");
    }
    const auto defect = document.defects.find(file);
    if (defect != document.defects.end()) {
        return check(name, CheckResult::NotPerformed, defect->second);
    }
    return std::nullopt;
}

} // namespace cancuoc::inspection
