// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/line_report.hpp"

#include <algorithm>
#include <filesystem>

#include "host/base/clock.hpp"
#include "personalization/jobs/job_store.hpp"
#include "tools/audit_files.hpp"
#include "tools/line_assembly.hpp"
#include "tools/line_audit.hpp"

namespace cancuoc::station {

using personalization::JobStore;

namespace {

OrderFindings findingsAbout(const ReportQuestion& question, JobStore& store) {
    OrderFindings findings{store.orders(), store.unsettled()};
    if (question.order) {
        const auto isOfAnother = [&question](const auto& item) { return item.order != *question.order; };
        std::erase_if(findings.orders, isOfAnother);
        std::erase_if(findings.unsettled, isOfAnother);
    }
    return findings;
}

std::vector<std::string> filesOf(const std::string& fileOrFolder) {
    std::vector<std::string> files;
    if (std::filesystem::is_directory(fileOrFolder)) {
        for (const auto& entry : std::filesystem::directory_iterator(fileOrFolder)) {
            if (entry.is_regular_file()) {
                files.push_back(entry.path().string());
            }
        }
    } else if (!fileOrFolder.empty()) {
        files.push_back(fileOrFolder);
    }
    return files;
}

} // namespace

LineReport answer(const ReportQuestion& question, const std::string& store) {
    LineReport report{question, store, std::chrono::floor<std::chrono::seconds>(systemClock()()), {}};
    if (question.kind == ReportKind::Audit) {
        const auto signers = tools::readSignerCertificates(filesOf(question.signers));
        auto log = tools::openAuditLog(question.log);
        report.content =
            personalization::audit::verifyLog(log, tools::checkpointsOf(question.log, {}), signers);
        return report;
    }
    const auto jobs = tools::openExistingJobStore(store);
    switch (question.kind) {
    case ReportKind::Order:
        report.content = findingsAbout(question, *jobs);
        break;
    case ReportKind::Stock:
        report.content = StockFindings{jobs->counts().blanks, jobs->shiftReport(question.shift)};
        break;
    default:
        report.content = jobs->shiftReport(question.shift);
    }
    return report;
}

} // namespace cancuoc::station
