// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/intake.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"

namespace cancuoc::personalization {

namespace {

/// More than any policy allows for a picture; what is larger is not read.
constexpr std::size_t maximumPictureFile = std::size_t{16} * 1024 * 1024;

/// Reads one picture, or reports under the column why it cannot be read.
Bytes picture(const std::filesystem::path& file, const char* column, std::size_t line,
              std::vector<Finding>& findings) {
    Bytes content;
    try {
        content = readFile(file, maximumPictureFile);
    } catch (const Error&) {
        findings.push_back({"picture.file", Severity::Error, line, column,
                            "names a file that is not there, cannot be read or has more than 16 MiB"});
        return content;
    }
    if (content.empty()) {
        findings.push_back({"picture.file", Severity::Error, line, column, "names an empty file"});
    }
    return content;
}

} // namespace

Intake::Intake(const std::filesystem::path& recordsFile, IntakePolicy policy)
    : reader_(recordsFile), policy_(policy) {}

std::optional<IntakeResult> Intake::next() {
    auto read = reader_.next();
    if (!read) {
        return std::nullopt;
    }
    IntakeResult result;
    result.line = read->line;
    result.findings = std::move(read->findings);
    if (!read->record) {
        return result;
    }
    const CitizenRecord& record = *read->record;
    Submission submission;
    submission.pictures.portrait = picture(record.portrait, "portrait", record.line, result.findings);
    submission.pictures.leftIndex = picture(record.leftIndex, "left_index", record.line, result.findings);
    submission.pictures.rightIndex = picture(record.rightIndex, "right_index", record.line, result.findings);
    for (Finding& finding : validate(record, submission.pictures, policy_)) {
        result.findings.push_back(std::move(finding));
    }
    refuseDuplicates(record, result.findings);
    if (!hasError(result.findings)) {
        submission.record = std::move(*read->record);
        result.submission = std::move(submission);
    }
    return result;
}

void Intake::refuseDuplicates(const CitizenRecord& record, std::vector<Finding>& findings) {
    const auto refuse = [&](auto& seen, const std::string& value, const char* rule, const char* column) {
        const auto [place, fresh] = seen.emplace(value, record.line);
        if (!fresh) {
            findings.push_back({rule, Severity::Error, record.line, column,
                                "stands already in line " + std::to_string(place->second) +
                                    "; a file names each citizen and each request once"});
        }
    };
    refuse(lineOfRequest_, record.requestId, "duplicate.request-id", "request_id");
    refuse(lineOfNumber_, record.number, "duplicate.number", "number");
}

} // namespace cancuoc::personalization
