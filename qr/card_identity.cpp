// SPDX-License-Identifier: Apache-2.0
#include "qr/card_identity.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/unicode/case_folding.hpp"
#include "host/unicode/normalization_form.hpp"
#include "qr/payload_date.hpp"

namespace cancuoc::qr {

namespace {

// One of the seven fields: its name, where it stands on both sides, the form in which the QR writes it, and
// the one in which both sides are compared.
struct Field {
    std::string_view name;
    std::string Payload::*onQr;
    std::optional<std::string> CardIdentity::*onChip;
    std::string (*canonical)(std::string_view);
    std::string (*comparable)(std::string_view);
};

std::string canonicalText(std::string_view text) {
    const auto normalized = toNormalizationFormCWithReplacements(text);
    std::string result;
    for (const char character : normalized) {
        const bool isSpace = character == ' ' || character == '\t' || character == '\r' || character == '\n';
        if (!isSpace) {
            result.push_back(character);
        } else if (!result.empty() && result.back() != ' ') {
            result.push_back(' ');
        }
    }
    if (result.ends_with(' ')) {
        result.pop_back();
    }
    return result;
}

bool hasShape(std::string_view text, std::string_view shape) {
    return std::equal(text.begin(), text.end(), shape.begin(), shape.end(), [](char character, char pattern) {
        return pattern == '0' ? isDigit(character) : character == pattern;
    });
}

// Text that is no date stays as it is, so that two sources with the same unusual text still agree.
std::string canonicalDate(std::string_view text) {
    auto date = canonicalText(text);
    if (hasShape(date, "00/00/0000")) {
        return date.substr(0, 2) + date.substr(3, 2) + date.substr(6);
    }
    if (hasShape(date, "0000-00-00")) {
        return date.substr(8) + date.substr(5, 2) + date.substr(0, 4);
    }
    return date;
}

std::string canonicalSex(std::string_view text) {
    const auto sex = canonicalText(text);
    if (sex == "M") {
        return "Nam";
    }
    return sex == "F" ? "Nữ" : sex;
}

// Chips and printed codes do not agree on capitals.
std::string comparableText(std::string_view text) {
    return foldCase(canonicalText(text));
}

constexpr Field comparedFields[] = {
    {"number", &Payload::number, &CardIdentity::number, canonicalText, canonicalText},
    {"oldNumber", &Payload::oldNumber, &CardIdentity::oldNumber, canonicalText, canonicalText},
    {"fullName", &Payload::fullName, &CardIdentity::fullName, canonicalText, comparableText},
    {"birthDate", &Payload::birthDate, &CardIdentity::birthDate, canonicalDate, canonicalDate},
    {"sex", &Payload::sex, &CardIdentity::sex, canonicalSex, canonicalSex},
    {"residence", &Payload::residence, &CardIdentity::residence, canonicalText, comparableText},
    {"issueDate", &Payload::issueDate, &CardIdentity::issueDate, canonicalDate, canonicalDate},
};

std::optional<std::string> textMember(const nlohmann::ordered_json& object, std::string_view name) {
    const auto member = object.find(std::string(name));
    if (member == object.end() || member->is_null()) {
        return std::nullopt;
    }
    if (!member->is_string()) {
        throw MalformedData(fmt::format("The JSON member \"{}\" is not text.", name));
    }
    return member->get<std::string>();
}

CardIdentity identityOfCitizen(const nlohmann::ordered_json& citizen) {
    CardIdentity identity;
    for (const auto& field : comparedFields) {
        identity.*field.onChip = textMember(citizen, field.name);
    }
    return identity;
}

void requirePrintable(const Field& field, std::string_view text) {
    if (field.canonical == canonicalDate && !hasShape(text, "00000000")) {
        throw MalformedData(
            fmt::format("The {} of the record is not a date of the form ddmmyyyy, dd/mm/yyyy or YYYY-MM-DD.",
                        field.name));
    }
    if (field.canonical == canonicalDate && !dateOfPayload(text)) {
        throw MalformedData(fmt::format("The {} of the record is a day that no calendar has.", field.name));
    }
    if (field.canonical == canonicalSex && text != "Nam" && text != "Nữ") {
        throw MalformedData(fmt::format("The {} of the record is neither Nam (M) nor Nữ (F).", field.name));
    }
}

} // namespace

CardIdentity cardIdentityFromJson(const nlohmann::ordered_json& json) {
    if (const auto citizen = json.find("citizen"); citizen != json.end() && citizen->is_object()) {
        return identityOfCitizen(*citizen);
    }
    if (const auto document = json.find("document"); document != json.end() && document->is_object()) {
        CardIdentity identity;
        identity.number = textMember(*document, "personalNumber");
        identity.birthDate = textMember(*document, "birthDate");
        identity.sex = textMember(*document, "sex");
        return identity;
    }
    if (json.is_object() && json.contains("number")) {
        return identityOfCitizen(json);
    }
    throw MalformedData("The JSON is neither the result of 'cancuoc read --json' nor one citizen's data.");
}

Payload toPayload(const CardIdentity& identity) {
    Payload payload;
    for (const auto& field : comparedFields) {
        const auto& value = identity.*field.onChip;
        const bool mayBeEmpty = field.onQr == &Payload::oldNumber;
        auto text = field.canonical(value.value_or(""));
        if (!mayBeEmpty && text.empty()) {
            throw MalformedData(fmt::format("The record has no {}, which the QR needs.", field.name));
        }
        requirePrintable(field, text);
        payload.*field.onQr = std::move(text);
    }
    return payload;
}

std::string_view fieldResultName(FieldResult result) {
    switch (result) {
    case FieldResult::Matches:
        return "matches";
    case FieldResult::Differs:
        return "differs";
    case FieldResult::NotCompared:
        break;
    }
    return "not-compared";
}

std::vector<FieldComparison> compare(const Payload& payload, const CardIdentity& identity) {
    std::vector<FieldComparison> comparisons;
    for (const auto& field : comparedFields) {
        const auto& onQr = payload.*field.onQr;
        const auto& onChip = identity.*field.onChip;
        const auto qrText = field.comparable(onQr);
        const auto chipText = field.comparable(onChip.value_or(""));
        auto result = FieldResult::NotCompared;
        // The QR of genuine early cards leaves the old number out.
        const bool isLeftOut = field.onQr == &Payload::oldNumber && qrText.empty();
        if (!chipText.empty() && !isLeftOut) {
            result = qrText == chipText ? FieldResult::Matches : FieldResult::Differs;
        }
        comparisons.push_back({std::string(field.name), onQr, onChip.value_or(""), result});
    }
    return comparisons;
}

ComparisonOutcome outcomeOf(const std::vector<FieldComparison>& comparisons) {
    const auto has = [&](auto&& isSuch) {
        return std::any_of(comparisons.begin(), comparisons.end(), isSuch);
    };
    if (has([](const FieldComparison& field) { return field.result == FieldResult::Differs; })) {
        return ComparisonOutcome::Differs;
    }
    return has([](const FieldComparison& field) {
        return field.name == "number" && field.result == FieldResult::Matches;
    })
               ? ComparisonOutcome::Matches
               : ComparisonOutcome::NotCompared;
}

} // namespace cancuoc::qr
