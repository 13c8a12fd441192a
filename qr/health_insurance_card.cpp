// SPDX-License-Identifier: Apache-2.0
#include "qr/health_insurance_card.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "host/base/ascii.hpp"
#include "host/base/bytes.hpp"
#include "host/base/error.hpp"
#include "host/base/utf8.hpp"
#include "host/unicode/normalization_form.hpp"
#include "qr/delivered_fields.hpp"
#include "qr/delivered_text.hpp"
#include "qr/mistaken_character_set.hpp"
#include "qr/payload.hpp"

namespace cancuoc::qr {

namespace {

constexpr std::size_t namedFields = 5;
constexpr std::size_t fullNameField = 1;
constexpr std::size_t residenceField = 4;

bool isHex(std::string_view text) {
    return text.size() % 2 == 0 && std::all_of(text.begin(), text.end(), [](char character) {
               return std::isxdigit(static_cast<unsigned char>(character)) != 0;
           });
}

bool isHealthInsuranceNumber(std::string_view text) {
    const auto isLetter = [](char character) { return character >= 'A' && character <= 'Z'; };
    return (text.size() == 10 && isDigits(text)) ||
           (text.size() == 15 && isLetter(text[0]) && isLetter(text[1]) && isDigits(text.substr(2)));
}

// Bytes that are no UTF-8 have become replacement characters and are named already.
bool hasForeignCharacters(std::string_view text, bool isReplaced) {
    const auto codePoints = fromUtf8(text);
    return std::any_of(codePoints.begin(), codePoints.end(), [&](char32_t codePoint) {
        return !isOfLatinText(codePoint) && !(isReplaced && codePoint == replacement);
    });
}

// An address that is not hexadecimal stays as it is.
std::string readHexText(const std::string& field, std::size_t number, std::vector<Oddity>& oddities) {
    if (!isHex(field)) {
        return field;
    }
    const auto bytes = toText(fromHex(field));
    const bool isReplaced = !isUtf8(bytes);
    if (isReplaced) {
        oddities.push_back(oddityOfField(OddityKind::NotUtf8, number));
    }
    const auto text = withReplacements(bytes);
    auto normalized = toNormalizationFormC(text);
    if (normalized != text) {
        oddities.push_back(oddityOfField(OddityKind::NotNormalizationFormC, number));
    }
    if (hasForeignCharacters(normalized, isReplaced)) {
        oddities.push_back(oddityOfField(OddityKind::ForeignCharacters, number));
    }
    return normalized;
}

} // namespace

bool isHealthInsuranceCard(const std::vector<std::string>& fields) {
    return fields.size() > 2 && isHealthInsuranceNumber(fields[0]) && !fields[1].empty() && isHex(fields[1]);
}

ParsedHealthInsuranceCard parseHealthInsuranceCard(std::string_view text) {
    auto [fields, oddities] = readFields(text.substr(0, maximumPayloadLength));
    if (text.size() > maximumPayloadLength || !isHealthInsuranceCard(fields)) {
        throw MalformedData("This is not the QR of a health-insurance card: it must begin with the card's "
                            "number, a '|' and the name in hexadecimal.");
    }
    ParsedHealthInsuranceCard parsed;
    if (fields.size() > namedFields) {
        parsed.card.other.assign(std::next(fields.begin(), namedFields), fields.end());
    }
    fields.resize(namedFields);
    for (const std::size_t index : {fullNameField, residenceField}) {
        fields[index] = readHexText(fields[index], index + 1, oddities);
    }
    noteSpaces(fields, oddities);
    parsed.card.number = std::move(fields[0]);
    parsed.card.fullName = std::move(fields[fullNameField]);
    parsed.card.birthDate = std::move(fields[2]);
    parsed.card.sex = std::move(fields[3]);
    parsed.card.residence = std::move(fields[residenceField]);
    parsed.oddities = std::move(oddities);
    return parsed;
}

} // namespace cancuoc::qr
