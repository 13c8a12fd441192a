// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/csv_reader.hpp"

#include "personalization/intake/rule_table.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

} // namespace

CsvReader::CsvReader(std::string_view text, CsvLimits limits) : text_(text), limits_(limits) {
    if (text_.starts_with(byteOrderMark)) {
        text_.remove_prefix(byteOrderMark.size());
    }
}

std::optional<CsvRow> CsvReader::next() {
    passEmptyLines();
    if (atEnd()) {
        return std::nullopt;
    }
    rowStart_ = position_;
    CsvRow result;
    result.line = line_;
    try {
        result.fields = row();
    } catch (const Malformed& malformed) {
        const bool ranOn = line_ != result.line;
        result.defect = ranOn ? ruleNamed("csv.quote-open") : malformed.rule;
        resumeAfterLineOf(rowStart_, result.line);
    }
    return result;
}

std::vector<std::string> CsvReader::row() {
    std::vector<std::string> fields;
    fields.push_back(field());
    while (!atRowEnd()) {
        stepOver(); // the comma: field() stops nowhere else
        if (fields.size() == limits_.fields) {
            throw Malformed{ruleNamed("csv.line-fields")};
        }
        fields.push_back(field());
    }
    passRowEnd();
    return fields;
}

std::string CsvReader::field() {
    return !atEnd() && text_[position_] == '"' ? quotedField() : bareField();
}

// RFC 4180, 2.5 to 2.7: between quotes everything counts as text, a quote itself is written twice.
std::string CsvReader::quotedField() {
    std::string value;
    stepOver();
    for (;;) {
        if (atEnd()) {
            throw Malformed{ruleNamed("csv.quote-open")};
        }
        const char character = text_[position_];
        stepOver();
        if (character != '"') {
            value.push_back(character);
        } else if (!atEnd() && text_[position_] == '"') {
            value.push_back('"');
            stepOver();
        } else {
            break;
        }
    }
    if (!atRowEnd() && text_[position_] != ',') {
        throw Malformed{ruleNamed("csv.quote-followed")};
    }
    return value;
}

std::string CsvReader::bareField() {
    std::string value;
    while (!atRowEnd() && text_[position_] != ',') {
        if (text_[position_] == '"') {
            throw Malformed{ruleNamed("csv.quote-inside")};
        }
        value.push_back(text_[position_]);
        stepOver();
    }
    return value;
}

bool CsvReader::atRowEnd() const {
    const std::string_view rest = text_.substr(position_);
    return rest.empty() || rest.starts_with('\n') || rest.starts_with("\r\n") || rest == "\r";
}

void CsvReader::stepOver() {
    if (text_[position_] == '\n') {
        ++line_;
    }
    ++position_;
    if (position_ - rowStart_ > limits_.rowBytes) {
        throw Malformed{ruleNamed("csv.line-length")};
    }
}

void CsvReader::passRowEnd() {
    if (!atEnd() && text_[position_] == '\r') {
        ++position_;
    }
    if (!atEnd() && text_[position_] == '\n') {
        ++position_;
        ++line_;
    }
}

void CsvReader::passEmptyLines() {
    while (!atEnd() && atRowEnd()) {
        passRowEnd();
    }
}

void CsvReader::resumeAfterLineOf(std::size_t rowStart, std::size_t rowLine) {
    const std::size_t end = text_.find('\n', rowStart);
    position_ = end == std::string_view::npos ? text_.size() : end + 1;
    line_ = rowLine + 1;
}

} // namespace cancuoc::personalization
