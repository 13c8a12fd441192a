// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/csv_records.hpp"

#include "personalization/intake/order_refused.hpp"
#include "personalization/intake/record_column.hpp"

#include <algorithm>

namespace cancuoc::personalization {

CsvRecords::CsvRecords(std::string text) : text_(std::move(text)), csv_(text_) {
    auto row = csv_.next();
    if (!row || row->defect != nullptr) {
        throw OrderRefused({ruleNamed("order.header"), 1, "", {}});
    }
    header_ = std::move(row->fields);
    for (const std::string& name : header_) {
        if (std::count(header_.begin(), header_.end(), name) > 1) {
            throw OrderRefused({ruleNamed("order.column-twice"), 1, name, {}});
        }
    }
    for (const RecordColumn& column : recordColumns()) {
        if (column.need != RecordColumn::Need::Nothing &&
            std::find(header_.begin(), header_.end(), column.name) == header_.end()) {
            throw OrderRefused({ruleNamed("order.column-missing"), 1, std::string(column.name), {}});
        }
    }
}

std::optional<SourceRecord> CsvRecords::next() {
    auto row = csv_.next();
    if (!row) {
        return std::nullopt;
    }
    SourceRecord record;
    record.line = row->line;
    if (row->defect != nullptr) {
        record.findings.push_back({row->defect, row->line, "", {}});
    } else if (row->fields.size() != header_.size()) {
        record.findings.push_back({ruleNamed("csv.fields"),
                                   row->line,
                                   "",
                                   {std::to_string(row->fields.size()), std::to_string(header_.size())}});
    } else {
        for (std::size_t index = 0; index < header_.size(); ++index) {
            record.values.emplace_back(header_[index], std::move(row->fields[index]));
        }
    }
    return record;
}

} // namespace cancuoc::personalization
