// SPDX-License-Identifier: Apache-2.0
#include "qr/payload.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/base/utf8.hpp"
#include "host/unicode/normalization_form.hpp"

namespace cancuoc::qr {

namespace {

constexpr char separator = '|';
constexpr std::size_t fieldsOf2021 = 7;
constexpr std::size_t fieldsOf2024 = 11;

bool isDigits(std::string_view text, std::size_t length) {
    return text.size() == length && cancuoc::isDigits(text);
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> fields(1);
    for (const char character : text) {
        if (character == separator) {
            fields.emplace_back();
        } else {
            fields.back().push_back(character);
        }
    }
    return fields;
}

bool removeControlCharacters(std::string& text) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    const auto before = text.size();
    if (text.starts_with(byteOrderMark)) {
        text.erase(0, byteOrderMark.size());
    }
    std::erase_if(text, [](char character) {
        return static_cast<unsigned char>(character) < 0x20 || character == 0x7F;
    });
    return text.size() != before;
}

// A scanner that doubles the separator leaves only runs of even length. The card itself never does: between
// the name and the birth date stands a single one.
bool halveDoubledSeparators(std::string& text) {
    std::string halved;
    for (std::size_t position = 0; position < text.size();) {
        if (text[position] != separator) {
            halved.push_back(text[position++]);
            continue;
        }
        const auto end = std::min(text.find_first_not_of(separator, position), text.size());
        if ((end - position) % 2 != 0) {
            return false;
        }
        halved.append((end - position) / 2, separator);
        position = end;
    }
    // Only a text that is a card's afterwards was doubled: eleven fields with every other one empty look
    // alike.
    const auto fieldCount = 1 + static_cast<std::size_t>(std::count(halved.begin(), halved.end(), separator));
    if (fieldCount != fieldsOf2021 && fieldCount != fieldsOf2024) {
        return false;
    }
    text = std::move(halved);
    return true;
}

// The text as the card's issuer wrote it, with a remark on each repair.
std::string repair(std::string_view raw, std::vector<std::string>& remarks) {
    std::string text(raw);
    if (removeControlCharacters(text)) {
        remarks.emplace_back("control characters were removed");
    }
    auto normalized = toNormalizationFormCWithReplacements(text);
    if (!isUtf8(text)) {
        remarks.emplace_back("the text is not UTF-8; unreadable letters are shown as U+FFFD");
    } else if (normalized != text) {
        remarks.emplace_back("letters were not in normalization form C");
    }
    if (halveDoubledSeparators(normalized)) {
        remarks.emplace_back("field separators were doubled");
    }
    return normalized;
}

bool isHex(std::string_view text) {
    return !text.empty() && text.size() % 2 == 0 && std::all_of(text.begin(), text.end(), [](char character) {
        return std::isxdigit(static_cast<unsigned char>(character)) != 0;
    });
}

// The health-insurance number: 15 characters beginning with the two letters of the group, since 2021 also the
// 10 digits of the social-insurance number alone.
bool isHealthInsuranceNumber(std::string_view text) {
    const auto isLetter = [](char character) { return character >= 'A' && character <= 'Z'; };
    return isDigits(text, 10) ||
           (text.size() == 15 && isLetter(text[0]) && isLetter(text[1]) && isDigits(text.substr(2), 13));
}

PayloadKind classifyFields(const std::vector<std::string>& fields) {
    if (fields.size() > 1 && isDigits(fields[0], 12)) {
        return PayloadKind::IdentityCard;
    }
    if (fields.size() > 2 && isHealthInsuranceNumber(fields[0]) && isHex(fields[1])) {
        return PayloadKind::HealthInsuranceCard;
    }
    return PayloadKind::Unknown;
}

std::optional<Profile> profileOf(std::size_t fieldCount) {
    if (fieldCount == fieldsOf2021) {
        return Profile::Cccd2021;
    }
    if (fieldCount == fieldsOf2024) {
        return Profile::Cancuoc2024;
    }
    return std::nullopt;
}

void remarkOnContent(const Payload& payload, std::vector<std::string>& remarks) {
    if (!payload.oldNumber.empty() && !isDigits(payload.oldNumber, 9)) {
        remarks.emplace_back("the old number is not 9 digits");
    }
    if (!isDigits(payload.birthDate, 8)) {
        remarks.emplace_back("the birth date is not ddmmyyyy");
    }
    if (!isDigits(payload.issueDate, 8)) {
        remarks.emplace_back("the issue date is not ddmmyyyy");
    }
    if (payload.sex != "Nam" && payload.sex != "Nữ") {
        remarks.emplace_back("the sex is neither Nam nor Nữ");
    }
    if (payload.fullName.empty()) {
        remarks.emplace_back("the name is empty");
    }
}

void requireField(std::string_view name, std::string_view value) {
    const auto isForbidden = [](char character) {
        return character == separator || static_cast<unsigned char>(character) < 0x20 || character == 0x7F;
    };
    if (std::any_of(value.begin(), value.end(), isForbidden)) {
        throw MalformedData(
            fmt::format("The {} holds a '|' or a control character, which the QR cannot carry.", name));
    }
    if (!isUtf8(value)) {
        throw MalformedData(fmt::format("The {} is not UTF-8 text.", name));
    }
}

} // namespace

