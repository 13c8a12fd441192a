// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/json_lines.hpp"

#include "personalization/intake/record_column.hpp"

#include <nlohmann/json.hpp>

#include <set>

namespace cancuoc::personalization {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

bool isBlank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// The JSON value of a line, or discarded where it is none. The names at its top that stand twice, of which
/// the parser would keep one silently, are added to `twice`.
Json parse(std::string_view line, std::set<std::string>& twice) {
    std::set<std::string> seen;
    bool tooDeep = false;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
        tooDeep = tooDeep || depth > JsonLines::maximumDepth;
        if (event == Json::parse_event_t::key && depth == 1) {
            const auto name = parsed.get<std::string>();
            if (!seen.insert(name).second) {
                twice.insert(name);
            }
        }
        return !tooDeep;
    };
    Json value = Json::parse(line, watch, false);
    return tooDeep ? Json(Json::value_t::discarded) : std::move(value);
}

void readValue(SourceRecord& record, const std::string& name, const Json& value) {
    if (value.is_string()) {
        record.values.emplace_back(name, value.get<std::string>());
    } else if (value.is_null()) {
        record.values.emplace_back(name, "");
    } else if (recordColumnNamed(name) == nullptr) {
        record.values.emplace_back(name, value.dump());
    } else {
        record.findings.push_back({ruleNamed("json.text"), record.line, name, {}});
    }
}

} // namespace

JsonLines::JsonLines(std::string text) : text_(std::move(text)) {
    if (text_.starts_with(byteOrderMark)) {
        position_ = byteOrderMark.size();
    }
}

std::string_view JsonLines::nextLine() {
    const std::string_view rest = std::string_view(text_).substr(position_);
    const std::string_view line = rest.substr(0, rest.find('\n'));
    position_ += std::min(line.size() + 1, rest.size());
    ++line_;
    return line;
}

std::optional<SourceRecord> JsonLines::next() {
    std::string_view line;
    while (isBlank(line)) {
        if (position_ == text_.size()) {
            return std::nullopt;
        }
        line = nextLine();
    }
    SourceRecord record;
    record.line = line_;
    if (line.size() > maximumLineBytes) {
        record.findings.push_back({ruleNamed("json.line-length"), line_, "", {}});
        return record;
    }
    std::set<std::string> twice;
    const Json object = parse(line, twice);
    if (!object.is_object()) {
        record.findings.push_back({ruleNamed("json.object"), line_, "", {}});
        return record;
    }
    for (const std::string& name : twice) {
        record.findings.push_back({ruleNamed("json.name-twice"), line_, name, {}});
    }
    for (const auto& [name, value] : object.items()) {
        readValue(record, name, value);
    }
    return record;
}

} // namespace cancuoc::personalization
