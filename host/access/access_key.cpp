// SPDX-License-Identifier: Apache-2.0
#include "host/access/access_key.hpp"

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace cancuoc {

namespace {

constexpr std::size_t documentNumberLength = 9;
constexpr std::size_t longestDocumentNumber = 30;
constexpr std::size_t dateLength = 6;
constexpr std::size_t personalNumberLength = 12;
constexpr std::size_t canLength = 6;
constexpr char filler = '<';

bool isDigits(std::string_view text, std::size_t count) {
    return text.size() == count && cancuoc::isDigits(text);
}

// Doc 9303-3, 4.9: digits count as themselves, letters from 10, the filler as 0.
std::optional<unsigned> checkDigitValue(char character) {
    if (isDigit(character)) {
        return static_cast<unsigned>(character - '0');
    }
    if (character >= 'A' && character <= 'Z') {
        return static_cast<unsigned>(character - 'A') + 10U;
    }
    if (character == filler) {
        return 0;
    }
    return std::nullopt;
}

char checkDigit(std::string_view field) {
    static constexpr unsigned weights[] = {7, 3, 1};
    unsigned sum = 0;
    for (std::size_t index = 0; index < field.size(); ++index) {
        sum += *checkDigitValue(field[index]) * weights[index % 3];
    }
    return static_cast<char>('0' + sum % 10);
}

void requireMrzCharacters(std::string_view text, const char* field) {
    if (!std::all_of(text.begin(), text.end(), [](char c) { return checkDigitValue(c).has_value(); })) {
        throw BadConfiguration(std::string("The ") + field +
                               " holds a character that no MRZ has: only A to Z, 0 to 9 and < are allowed.");
    }
}

void appendWithoutWhiteSpace(std::string& text, std::string_view more) {
    std::copy_if(more.begin(), more.end(), std::back_inserter(text),
                 [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; });
}

std::string_view checkedField(std::string_view field, char digit, const char* name) {
    if (checkDigit(field) != digit) {
        throw BadConfiguration(std::string("The check digit of the ") + name +
                               " in the MRZ is wrong: compare it with the card.");
    }
    return field;
}

// Where the fields stand in the joined lines of an MRZ.
struct MrzLayout {
    std::size_t length;         // of all lines
    std::size_t documentNumber; // its check digit behind it
    std::size_t longNumber;     // where a number of more than 9 characters goes on
    std::size_t longNumberRoom; // 0: nowhere
    std::size_t birthDate;      // its check digit behind it
    std::size_t expiryDate;     // likewise
};

// TD1, TD2 and TD3; the visas MRV-B and MRV-A have the places of the last two (Doc 9303-5, 4.2; 9303-6, 4.2;
// 9303-4, 4.2).
constexpr MrzLayout layouts[] = {
    {90, 5, 15, 15, 30, 38},
    {72, 36, 36 + 28, 7, 36 + 13, 36 + 21},
    {88, 44, 44 + 28, 0, 44 + 13, 44 + 21},
};

const MrzLayout& layoutOf(std::string_view lines) {
    const auto* const found =
        std::find_if(std::begin(layouts), std::end(layouts),
                     [&](const MrzLayout& layout) { return layout.length == lines.size(); });
    if (found == std::end(layouts)) {
        throw BadConfiguration("The MRZ must be three lines of 30 characters, or two of 36 or 44.");
    }
    return *found;
}

// Doc 9303-5, 4.2.2, note j, and 9303-6, 4.2.2: a longer number goes on in the optional data, its check digit
// last, then a filler.
std::string documentNumberIn(std::string_view lines, const MrzLayout& layout) {
    const std::string_view first = lines.substr(layout.documentNumber, documentNumberLength);
    const char digit = lines[layout.documentNumber + documentNumberLength];
    std::string_view rest = lines.substr(layout.longNumber, layout.longNumberRoom);
    rest = rest.substr(0, rest.find(filler));
    if (digit != filler || rest.size() < 2) {
        return std::string(checkedField(first, digit, "document number"));
    }
    const std::string joined = std::string(first) + std::string(rest.substr(0, rest.size() - 1));
    return std::string(checkedField(joined, rest.back(), "document number"));
}

std::string_view dateIn(std::string_view lines, std::size_t position, const char* name) {
    return checkedField(lines.substr(position, dateLength), lines[position + dateLength], name);
}

} // namespace

std::string_view nameOf(PasswordType type) {
    switch (type) {
    case PasswordType::Can:
        return "CAN";
    case PasswordType::Pin:
        return "PIN";
    case PasswordType::Puk:
        return "PUK";
    case PasswordType::Mrz:
        break;
    }
    return "MRZ";
}

AccessKey::AccessKey(PasswordType type, SecretBytes encoded) : type_(type), encoded_(std::move(encoded)) {}

AccessKey AccessKey::fromCan(std::string_view can) {
    if (!isDigits(can, canLength)) {
        throw BadConfiguration(
            "The CAN must be 6 digits; on a Vietnamese card these are the last 6 of its number.");
    }
    return {PasswordType::Can, SecretBytes(viewOf(can))};
}

AccessKey AccessKey::fromPin(std::string_view pin) {
    constexpr std::size_t transportPinLength = 5;
    constexpr std::size_t pinLength = 6;
    if (!isDigits(pin, pinLength) && !isDigits(pin, transportPinLength)) {
        throw BadConfiguration("The PIN must be 6 digits, or 5 for the transport PIN.");
    }
    return {PasswordType::Pin, SecretBytes(viewOf(pin))};
}

AccessKey AccessKey::fromPuk(std::string_view puk) {
    constexpr std::size_t pukLength = 10;
    if (!isDigits(puk, pukLength)) {
        throw BadConfiguration("The PUK must be 10 digits.");
    }
    return {PasswordType::Puk, SecretBytes(viewOf(puk))};
}

AccessKey AccessKey::fromNumber(std::string_view number) {
    if (!isDigits(number, personalNumberLength)) {
        throw BadConfiguration("The personal identification number must be 12 digits.");
    }
    return fromCan(number.substr(personalNumberLength - canLength));
}

AccessKey AccessKey::fromNumber(std::string_view number, Date birth, Date expiry) {
    if (!isDigits(number, personalNumberLength)) {
        throw BadConfiguration("The personal identification number must be 12 digits.");
    }
    return fromMrzInformation(number.substr(personalNumberLength - documentNumberLength), birth, expiry);
}

AccessKey AccessKey::fromMrzInformation(std::string_view documentNumber, Date birth, Date expiry) {
    if (!birth.ok() || !expiry.ok()) {
        throw BadConfiguration("The date of birth or of expiry is no date of the calendar.");
    }
    return fromFields(documentNumber, toYearMonthDay(birth), toYearMonthDay(expiry));
}

AccessKey AccessKey::fromMrz(std::string_view mrz) {
    WipedText given(mrz.size());
    appendWithoutWhiteSpace(given.text, mrz);
    const std::string_view lines = given.text;
    const MrzLayout& layout = layoutOf(lines);
    requireMrzCharacters(lines, "MRZ");
    return fromFields(documentNumberIn(lines, layout), dateIn(lines, layout.birthDate, "date of birth"),
                      dateIn(lines, layout.expiryDate, "date of expiry"));
}

// Doc 9303-11, D.2: each field is followed by its check digit.
AccessKey AccessKey::fromFields(std::string_view documentNumber, std::string_view birth,
                                std::string_view expiry) {
    requireMrzCharacters(documentNumber, "document number");
    if (documentNumber.empty() || documentNumber.size() > longestDocumentNumber) {
        throw BadConfiguration("The document number must have 1 to 30 characters.");
    }
    WipedText wiped(longestDocumentNumber + 1 + 2 * (dateLength + 1));
    std::string& information = wiped.text;
    information += documentNumber;
    information.resize(std::max(information.size(), documentNumberLength), filler);
    information += checkDigit(information);
    for (const std::string_view date : {birth, expiry}) {
        information += date;
        information += checkDigit(date);
    }
    AccessKey key(PasswordType::Mrz, SecretBytes(digest(HashAlgorithm::Sha1, viewOf(information))));
    wipeStack();
    return key;
}

} // namespace cancuoc
