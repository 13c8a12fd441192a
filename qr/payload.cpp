// SPDX-License-Identifier: Apache-2.0
#include "qr/payload.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/base/utf8.hpp"
#include "host/unicode/normalization_form.hpp"
#include "qr/delivered_fields.hpp"
#include "qr/delivered_text.hpp"
#include "qr/health_insurance_card.hpp"
#include "qr/payload_date.hpp"

namespace cancuoc::qr {

namespace {

constexpr std::size_t numberDigits = 12;

bool isDigits(std::string_view text, std::size_t length) {
    return text.size() == length && cancuoc::isDigits(text);
}

PayloadKind classifyFields(const std::vector<std::string>& fields) {
    if (fields.size() > 1 && isDigits(fields[0], numberDigits)) {
        return PayloadKind::IdentityCard;
    }
    return isHealthInsuranceCard(fields) ? PayloadKind::HealthInsuranceCard : PayloadKind::Unknown;
}

[[noreturn]] void refuse(std::string_view delivered) {
    const auto [digits, end] = leadingDigits(delivered);
    const auto follows = end == delivered.size() ? std::string_view("the text ends")
                                                 : std::string_view("something else follows");
    if (digits != numberDigits) {
        throw PayloadRefused(
            fmt::format("This is not the QR of an identity card: it must begin with 12 digits, but after {} "
                        "digits, at byte {} of the text (counted from 0), {}.",
                        digits, end, follows),
            RefusalReason::NoNumber, end);
    }
    throw PayloadRefused(
        fmt::format("This is not the QR of an identity card: after the 12 digits must come a '|', but at "
                    "byte {} of the text (counted from 0) {}.",
                    end, follows),
        RefusalReason::NoSeparator, end);
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

void noteContent(const Payload& payload, std::vector<Oddity>& oddities) {
    const auto note = [&](bool isOdd, OddityKind kind, std::size_t field) {
        if (isOdd) {
            oddities.push_back(oddityOfField(kind, field));
        }
    };
    note(!payload.oldNumber.empty() && !isDigits(payload.oldNumber, 9), OddityKind::OldNumberForm, 2);
    note(payload.fullName.empty(), OddityKind::NameEmpty, 3);
    const auto noteDate = [&](const std::string& date, OddityKind form, OddityKind day, std::size_t field) {
        const bool hasForm = isDigits(date, 8);
        note(!hasForm, form, field);
        note(hasForm && !dateOfPayload(date), day, field);
    };
    noteDate(payload.birthDate, OddityKind::BirthDateForm, OddityKind::BirthDateDay, 4);
    note(payload.sex != "Nam" && payload.sex != "Nữ", OddityKind::SexForm, 5);
    note(payload.residence.empty(), OddityKind::ResidenceEmpty, 6);
    noteDate(payload.issueDate, OddityKind::IssueDateForm, OddityKind::IssueDateDay, 7);
}

void noteFieldCount(std::size_t count, std::vector<Oddity>& oddities) {
    oddities.push_back(oddityOfField(OddityKind::FieldCount, count));
    oddities.back().sentence =
        fmt::format("the text has {} fields; a card has {} or {}", count, fieldsOf2021, fieldsOf2024);
    if (count > fieldsOf2024) {
        oddities.push_back(oddityOfField(OddityKind::FieldsLeftOut, fieldsOf2024 + 1));
    }
}

Payload payloadOf(std::vector<std::string> fields) {
    fields.resize(fieldsOf2024);
    Payload payload;
    std::string* const targets[fieldsOf2021] = {&payload.number,    &payload.oldNumber, &payload.fullName,
                                                &payload.birthDate, &payload.sex,       &payload.residence,
                                                &payload.issueDate};
    for (std::size_t index = 0; index < fieldsOf2021; ++index) {
        *targets[index] = std::move(fields[index]);
    }
    std::move(std::next(fields.begin(), fieldsOf2021), fields.end(), payload.additional.begin());
    return payload;
}

void requireField(std::string_view name, std::string_view value) {
    const auto isForbidden = [](char character) {
        return character == fieldSeparator || static_cast<unsigned char>(character) < 0x20 ||
               character == 0x7F;
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

std::string_view refusalName(RefusalReason reason) {
    switch (reason) {
    case RefusalReason::TooLong:
        return "too-long";
    case RefusalReason::NoNumber:
        return "no-number";
    case RefusalReason::NoSeparator:
        return "no-separator";
    case RefusalReason::HealthInsuranceCard:
        break;
    }
    return "health-insurance-card";
}

PayloadRefused::PayloadRefused(const std::string& message, RefusalReason reason, std::size_t position)
    : MalformedData(message), reason_(reason), position_(position) {}

PayloadKind classify(std::string_view text) {
    return classifyFields(readFields(text.substr(0, maximumPayloadLength)).texts);
}

ParsedPayload parsePayload(std::string_view text) {
    if (text.size() > maximumPayloadLength) {
        throw PayloadRefused(fmt::format("The QR text has {} bytes; no QR symbol holds more than {}.",
                                         text.size(), maximumPayloadLength),
                             RefusalReason::TooLong, maximumPayloadLength);
    }
    auto fields = readFields(text);
    switch (classifyFields(fields.texts)) {
    case PayloadKind::IdentityCard:
        break;
    case PayloadKind::HealthInsuranceCard:
        throw PayloadRefused("This is the QR of a health-insurance card, not of an identity card.",
                             RefusalReason::HealthInsuranceCard, 0);
    case PayloadKind::Unknown:
        refuse(text);
    }
    ParsedPayload parsed;
    parsed.profile = profileOf(fields.texts.size());
    parsed.oddities = std::move(fields.oddities);
    if (!parsed.profile) {
        noteFieldCount(fields.texts.size(), parsed.oddities);
    }
    noteSpaces(fields.texts, parsed.oddities);
    parsed.payload = payloadOf(std::move(fields.texts));
    noteContent(parsed.payload, parsed.oddities);
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
            text += fieldSeparator + field;
        } else if (!field.empty()) {
            throw MalformedData("The profile cccd-2021 has no additional fields; choose cancuoc-2024.");
        }
    }
    return toNormalizationFormC(text);
}

} // namespace cancuoc::qr