std::string_view profileName(Profile profile) {
    return profile == Profile::Cccd2021 ? "cccd-2021" : "cancuoc-2024";
}

Profile profileFromName(std::string_view name) {
    for (const auto profile : {Profile::Cccd2021, Profile::Cancuoc2024}) {
        if (name == profileName(profile)) {
            return profile;
        }
    }
    throw BadConfiguration(
        fmt::format("There is no QR profile '{}'; choose cccd-2021 or cancuoc-2024.", name));
}

std::string_view kindName(PayloadKind kind) {
    switch (kind) {
    case PayloadKind::IdentityCard:
        return "identity-card";
    case PayloadKind::HealthInsuranceCard:
        return "health-insurance-card";
    case PayloadKind::Unknown:
        break;
    }
    return "unknown";
}

PayloadKind classify(std::string_view text) {
    std::vector<std::string> remarks;
    return classifyFields(split(repair(text.substr(0, maximumPayloadLength), remarks)));
}

ParsedPayload parsePayload(std::string_view text) {
    if (text.size() > maximumPayloadLength) {
        throw MalformedData(fmt::format("The QR text has {} bytes; no QR symbol holds more than {}.",
                                        text.size(), maximumPayloadLength));
    }
    ParsedPayload parsed;
    auto fields = split(repair(text, parsed.remarks));
    switch (classifyFields(fields)) {
    case PayloadKind::IdentityCard:
        break;
    case PayloadKind::HealthInsuranceCard:
        throw MalformedData("This is the QR of a health-insurance card, not of an identity card.");
    case PayloadKind::Unknown:
        throw MalformedData(
            "This is not the QR of an identity card: it does not begin with a 12-digit number.");
    }
    parsed.profile = profileOf(fields.size());
    if (!parsed.profile) {
        parsed.remarks.push_back(fmt::format("the text has {} fields; a card has {} or {}", fields.size(),
                                             fieldsOf2021, fieldsOf2024));
        if (fields.size() > fieldsOf2024) {
            parsed.remarks.emplace_back("fields after the eleventh were left out");
        }
    }
    fields.resize(fieldsOf2024);
    auto& payload = parsed.payload;
    std::string* const targets[fieldsOf2021] = {&payload.number,    &payload.oldNumber, &payload.fullName,
                                                &payload.birthDate, &payload.sex,       &payload.residence,
                                                &payload.issueDate};
    for (std::size_t index = 0; index < fieldsOf2021; ++index) {
        *targets[index] = std::move(fields[index]);
    }
    std::move(fields.begin() + fieldsOf2021, fields.end(), payload.additional.begin());
    remarkOnContent(payload, parsed.remarks);
    return parsed;
}

std::string formatPayload(const Payload& payload, Profile profile) {
    if (!isDigits(payload.number, 12)) {
        throw MalformedData("The QR needs a personal identification number of 12 digits.");
    }
    requireField("old number", payload.oldNumber);
    requireField("full name", payload.fullName);
    requireField("birth date", payload.birthDate);
    requireField("sex", payload.sex);
    requireField("residence", payload.residence);
    requireField("issue date", payload.issueDate);
    auto text = fmt::format("{}|{}|{}|{}|{}|{}|{}", payload.number, payload.oldNumber, payload.fullName,
                            payload.birthDate, payload.sex, payload.residence, payload.issueDate);
    for (const auto& field : payload.additional) {
        requireField("additional field", field);
        if (profile == Profile::Cancuoc2024) {
            text += separator + field;
        } else if (!field.empty()) {
            throw MalformedData("The profile cccd-2021 has no additional fields; choose cancuoc-2024.");
        }
    }
    return toNormalizationFormC(text);
}

} // namespace cancuoc::qr
