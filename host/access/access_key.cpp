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

constexpr std::size_t lineLength = 30;
constexpr std::size_t documentNumberLength = 9;
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

std::string withoutWhiteSpace(std::string_view text) {
    std::string result;
    std::copy_if(text.begin(), text.end(), std::back_inserter(result),
                 [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; });
    return result;
}

std::string_view checkedField(std::string_view field, char digit, const char* name) {
    if (checkDigit(field) != digit) {
        throw BadConfiguration(std::string("The check digit of the ") + name +
                               " in the MRZ is wrong: compare it with the card.");
    }
    return field;
}

// Doc 9303-5, 4.2.2, note j: a longer number goes on in the optional data, its check digit last, then a
// filler.
std::string documentNumberOf(std::string_view firstLine) {
    const std::string_view first = firstLine.substr(5, documentNumberLength);
    const char digit = firstLine[14];
    std::string_view rest = firstLine.substr(15);
    rest = rest.substr(0, rest.find(filler));
    if (digit != filler || rest.size() < 2) {
        return std::string(checkedField(first, digit, "document number"));
    }
    const std::string joined = std::string(first) + std::string(rest.substr(0, rest.size() - 1));
    return std::string(checkedField(joined, rest.back(), "document number"));
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
    const std::string lines = withoutWhiteSpace(mrz);
    if (lines.size() != 3 * lineLength) {
        throw BadConfiguration("The MRZ must be three lines of 30 characters.");
    }
    requireMrzCharacters(lines, "MRZ");
    const std::string_view second = std::string_view(lines).substr(lineLength, lineLength);
    return fromFields(documentNumberOf(std::string_view(lines).substr(0, lineLength)),
                      checkedField(second.substr(0, 6), second[6], "date of birth"),
                      checkedField(second.substr(8, 6), second[14], "date of expiry"));
}

// Doc 9303-11, D.2: each field is followed by its check digit.
AccessKey AccessKey::fromFields(std::string_view documentNumber, std::string_view birth,
                                std::string_view expiry) {
    requireMrzCharacters(documentNumber, "document number");
    if (documentNumber.empty() || documentNumber.size() > lineLength) {
        throw BadConfiguration("The document number must have 1 to 30 characters.");
    }
    std::string information(documentNumber);
    information.resize(std::max(information.size(), documentNumberLength), filler);
    information += checkDigit(information);
    for (const std::string_view date : {birth, expiry}) {
        information += std::string(date) + checkDigit(date);
    }
    AccessKey key(PasswordType::Mrz, SecretBytes(digest(HashAlgorithm::Sha1, viewOf(information))));
    wipe({reinterpret_cast<std::uint8_t*>(information.data()), information.size()});
    return key;
}

} // namespace cancuoc
