// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/record_reader.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/base/utf8.hpp"
#include "host/unicode/normalization_form.hpp"
#include "personalization/intake/unicode_text.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

/// Why `text` cannot stand in a field of a record, or nothing.
std::optional<Finding> textDefect(const RecordColumn& column, std::string_view text) {
    const auto finding = [](std::string rule, std::string message) {
        Finding result;
        result.rule = std::move(rule);
        result.message = std::move(message);
        return result;
    };
    if (!isUtf8(text)) {
        return finding("text.utf8", "is not UTF-8. Save the file as UTF-8");
    }
    if (hasControlCharacter(text)) {
        return finding("text.control",
                       "holds a line break, tab or another character that cannot be printed. Remove it");
    }
    if (text.find('|') != std::string_view::npos) {
        return finding("text.separator",
                       "holds a vertical bar (|), which parts the fields of the QR code. Remove it");
    }
    if (const std::size_t count = characterCount(text); count > column.maximumCharacters) {
        return finding("text.length", "has " + std::to_string(count) + " characters; at most " +
                                          std::to_string(column.maximumCharacters) + " fit");
    }
    return std::nullopt;
}

} // namespace

RecordReader::RecordReader(const std::filesystem::path& file)
    : RecordReader(toText(readFile(file, maximumFileBytes)), std::filesystem::absolute(file).parent_path()) {}

RecordReader::RecordReader(std::string text, std::filesystem::path folder)
    : text_(std::move(text)), folder_(std::move(folder)), csv_(text_) {
    readHeader();
}

void RecordReader::readHeader() {
    const auto row = csv_.next();
    if (!row || !row->defect.empty()) {
        throw MalformedData(
            "The records have no header line. The first line must name the columns: request_id, "
            "number, full_name and so on.");
    }
    const auto columns = recordColumns();
    for (const std::string& name : row->fields) {
        const auto column = std::find_if(columns.begin(), columns.end(),
                                         [&name](const auto& known) { return known.name == name; });
        header_.push_back(column == columns.end() ? nullptr : &*column);
        if (column == columns.end()) {
            unknownColumns_.push_back(name);
        }
    }
    for (const RecordColumn& column : columns) {
        const auto count = std::count(header_.begin(), header_.end(), &column);
        if (count != 1) {
            throw MalformedData("The header line of the records names the column " +
                                std::string(column.name) + (count == 0 ? " nowhere" : " more than once") +
                                ". It must name it once.");
        }
    }
}

std::optional<ReadRecord> RecordReader::next() {
    const auto row = csv_.next();
    if (!row) {
        return std::nullopt;
    }
    ReadRecord read;
    read.line = row->line;
    if (!row->defect.empty()) {
        read.findings.push_back({"csv.structure", Severity::Error, row->line, "", row->defect});
        return read;
    }
    if (row->fields.size() != header_.size()) {
        read.findings.push_back({"csv.fields", Severity::Error, row->line, "",
                                 "The line has " + std::to_string(row->fields.size()) +
                                     " fields and the header " + std::to_string(header_.size()) +
                                     ". Put a field that holds a comma between quotes (\")."});
        return read;
    }
    read.record.emplace();
    read.record->line = row->line;
    for (std::size_t index = 0; index < header_.size(); ++index) {
        if (header_[index] != nullptr) {
            readField(read, *header_[index], row->fields[index]);
        }
    }
    if (hasError(read.findings)) {
        read.record.reset();
    }
    return read;
}

// A file of records comes from outside: it names pictures of its own folder and no other file.
std::filesystem::path RecordReader::resolved(const std::filesystem::path& path) const {
    const bool leavesFolder = std::find(path.begin(), path.end(), "..") != path.end();
    if (path.is_absolute() || leavesFolder) {
        throw MalformedData("must be a path below the folder of the records file, like portraits/1.jpg");
    }
    return folder_ / path;
}

void RecordReader::readField(ReadRecord& read, const RecordColumn& column, const std::string& text) const {
    const auto report = [&](std::string rule, Severity severity, std::string message) {
        read.findings.push_back(
            {std::move(rule), severity, read.line, std::string(column.name), std::move(message)});
    };
    if (auto defect = textDefect(column, text)) {
        report(std::move(defect->rule), Severity::Error, std::move(defect->message));
        return;
    }
    if (text.empty() && column.required) {
        report("field.required", Severity::Error, "is empty; every card needs it");
        return;
    }
    const std::string normalized = toNormalizationFormC(text);
    if (normalized != text) {
        report("text.normalization", Severity::Warning,
               "is not in Unicode normalization form C; it was brought to that form");
    }
    try {
        column.assign(*read.record, normalized);
        if (const auto* path = std::get_if<std::filesystem::path CitizenRecord::*>(&column.field)) {
            (*read.record).*(*path) = resolved((*read.record).*(*path));
        }
    } catch (const MalformedData& malformed) {
        report("field.form", Severity::Error, malformed.what());
    }
}

} // namespace cancuoc::personalization
