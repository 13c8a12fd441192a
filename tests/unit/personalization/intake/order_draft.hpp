// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "personalization/intake/intake.hpp"
#include "personalization/intake/order_refused.hpp"
#include "personalization/jobs/import_finding.hpp"
#include "personalization/jobs/sqlite_job_store.hpp"
#include "tests/unit/personalization/intake/pictures.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace cancuoc::test {

/// An order in the making: one good record and its pictures, for a test to spoil.
class OrderDraft {
public:
    using Record = nlohmann::ordered_json;

    OrderDraft() {
        records.push_back(goodRecord());
        files["portrait.jpg"] = pictures::jpeg(300, 400);
        files["left.png"] = pictures::png(300, 400);
        files["right.png"] = pictures::otherPng(300, 400);
    }

    [[nodiscard]] static Record goodRecord() {
        Record record;
        for (const auto& column : personalization::recordColumns()) {
            if (column.need != personalization::RecordColumn::Need::Nothing) {
                record[std::string(column.name)] = "";
            }
        }
        record.update({{"request_id", "R-1"},
                       {"number", "001299000001"},
                       {"full_name", "Nguyễn Văn Mẫu"},
                       {"birth_date", "2099-01-01"},
                       {"sex", "M"},
                       {"nationality", "Việt Nam"},
                       {"place_of_birth_registration", "Phường Mẫu, Hà Nội"},
                       {"residence", "Số 1 Phố Mẫu, Phường Mẫu, Hà Nội"},
                       {"issue_date", "2113-01-02"},
                       {"expiry_date", "2124-01-01"},
                       {"portrait", "portrait.jpg"},
                       {"left_index", "left.png"},
                       {"right_index", "right.png"}});
        return record;
    }

    Record& record() { return records.front(); }
    std::string& operator[](const char* column) { return record()[column].get_ref<std::string&>(); }

    [[nodiscard]] std::string csv() const {
        std::string text;
        for (const auto& [column, value] : records.front().items()) {
            text += (text.empty() ? "" : ",") + column;
        }
        text += "\n";
        for (const Record& line : records) {
            std::string row;
            for (const auto& [column, value] : line.items()) {
                row += "\"" + value.get<std::string>() + "\",";
            }
            row.back() = '\n';
            text += row;
        }
        return text;
    }

    [[nodiscard]] std::string jsonLines() const {
        std::string text;
        for (const Record& line : records) {
            text += line.dump() + "\n";
        }
        return text;
    }

    void write(const std::filesystem::path& folder) const {
        for (const auto& [path, content] : everyFile()) {
            std::filesystem::create_directories((folder / path).parent_path());
            std::ofstream(folder / path, std::ios::binary) << toText(content);
        }
    }

    /// The files that write() would write.
    [[nodiscard]] std::map<std::string, Bytes> everyFile() const {
        auto all = files;
        if (all.count("records.csv") + all.count("records.jsonl") == 0 && !withoutRecords) {
            all["records.csv"] = toBytes(csv());
        }
        return all;
    }

    [[nodiscard]] static Bytes toBytes(const std::string& text) { return {text.begin(), text.end()}; }

    std::vector<Record> records;
    std::map<std::string, Bytes> files; ///< records.csv is written from `records` unless it stands here
    bool withoutRecords = false;
    personalization::IntakePolicy policy;
    personalization::OrderPolicy orderPolicy;
    std::string name; ///< of what is handed in, inside of the folder; empty for the folder itself
    std::vector<OrderDraft> before; ///< orders that the job store has already
};

/// What became of an order.
struct Taken {
    std::vector<personalization::Submission> submissions;
    std::vector<personalization::Finding> findings;
    std::string signer;

    [[nodiscard]] bool names(std::string_view rule) const {
        return std::any_of(findings.begin(), findings.end(),
                           [rule](const auto& finding) { return finding.rule->id == rule; });
    }
};

inline Taken take(const std::filesystem::path& order, const personalization::IntakePolicy& policy,
                  const personalization::OrderPolicy& orderPolicy = {}) {
    Taken taken;
    try {
        personalization::Intake intake(order, policy, orderPolicy);
        taken.signer = intake.signer();
        taken.findings = intake.orderFindings();
        while (auto result = intake.next()) {
            taken.findings.insert(taken.findings.end(), result->findings.begin(), result->findings.end());
            if (result->submission) {
                taken.submissions.push_back(std::move(*result->submission));
            }
        }
    } catch (const personalization::OrderRefused& refused) {
        taken.findings.push_back(refused.finding());
    }
    return taken;
}

inline Taken take(const OrderDraft& draft) {
    const TemporaryDirectory folder;
    draft.write(folder.path());
    Taken taken = take(draft.name.empty() ? folder.path() : folder.path() / draft.name, draft.policy,
                       draft.orderPolicy);
    if (!draft.before.empty()) {
        const TemporaryDirectory storeFolder;
        personalization::SqliteJobStore store(storeFolder.path() / "jobs",
                                              [] { return std::chrono::sys_seconds(); });
        for (const OrderDraft& earlier : draft.before) {
            static_cast<void>(store.import(take(earlier).submissions, "earlier"));
        }
        for (const auto outcome : store.import(taken.submissions, "order")) {
            if (const auto finding = personalization::findingOf(outcome, 2)) {
                taken.findings.push_back(*finding);
            }
        }
    }
    return taken;
}

} // namespace cancuoc::test
