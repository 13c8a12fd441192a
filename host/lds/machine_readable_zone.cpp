// SPDX-License-Identifier: Apache-2.0
#include "host/lds/machine_readable_zone.hpp"

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/lds/vietnamese_machine_readable_zone.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace cancuoc::lds {

namespace {

constexpr char filler = '<';
constexpr std::size_t shortDocumentNumber = 9;
constexpr std::string_view vietnam = "VNM";
constexpr std::string_view noEndOfValidity = "991231";
constexpr std::size_t vietnameseNumberLength = 12;
constexpr std::size_t vietnameseOptionalDataLength = 15;

int valueOf(char character) {
    if (isDigit(character)) {
        return character - '0';
    }
    if (character >= 'A' && character <= 'Z') {
        return character - 'A' + 10;
    }
    if (character == filler) {
        return 0;
    }
    throw MalformedData("The MRZ has a character other than A to Z, 0 to 9 and <.");
}

/// Cuts the zone into fields from left to right.
class Fields {
public:
    explicit Fields(std::string_view zone) : rest_(zone) {}

    std::string take(std::size_t length) {
        std::string field(rest_.substr(0, length));
        rest_.remove_prefix(length);
        return field;
    }

    char takeCharacter() { return take(1).front(); }

private:
    std::string_view rest_;
};

std::string withoutTrailingFillers(std::string field) {
    field.erase(field.find_last_not_of(filler) + 1);
    return field;
}

/// The components of an identifier parted by one space, however many fillers part them.
std::string toComponents(std::string_view identifier) {
    std::string components;
    for (const char character : identifier) {
        if (character != filler) {
            components += character;
        } else if (!components.empty() && components.back() != ' ') {
            components += ' ';
        }
    }
    if (!components.empty() && components.back() == ' ') {
        components.pop_back();
    }
    return components;
}

void readName(MachineReadableZone& zone, std::string_view field) {
    const std::size_t separator = field.find("<<");
    zone.primaryIdentifier = toComponents(field.substr(0, separator));
    if (separator != std::string_view::npos) {
        zone.secondaryIdentifier = toComponents(field.substr(separator));
    }
}

Sex readSex(char character) {
    switch (character) {
    case 'M':
        return Sex::Male;
    case 'F':
        return Sex::Female;
    case 'X': // not in the MRZ by Doc 9303, but printed by some States
    case filler:
        return Sex::Unspecified;
    default:
        throw MalformedData("The sex in the MRZ is none of M, F and <.");
    }
}

char write(Sex sex) {
    switch (sex) {
    case Sex::Male:
        return 'M';
    case Sex::Female:
        return 'F';
    case Sex::Unspecified:
        return filler;
    }
    return filler;
}

void compareCheckDigit(MachineReadableZone& zone, std::string_view covered, char digit,
                       std::string_view fieldName) {
    if (mrzCheckDigit(covered) != digit) {
        zone.wrongCheckDigits.emplace_back(fieldName);
    }
}

/// A document number of more than nine characters runs on into the optional data, behind a filler in place of
/// the check digit, and ends there with its check digit and a filler (Doc 9303-5, 4.2.2.3, note j). Where it
/// takes all of the optional data, cards leave the filler out.
void readDocumentNumber(MachineReadableZone& zone, std::string number, char checkDigit,
                        std::string optional) {
    const std::size_t end = std::min(optional.find(filler), optional.size());
    if (checkDigit == filler && end >= 2) {
        zone.documentNumber = number + optional.substr(0, end - 1);
        compareCheckDigit(zone, zone.documentNumber, optional[end - 1], "document number");
        zone.optionalData = withoutTrailingFillers(optional.substr(std::min(end + 1, optional.size())));
        return;
    }
    compareCheckDigit(zone, number, checkDigit, "document number");
    zone.documentNumber = withoutTrailingFillers(std::move(number));
    zone.optionalData = withoutTrailingFillers(std::move(optional));
}

/// The national check digit at position 30 of the upper line covers positions 16 to 29.
void checkVietnameseNumber(MachineReadableZone& zone) {
    if (zone.vietnameseNumber() && zone.optionalData.size() == vietnameseOptionalDataLength) {
        const std::string_view optional = zone.optionalData;
        compareCheckDigit(zone, optional.substr(0, vietnameseOptionalDataLength - 1), optional.back(),
                          "personal number");
    }
}

struct Dates {
    std::string birth;
    char birthCheckDigit;
    char sex;
    std::string expiry;
    char expiryCheckDigit;
};

void readDates(MachineReadableZone& zone, const Dates& dates) {
    compareCheckDigit(zone, dates.birth, dates.birthCheckDigit, "birth date");
    compareCheckDigit(zone, dates.expiry, dates.expiryCheckDigit, "expiry date");
    zone.birthDate = dates.birth;
    zone.sex = readSex(dates.sex);
    zone.expiryDate = dates.expiry;
}

// Doc 9303-5, 4.2.2
MachineReadableZone readTd1(std::string_view text) {
    MachineReadableZone zone;
    zone.format = MrzFormat::Td1;
    Fields fields(text);
    zone.documentCode = withoutTrailingFillers(fields.take(2));
    zone.issuingState = withoutTrailingFillers(fields.take(3));
    std::string number = fields.take(shortDocumentNumber);
    const char numberCheckDigit = fields.takeCharacter();
    readDocumentNumber(zone, std::move(number), numberCheckDigit, fields.take(15));
    readDates(zone, Dates{fields.take(6), fields.takeCharacter(), fields.takeCharacter(), fields.take(6),
                          fields.takeCharacter()});
    zone.nationality = withoutTrailingFillers(fields.take(3));
    zone.secondOptionalData = withoutTrailingFillers(fields.take(11));
    const std::string covered = std::string(text.substr(5, 25)) + std::string(text.substr(30, 7)) +
                                std::string(text.substr(38, 7)) + std::string(text.substr(48, 11));
    compareCheckDigit(zone, covered, fields.takeCharacter(), "composite");
    readName(zone, fields.take(30));
    checkVietnameseNumber(zone);
    return zone;
}

/// What TD3 has behind its dates: optional data with a check digit, for which the filler may stand when there
/// are none.
void readPersonalNumber(MachineReadableZone& zone, std::string data, char checkDigit) {
    zone.optionalData = withoutTrailingFillers(std::move(data));
    if (!zone.optionalData.empty() || checkDigit != filler) {
        compareCheckDigit(zone, zone.optionalData, checkDigit, "optional data");
    }
}

/// The composite check digit over the lower line of TD2 and TD3, which is its last character.
void checkLowerLine(MachineReadableZone& zone, std::string_view lower) {
    const std::string covered = std::string(lower.substr(0, 10)) + std::string(lower.substr(13, 7)) +
                                std::string(lower.substr(21, lower.size() - 22));
    compareCheckDigit(zone, covered, lower.back(), "composite");
}

// Doc 9303-4, 4.2.2, 9303-6, 4.2.2 and 9303-7, 4.2.2 and 5.2.2: two lines, which differ in what stands behind
// the expiry date. Visas have optional data to the end of the line, without a composite check digit.
MachineReadableZone readTwoLines(std::string_view text, MrzFormat format) {
    const std::size_t length = lineLength(format);
    MachineReadableZone zone;
    zone.format = format;
    Fields fields(text);
    zone.documentCode = withoutTrailingFillers(fields.take(2));
    zone.issuingState = withoutTrailingFillers(fields.take(3));
    readName(zone, fields.take(length - 5));
    std::string number = fields.take(shortDocumentNumber);
    const char numberCheckDigit = fields.takeCharacter();
    zone.nationality = withoutTrailingFillers(fields.take(3));
    readDates(zone, Dates{fields.take(6), fields.takeCharacter(), fields.takeCharacter(), fields.take(6),
                          fields.takeCharacter()});
    if (format == MrzFormat::Td2) {
        readDocumentNumber(zone, std::move(number), numberCheckDigit, fields.take(7));
        checkLowerLine(zone, text.substr(length));
        return zone;
    }
    compareCheckDigit(zone, number, numberCheckDigit, "document number");
    zone.documentNumber = withoutTrailingFillers(std::move(number));
    if (format == MrzFormat::Td3) {
        std::string data = fields.take(14);
        readPersonalNumber(zone, std::move(data), fields.takeCharacter());
        checkLowerLine(zone, text.substr(length));
    } else {
        zone.optionalData = withoutTrailingFillers(fields.take(length - 28));
    }
    return zone;
}

std::string padded(std::string_view value, std::size_t length, std::string_view fieldName) {
    if (value.size() > length) {
        throw MalformedData("The " + std::string(fieldName) + " is longer than the " +
                            std::to_string(length) + " characters the MRZ has for it.");
    }
    for (const char character : value) {
        (void)valueOf(character);
    }
    return std::string(value) + std::string(length - value.size(), filler);
}

std::string exactly(std::string_view value, std::size_t length, std::string_view fieldName) {
    if (value.size() != length) {
        throw MalformedData("The " + std::string(fieldName) + " does not have the " + std::to_string(length) +
                            " characters that the MRZ writes.");
    }
    return padded(value, length, fieldName);
}

std::string withCheckDigit(const std::string& field) {
    return field + mrzCheckDigit(field);
}

std::vector<std::string> split(std::string_view components) {
    std::vector<std::string> result;
    std::string component;
    for (const char character : components) {
        if (character == ' ') {
            result.push_back(std::move(component));
            component.clear();
        } else if (character >= 'A' && character <= 'Z') {
            component += character;
        } else {
            throw MalformedData("A name in the MRZ has a character other than A to Z.");
        }
    }
    result.push_back(std::move(component));
    std::erase(result, std::string());
    return result;
}

std::string join(const std::vector<std::string>& components) {
    std::string joined;
    for (const std::string& component : components) {
        if (!joined.empty()) {
            joined += filler;
        }
        joined += component;
    }
    return joined;
}

/// Takes the last letter off the longest component, the first of several; false when all are initials.
bool shortenLongest(std::vector<std::string>& components) {
    const auto longest = std::max_element(
        components.begin(), components.end(),
        [](const std::string& left, const std::string& right) { return left.size() < right.size(); });
    if (longest == components.end() || longest->size() <= 1) {
        return false;
    }
    longest->pop_back();
    return true;
}

/// Doc 9303-5, 4.2.3: components are shortened, those of the secondary identifier first, until the name fills
/// its field to the last position, which then holds a letter. Initials that still do not fit are cut off.
std::string writeName(std::string_view primaryIdentifier, std::string_view secondaryIdentifier,
                      std::size_t length) {
    std::vector<std::string> primary = split(primaryIdentifier);
    std::vector<std::string> secondary = split(secondaryIdentifier);
    const auto whole = [&] {
        return secondary.empty() ? join(primary) : join(primary) + "<<" + join(secondary);
    };
    std::string name = whole();
    while (name.size() > length && (shortenLongest(secondary) || shortenLongest(primary))) {
        name = whole();
    }
    name.resize(length, filler);
    return name;
}

/// A year, month and day of two digits each, in the first century from `firstCentury` on that makes a date
/// for which `accept` is true.
template <class Accept>
std::optional<Date> firstCentury(std::string_view yearMonthDay, int firstCentury, int lastCentury,
                                 Accept accept) {
    if (yearMonthDay.size() != 6 || !isDigits(yearMonthDay)) {
        return std::nullopt;
    }
    const auto two = [&](std::size_t at) {
        return (yearMonthDay[at] - '0') * 10 + (yearMonthDay[at + 1] - '0');
    };
    for (int century = firstCentury; century <= lastCentury; century += 100) {
        const Date date{std::chrono::year(century + two(0)),
                        std::chrono::month(static_cast<unsigned>(two(2))),
                        std::chrono::day(static_cast<unsigned>(two(4)))};
        if (date.ok() && accept(date)) {
            return date;
        }
    }
    return std::nullopt;
}

constexpr int earliestCentury = 1800;
constexpr int latestCentury = 2900;

} // namespace

std::string_view nameOf(MrzFormat format) {
    switch (format) {
    case MrzFormat::Td1:
        return "TD1";
    case MrzFormat::Td2:
        return "TD2";
    case MrzFormat::Td3:
        return "TD3";
    case MrzFormat::MrvA:
        return "MRV-A";
    case MrzFormat::MrvB:
        return "MRV-B";
    }
    return "";
}

std::size_t lineLength(MrzFormat format) {
    switch (format) {
    case MrzFormat::Td1:
        return 30;
    case MrzFormat::Td2:
    case MrzFormat::MrvB:
        return 36;
    case MrzFormat::Td3:
    case MrzFormat::MrvA:
        return 44;
    }
    return 0;
}

char mrzCheckDigit(std::string_view characters) {
    constexpr std::array weights = {7, 3, 1};
    int sum = 0;
    std::size_t position = 0;
    for (const char character : characters) {
        sum += valueOf(character) * weights.at(position);
        position = (position + 1) % weights.size();
    }
    return static_cast<char>('0' + sum % 10);
}

MachineReadableZone MachineReadableZone::parse(std::string_view text) {
    constexpr std::size_t longest = 256;
    if (text.size() > longest) {
        throw MalformedData("The MRZ is longer than any of its formats.");
    }
    WipedText whole(text.size());
    std::string& zone = whole.text;
    for (const char character : text) {
        if (std::isspace(static_cast<unsigned char>(character)) == 0) {
            (void)valueOf(character);
            zone += character;
        }
    }
    const bool isVisa = zone.starts_with('V');
    switch (zone.size()) {
    case 90:
        return readTd1(zone);
    case 72:
        return readTwoLines(zone, isVisa ? MrzFormat::MrvB : MrzFormat::Td2);
    case 88:
        return readTwoLines(zone, isVisa ? MrzFormat::MrvA : MrzFormat::Td3);
    default:
        throw MalformedData("The MRZ has " + std::to_string(zone.size()) +
                            " characters; TD1 has three lines of 30, TD2 two of 36, TD3 two of 44.");
    }
}

std::vector<std::string> MachineReadableZone::lines() const {
    const std::string code = padded(documentCode, 2, "document code");
    const std::string state = padded(issuingState, 3, "issuing State");
    const std::string birth = withCheckDigit(exactly(birthDate, 6, "birth date"));
    const std::string expiry = withCheckDigit(exactly(expiryDate, 6, "expiry date"));
    const std::string nationalityField = padded(nationality, 3, "nationality");
    const bool longNumber =
        (format == MrzFormat::Td1 || format == MrzFormat::Td2) && documentNumber.size() > shortDocumentNumber;
    const std::string number =
        longNumber ? documentNumber.substr(0, shortDocumentNumber) + filler
                   : withCheckDigit(padded(documentNumber, shortDocumentNumber, "document number"));
    const std::string behindNumber = optionalData.empty() ? optionalData : filler + optionalData;
    const std::string optional =
        longNumber ? documentNumber.substr(shortDocumentNumber) + mrzCheckDigit(documentNumber) + behindNumber
                   : optionalData;
    const std::string dates = birth + write(sex) + expiry;
    const std::size_t length = lineLength(format);

    if (format == MrzFormat::Td1) {
        const std::string upper = code + state + number + padded(optional, 15, "optional data");
        const std::string second = padded(secondOptionalData, 11, "second optional data");
        const std::string composite = upper.substr(5) + birth + expiry + second;
        return {upper, dates + nationalityField + second + mrzCheckDigit(composite),
                writeName(primaryIdentifier, secondaryIdentifier, length)};
    }
    const std::string upper = code + state + writeName(primaryIdentifier, secondaryIdentifier, length - 5);
    const std::string lower = number + nationalityField + dates;
    if (format == MrzFormat::MrvA || format == MrzFormat::MrvB) {
        return {upper, lower + padded(optional, length - lower.size(), "optional data")};
    }
    const std::string data = format == MrzFormat::Td2 ? padded(optional, 7, "optional data")
                                                      : withCheckDigit(padded(optional, 14, "optional data"));
    return {upper, lower + data + mrzCheckDigit(number + birth + expiry + data)};
}

std::string MachineReadableZone::name() const {
    return secondaryIdentifier.empty() ? primaryIdentifier : primaryIdentifier + " " + secondaryIdentifier;
}

std::string MachineReadableZone::mrzInformation() const {
    const std::string number = documentNumber.size() > shortDocumentNumber
                                   ? padded(documentNumber, documentNumber.size(), "document number")
                                   : padded(documentNumber, shortDocumentNumber, "document number");
    return withCheckDigit(number) + withCheckDigit(exactly(birthDate, 6, "birth date")) +
           withCheckDigit(exactly(expiryDate, 6, "expiry date"));
}

std::optional<std::string> MachineReadableZone::vietnameseNumber() const {
    if (format != MrzFormat::Td1 || issuingState != vietnam || optionalData.size() < vietnameseNumberLength) {
        return std::nullopt;
    }
    const std::string number = optionalData.substr(0, vietnameseNumberLength);
    const std::string behind = optionalData.substr(vietnameseNumberLength);
    const bool nationalCheckDigit = behind.size() == 3 && behind.starts_with("<<");
    if (!isDigits(number) || !(behind.empty() || nationalCheckDigit)) {
        return std::nullopt;
    }
    return number;
}

std::optional<Date> MachineReadableZone::fullBirthDate(Date today, std::optional<Date> stated) const {
    if (stated && toYearMonthDay(*stated) == birthDate) {
        return stated;
    }
    if (const auto number = vietnameseNumber()) {
        const int year = birthYearFromVietnameseNumber(*number);
        const auto date = firstCentury(birthDate, year - year % 100, year - year % 100,
                                       [year](Date candidate) { return int(candidate.year()) == year; });
        if (date) {
            return date;
        }
    }
    for (int century = latestCentury; century >= earliestCentury; century -= 100) {
        const auto date =
            firstCentury(birthDate, century, century, [today](Date candidate) { return candidate <= today; });
        if (date) {
            return date;
        }
    }
    return std::nullopt;
}

std::optional<Date> MachineReadableZone::fullExpiryDate(Date today, std::optional<Date> issueDate) const {
    if (neverExpires()) {
        return std::nullopt;
    }
    constexpr Date firstChipDocuments{std::chrono::year(2000), std::chrono::January, std::chrono::day(1)};
    const Date earliest = std::max({firstChipDocuments, fullBirthDate(today).value_or(firstChipDocuments),
                                    issueDate.value_or(firstChipDocuments)});
    return firstCentury(expiryDate, earliestCentury, latestCentury,
                        [earliest](Date candidate) { return candidate > earliest; });
}

bool MachineReadableZone::neverExpires() const {
    return issuingState == vietnam && expiryDate == noEndOfValidity;
}

std::string mrzInformation(std::string_view documentNumber, Date birthDate, Date expiryDate) {
    MachineReadableZone zone;
    zone.documentNumber = documentNumber;
    zone.birthDate = toYearMonthDay(birthDate);
    zone.expiryDate = toYearMonthDay(expiryDate);
    return zone.mrzInformation();
}

} // namespace cancuoc::lds
