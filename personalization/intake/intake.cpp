// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/intake.hpp"

namespace cancuoc::personalization {

namespace {

/// More than any policy allows for a picture; what is larger is not read.
constexpr std::size_t maximumPictureFile = std::size_t{16} * 1024 * 1024;

} // namespace

Intake::Intake(Order order, IntakePolicy policy)
    : signer_(std::move(order.signer)), orderFindings_(std::move(order.findings)),
      files_(std::move(order.files)), reader_(std::move(order.records)), policy_(policy) {}

Intake::Intake(const std::filesystem::path& order, IntakePolicy policy, const OrderPolicy& orderPolicy)
    : Intake(openOrder(order, orderPolicy), policy) {}

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
    submission.pictures.portrait = picture(record.portrait, "portrait", result);
    submission.pictures.leftIndex = picture(record.leftIndex, "left_index", result);
    submission.pictures.rightIndex = picture(record.rightIndex, "right_index", result);
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

/// One picture; empty, with the reason among the findings, where it cannot be read.
Bytes Intake::picture(const std::filesystem::path& path, const char* column, IntakeResult& result) const {
    OrderFile file = files_->read(path, maximumPictureFile);
    if (!file.content) {
        const Rule* rule =
            file.refusal == FileRefusal::Absent ? ruleNamed("picture.file") : ruleNamed("picture.manifest");
        result.findings.push_back({rule, result.line, column, {}});
    } else if (file.content->empty()) {
        result.findings.push_back({ruleNamed("picture.empty"), result.line, column, {}});
    }
    return std::move(file.content).value_or(Bytes());
}

void Intake::refuseDuplicates(const CitizenRecord& record, std::vector<Finding>& findings) {
    const auto refuse = [&](auto& seen, const std::string& value, const Rule* rule, const char* column) {
        const auto [place, fresh] = seen.emplace(value, record.line);
        if (!fresh) {
            findings.push_back({rule, record.line, column, {std::to_string(place->second)}});
        }
    };
    refuse(lineOfRequest_, record.requestId, ruleNamed("duplicate.request-id"), "request_id");
    refuse(lineOfNumber_, record.number, ruleNamed("duplicate.number"), "number");
}

} // namespace cancuoc::personalization
