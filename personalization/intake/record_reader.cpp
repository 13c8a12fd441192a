// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/record_reader.hpp"

#include "host/base/utf8.hpp"
#include "host/unicode/normalization_form.hpp"
#include "personalization/intake/unicode_text.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

/// Of a value in a column that has no field.
constexpr std::size_t maximumUnknownCharacters = 10'000;

/// Adds the findings of one field to those of its record.
class FieldReport {
public:
    FieldReport(ReadRecord& read, std::string_view field) : read_(read), field_(field) {}

    void add(const Rule* rule, std::vector<std::string> details = {}) const {
        read_.findings.push_back({rule, read_.line, std::string(field_), std::move(details)});
    }

    /// Whether `text` can stand in a field; says why where not.
    [[nodiscard]] bool accepts(std::string_view text, std::size_t maximumCharacters) const {
        if (!isUtf8(text)) {
            add(ruleNamed("text.utf8"));
            return false;
        }
        if (hasControlCharacter(text)) {
            add(ruleNamed("text.control"));
            return false;
        }
        if (const std::size_t count = characterCount(text); count > maximumCharacters) {
            add(ruleNamed("text.length"), {std::to_string(count), std::to_string(maximumCharacters)});
            return false;
        }
        return true;
    }

private:
    ReadRecord& read_;
    std::string_view field_;
};

void readField(ReadRecord& read, const RecordColumn& column, const std::string& text) {
    const FieldReport report(read, column.name);
    if (!report.accepts(text, column.maximumCharacters)) {
        return;
    }
    if (text.find('|') != std::string::npos) {
        report.add(ruleNamed("text.separator"));
        return;
    }
    if (text.empty() && column.need == RecordColumn::Need::Value) {
        report.add(ruleNamed("field.required"));
        return;
    }
    const std::string normalized = toNormalizationFormC(text);
    if (normalized != text) {
        report.add(ruleNamed("text.normalization"));
    }
    if (const std::size_t count = characterCount(normalized);
        column.faceCharacters != 0 && count > column.faceCharacters) {
        report.add(ruleNamed("text.face-length"),
                   {std::to_string(count), std::to_string(column.faceCharacters)});
    }
    if (const Rule* broken = column.assign(*read.record, normalized)) {
        report.add(broken);
    }
}

/// The columns that every record needs and this one has not.
void reportMissing(ReadRecord& read, const SourceRecord& source) {
    for (const RecordColumn& column : recordColumns()) {
        const bool there = std::any_of(source.values.begin(), source.values.end(),
                                       [&column](const auto& value) { return value.first == column.name; });
        if (column.need == RecordColumn::Need::Value && !there) {
            FieldReport(read, column.name).add(ruleNamed("field.required"));
        }
    }
}

} // namespace

RecordReader::RecordReader(std::unique_ptr<RecordSource> source) : source_(std::move(source)) {}

std::optional<ReadRecord> RecordReader::next() {
    auto source = source_->next();
    if (!source) {
        return std::nullopt;
    }
    ReadRecord read;
    read.line = source->line;
    read.findings = std::move(source->findings);
    if (!hasError(read.findings)) {
        readFields(read, *source);
    }
    return read;
}

void RecordReader::readFields(ReadRecord& read, const SourceRecord& source) {
    read.record.emplace();
    read.record->line = read.line;
    for (const auto& [name, text] : source.values) {
        if (const RecordColumn* column = recordColumnNamed(name)) {
            readField(read, *column, text);
        } else {
            keep(read, name, text);
        }
    }
    reportMissing(read, source);
    if (hasError(read.findings)) {
        read.record.reset();
    }
}

void RecordReader::keep(ReadRecord& read, const std::string& name, const std::string& text) {
    const FieldReport report(read, name);
    if (unknownColumns_.insert(name).second) {
        report.add(ruleNamed("column.unknown"));
    }
    if (report.accepts(name, maximumUnknownCharacters) && report.accepts(text, maximumUnknownCharacters) &&
        !text.empty()) {
        read.record->other[name] = text;
    }
}

} // namespace cancuoc::personalization
