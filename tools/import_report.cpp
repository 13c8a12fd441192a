// SPDX-License-Identifier: Apache-2.0
#include "tools/import_report.hpp"

#include <algorithm>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/intake/record_column.hpp"
#include "personalization/jobs/import_finding.hpp"

namespace cancuoc::tools {

using namespace personalization;

namespace {

Json toJson(const Finding& finding) {
    return {{"line", finding.line},
            {"field", finding.field},
            {"rule", finding.rule->id},
            {"severity", personalization::nameOf(finding.severity())},
            {"message", finding.message(Language::English)},
            {"messageVi", finding.message(Language::Vietnamese)}};
}

} // namespace

std::string subjectOf(const Finding& finding, Language language) {
    const RecordColumn* column = recordColumnNamed(finding.field);
    if (column == nullptr || language == Language::English) {
        return finding.field;
    }
    return fmt::format("{} ({})", column->vietnamese, finding.field);
}

std::string_view nameOf(Severity severity, Language language) {
    if (language == Language::English) {
        return personalization::nameOf(severity);
    }
    return severity == Severity::Error ? "lỗi" : "cảnh báo";
}

ImportReport::ImportReport(std::string order, Language language, std::ostream* diagnostics)
    : order_(std::move(order)), language_(language), diagnostics_(diagnostics) {}

void ImportReport::begin(const std::string& signer, const std::vector<Finding>& findings) {
    signer_ = signer;
    for (const Finding& finding : findings) {
        add(finding);
    }
}

void ImportReport::add(const Finding& finding) {
    if (diagnostics_ != nullptr) {
        printText(*diagnostics_, "{}\n", line(finding));
    }
    findings_.push_back(finding);
}

void ImportReport::count(const CitizenRecord& record, ImportOutcome outcome) {
    if (const auto finding = findingOf(outcome, record.line)) {
        add(*finding);
        ++refused_;
    } else {
        ++(outcome == ImportOutcome::Added ? added_ : alreadyThere_);
    }
}

void ImportReport::refuseOrder(const Finding& finding) {
    add(finding);
    orderRefused_ = true;
}

std::string ImportReport::line(const Finding& finding) const {
    const std::string place = finding.line == 0 ? "" : fmt::format("{}:", finding.line);
    std::string subject = subjectOf(finding, language_);
    if (!subject.empty()) {
        subject += " ";
    }
    return fmt::format("{}:{} {}: {}{} [{}]", order_, place, nameOf(finding.severity(), language_), subject,
                       finding.message(language_), finding.rule->id);
}

std::size_t ImportReport::warnings() const {
    return static_cast<std::size_t>(
        std::count_if(findings_.begin(), findings_.end(),
                      [](const Finding& finding) { return finding.severity() == Severity::Warning; }));
}

Json ImportReport::json() const {
    Json findings = Json::array();
    for (const Finding& finding : findings_) {
        findings.push_back(toJson(finding));
    }
    return {{"order", order_},
            {"signedBy", signer_},
            {"orderRefused", orderRefused_},
            {"endedEarly", endedEarly_},
            {"records", added_ + alreadyThere_ + refused_},
            {"added", added_},
            {"alreadyThere", alreadyThere_},
            {"refused", refused_},
            {"warnings", warnings()},
            {"findings", findings}};
}

std::string ImportReport::summary() const {
    const bool english = language_ == Language::English;
    if (orderRefused_) {
        return english ? "The order is refused; nothing of it was taken."
                       : "Đơn hàng bị từ chối; không hồ sơ nào được nhận.";
    }
    const std::size_t records = added_ + alreadyThere_ + refused_;
    std::string counts =
        english ? fmt::format("{} records: {} added, {} there already, {} refused; {} warnings.", records,
                              added_, alreadyThere_, refused_, warnings())
                : fmt::format("{} hồ sơ: {} đã thêm, {} đã có từ trước, {} bị từ chối; {} cảnh báo.", records,
                              added_, alreadyThere_, refused_, warnings());
    if (!endedEarly_) {
        return counts;
    }
    return counts + (english ? " The import was ended before the end of the order."
                             : " Việc nhập đã dừng trước khi hết đơn hàng.");
}

std::string ImportReport::text() const {
    std::string text = printable(summary()) + "\n";
    if (!signer_.empty()) {
        text += (language_ == Language::English ? "Signed by " : "Người ký: ") + printable(signer_) + "\n";
    }
    for (const Finding& finding : findings_) {
        text += printable(line(finding)) + "\n";
    }
    return text;
}

void ImportReport::write(const std::filesystem::path& file) const {
    requireReportName(file);
    const std::string content = file.extension() == ".json" ? formatJson(json()) : text();
    writePrivateFile(file, viewOf(content));
}

void requireReportName(const std::filesystem::path& file) {
    if (file.extension() != ".json" && file.extension() != ".txt") {
        throw BadConfiguration("A report is a .json or a .txt file; name it so.");
    }
}

} // namespace cancuoc::tools
