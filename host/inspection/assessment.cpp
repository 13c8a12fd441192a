// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/assessment.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "host/inspection/check_name.hpp"
#include "host/inspection/document_checks.hpp"
#include "host/inspection/known_deviations.hpp"
#include "host/inspection/remarks.hpp"

namespace cancuoc::inspection {

using lds::FileId;

namespace {

// DG2 apart, whose face belongs to the verdict.
constexpr FileId filesWithImages[] = {FileId::DataGroup3, FileId::DataGroup4, FileId::DataGroup5,
                                      FileId::DataGroup7};

// Dates with their century, which the MRZ leaves out.
void takeFullDates(InspectionResult& result) {
    if (result.dataGroup13) {
        result.issueDate = lds::dateFromDataGroup13(result.dataGroup13->citizen.issueDate);
        result.birthDate = lds::dateFromDataGroup13(result.dataGroup13->citizen.birthDate);
    }
    if (!result.birthDate && result.dataGroup11) {
        result.birthDate = lds::dateFromDetail(result.dataGroup11->birthDate);
    }
    if (!result.issueDate && result.dataGroup12) {
        result.issueDate = lds::dateFromDetail(result.dataGroup12->issueDate);
    }
}

} // namespace

Assessment::Assessment(const InspectionRequest& request, std::chrono::sys_seconds time,
                       std::function<void(const trust::Check&)> settled)
    : request_(request), time_(time), checklist_(std::move(settled)),
      background_(request.trustStore, time, worker_) {}

void Assessment::take(FileId file) {
    const Bytes& content = document_.files.at(file);
    if (file == FileId::Sod) {
        background_.verifySecurityObject(content);
    }
    document_.decode(file);
    const auto number = lds::dataGroupNumber(file);
    if (number && document_.securityObject) {
        background_.hash(*number, document_.securityObject->hashAlgorithm, content);
    }
    if (file == FileId::DataGroup2) {
        background_.findFace(content, request_.decodePixels);
    } else if (std::find(std::begin(filesWithImages), std::end(filesWithImages), file) !=
               std::end(filesWithImages)) {
        background_.findImages(file, content, request_.decodePixels);
    }
}

void Assessment::findFace() {
    try {
        document_.face = background_.face();
    } catch (const MalformedData& malformed) {
        document_.defects[FileId::DataGroup2] = malformed.what();
    }
}

void Assessment::findImages() {
    if (document_.face) {
        document_.shownFace = background_.shownFace();
    }
    for (const auto file : filesWithImages) {
        try {
            for (auto& image : background_.images(file)) {
                document_.images.push_back(std::move(image));
            }
        } catch (const MalformedData& malformed) {
            document_.defects[file] = malformed.what();
        }
    }
}

void Assessment::settleProofByMapping(trust::Check proof) {
    provenByMapping_ = proof.result == trust::CheckResult::Passed;
    checklist_.settle(std::move(proof));
}

void Assessment::countProofs() {
    for (const auto name : {check_name::chipAuthentication, check_name::activeAuthentication}) {
        if (name == check_name::activeAuthentication || !provenByMapping_) {
            checklist_.settle(countOnlyWithIssuersKey(checklist_[name], checklist_[check_name::signature],
                                                      checklist_[check_name::chain]));
        }
    }
}

void Assessment::settleDocumentChecks() {
    const auto authentication = background_.passiveAuthentication();
    if (authentication) {
        documentSigner_ = authentication->documentSigner;
    }
    checklist_.settle(
        checkPassiveAuthentication(document_, request_, authentication ? &*authentication : nullptr));
    checklist_.settle(checkConsistency(document_, request_));
    countProofs();
    remarks_ = nameDeviations(knownDeviations(document_, documentSigner_, request_.trustStore), checklist_);
}

InspectionResult Assessment::conclude(const std::set<std::string_view>& exempt) {
    InspectionResult result;
    result.policy = request_.policy.name;
    result.time = time_;
    result.judgement = judge(request_.policy, checklist_.all(), document_.face.has_value(), exempt);
    result.checks = checklist_.all();
    result.documentSigner = std::move(documentSigner_);
    result.remarks = std::move(remarks_);
    result.remarks.insert(result.remarks.begin(), request_.remarks.begin(), request_.remarks.end());
    for (auto& remark : remarksOnDefects(document_)) {
        result.remarks.push_back(std::move(remark));
    }
    result.files = std::move(document_.files);
    result.notRead = std::move(document_.notRead);
    result.dataGroup1 = std::move(document_.dataGroup1);
    result.dataGroup11 = std::move(document_.dataGroup11);
    result.dataGroup12 = std::move(document_.dataGroup12);
    result.dataGroup13 = std::move(document_.dataGroup13);
    result.dataGroup16 = std::move(document_.dataGroup16);
    result.face = std::move(document_.face);
    result.shownFace = std::move(document_.shownFace);
    result.images = std::move(document_.images);
    takeFullDates(result);
    if (result.dataGroup1) {
        const auto& zone = result.dataGroup1->machineReadableZone;
        for (auto& remark : remarksOn(zone, result.issueDate, dateOf(time_))) {
            result.remarks.push_back(std::move(remark));
        }
        if (result.birthDate && toYearMonthDay(*result.birthDate) != zone.birthDate) {
            result.remarks.push_back(
                "The birth date in the MRZ is another one than the document states in full.");
        }
    }
    return result;
}

} // namespace cancuoc::inspection
