// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/evidence_verification.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/base/moment.hpp"
#include "host/inspection/assessment.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/clone_proof.hpp"
#include "host/inspection/document_checks.hpp"

namespace cancuoc::inspection {

namespace {

using lds::FileId;
using trust::Check;
using trust::CheckResult;

InspectionRequest requestOf(const Evidence& evidence, const Policy& policy, const trust::TrustStore* store) {
    InspectionRequest request;
    request.expectedZone = evidence.expectedZone;
    request.expectedNumber = evidence.expectedNumber;
    request.dataGroups = evidence.dataGroups;
    request.policy = policy;
    request.trustStore = store;
    return request;
}

class Verification {
public:
    Verification(const Evidence& evidence, const InspectionRequest& request)
        : evidence_(evidence), request_(request), assessment_(request, evidence.time),
          document_(assessment_.document()), checklist_(assessment_.checklist()) {}

    InspectionResult run();

private:
    void takeFiles();
    void noteMissingFiles();
    [[nodiscard]] Check recorded(std::string_view name) const;
    [[nodiscard]] bool passedInTheReading(std::string_view name) const;
    [[nodiscard]] Check withoutTheCard(std::string_view name) const;
    [[nodiscard]] Check chipAuthentication() const;
    [[nodiscard]] Check activeAuthentication() const;
    [[nodiscard]] std::set<std::string_view> exempt() const;
    void remarkOn(InspectionResult& result) const;

    const Evidence& evidence_;
    const InspectionRequest& request_;
    Assessment assessment_;
    Document& document_;
    Checklist& checklist_;
};

InspectionResult Verification::run() {
    takeFiles();
    noteMissingFiles();
    checklist_.settle(withoutTheCard(check_name::accessControl));
    checklist_.settle(chipAuthentication());
    checklist_.settle(activeAuthentication());
    checklist_.settle(withoutTheCard(check_name::terminalAuthentication));
    assessment_.findFace();
    assessment_.findImages();
    assessment_.settleDocumentChecks();
    auto result = assessment_.conclude(exempt());
    result.reader = evidence_.reader;
    result.access = evidence_.access;
    result.activeAuthentication = evidence_.activeAuthentication;
    result.chipAuthenticationMapping = evidence_.chipAuthenticationMapping;
    remarkOn(result);
    return result;
}

void Verification::takeFiles() {
    document_.files = evidence_.files;
    document_.notRead = evidence_.notRead;
    if (evidence_.files.count(FileId::Sod) != 0) {
        assessment_.take(FileId::Sod); // first: it says how the others are hashed
    }
    for (const auto& [file, content] : evidence_.files) {
        if (file != FileId::Sod) {
            assessment_.take(file);
        }
    }
}

// A reading says of every data group that the card lists what became of it.
void Verification::noteMissingFiles() {
    for (int number = 1; number <= 16; ++number) {
        const auto file = lds::dataGroupFile(number);
        if (document_.lists(number) && !document_.knows(file)) {
            document_.notRead.push_back({file, "the evidence does not hold it"});
        }
    }
}

Check Verification::recorded(std::string_view name) const {
    const auto found = std::find_if(evidence_.checks.begin(), evidence_.checks.end(),
                                    [&](const Check& check) { return check.name == name; });
    return found != evidence_.checks.end()
               ? *found
               : Check{std::string(name), CheckResult::NotPerformed, "the evidence does not name it"};
}

bool Verification::passedInTheReading(std::string_view name) const {
    return recorded(name).result == CheckResult::Passed;
}

// What passed cannot be believed; everything else was said against the card, and stays.
Check Verification::withoutTheCard(std::string_view name) const {
    auto check = recorded(name);
    if (check.result == CheckResult::Passed) {
        check.result = CheckResult::NotPerformed;
        check.reason = "passed in the reading; only the card can prove it again" +
                       (check.reason.empty() ? "" : ": " + check.reason);
    }
    return check;
}

// The numbers that PACE with the chip authentication mapping leaves can be checked, and a forger can choose
// them so that they pass: PK_Map,IC = CA_IC * PK_IC has a solution for every CA_IC.
Check Verification::chipAuthentication() const {
    const auto name = check_name::chipAuthentication;
    if (request_.policy.performCloneProofs && recorded(name).result == CheckResult::Failed) {
        return recorded(name);
    }
    if (request_.policy.performCloneProofs && evidence_.chipAuthenticationMapping) {
        auto check = proveByChipAuthenticationMapping(*evidence_.chipAuthenticationMapping, document_,
                                                      request_.trustStore, evidence_.time);
        if (check.result == CheckResult::Passed) {
            return {check.name, CheckResult::NotPerformed,
                    "what PACE left fits the chip's key; that it came from the chip, only the card can prove "
                    "again"};
        }
        if (check.result == CheckResult::Failed) {
            return check;
        }
    }
    if (auto check = checkWithoutKey(name, 14, document_, request_)) {
        return *std::move(check);
    }
    if (auto check = checkWithoutChipAuthenticationKey(*document_.dataGroup14)) {
        return *std::move(check);
    }
    return withoutTheCard(name);
}

Check Verification::activeAuthentication() const {
    const auto name = check_name::activeAuthentication;
    if (auto check = checkWithoutKey(name, 15, document_, request_)) {
        return *std::move(check);
    }
    if (evidence_.activeAuthentication) {
        return checkActiveAuthentication(*evidence_.activeAuthentication, *document_.dataGroup15,
                                         document_.dataGroup14 ? &*document_.dataGroup14 : nullptr);
    }
    return passedInTheReading(name) ? Check{std::string(name), CheckResult::Failed,
                                            "the evidence does not hold the chip's signature"}
                                    : recorded(name);
}

std::set<std::string_view> Verification::exempt() const {
    std::set<std::string_view> names;
    const bool usedPace = evidence_.access && evidence_.access->protocol == "PACE";
    if (passedInTheReading(check_name::accessControl) && (usedPace || !request_.policy.demandPace)) {
        names.insert(check_name::accessControl);
    }
    if (passedInTheReading(check_name::chipAuthentication) &&
        checklist_[check_name::activeAuthentication].result == CheckResult::Passed) {
        names.insert(check_name::chipAuthentication);
    }
    return names;
}

void Verification::remarkOn(InspectionResult& result) const {
    std::vector<std::string_view> believed;
    for (const auto name :
         {check_name::accessControl, check_name::chipAuthentication, check_name::terminalAuthentication}) {
        if (passedInTheReading(name) && result.check(name).result == CheckResult::NotPerformed) {
            believed.push_back(name);
        }
    }
    if (!believed.empty()) {
        result.remarks.push_back(
            fmt::format("Without the card, what the reading says of these cannot be proven again: {}.",
                        fmt::join(believed, ", ")));
    }
    result.remarks.push_back(
        fmt::format("That the card was read at {} is what the evidence says; nothing in it proves the time.",
                    toIso(evidence_.time)));
}

} // namespace

InspectionResult verifyEvidence(const Evidence& evidence, const Policy& policy,
                                const trust::TrustStore* store) {
    const auto request = requestOf(evidence, policy, store);
    return Verification(evidence, request).run();
}

} // namespace cancuoc::inspection
