// SPDX-License-Identifier: Apache-2.0
#include "host/lds/vietnamese_machine_readable_zone.hpp"

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/lds/mrz_transliteration.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::size_t numberLength = 12;
constexpr std::size_t documentNumberLength = 9;

void requireNumber(std::string_view number) {
    if (number.size() != numberLength || !isDigits(number)) {
        throw MalformedData("The personal identification number must have 12 digits.");
    }
}

} // namespace

std::string vietnameseDocumentNumber(std::string_view number) {
    requireNumber(number);
    return std::string(number.substr(numberLength - documentNumberLength));
}

int birthYearFromVietnameseNumber(std::string_view number) {
    requireNumber(number);
    const int centuryAndSex = number[3] - '0'; // 0 and 1: born 1900 to 1999, 2 and 3: 2000 to 2099, ...
    return 1900 + centuryAndSex / 2 * 100 + (number[4] - '0') * 10 + (number[5] - '0');
}

MachineReadableZone vietnameseMachineReadableZone(const VietnameseMrzFields& fields) {
    MachineReadableZone zone;
    zone.format = MrzFormat::Td1;
    zone.documentCode = "ID";
    zone.issuingState = "VNM";
    zone.documentNumber = vietnameseDocumentNumber(fields.number);
    const std::string covered = fields.number + "<<";
    zone.optionalData = covered + mrzCheckDigit(covered);
    zone.birthDate = toYearMonthDay(fields.birthDate);
    zone.sex = fields.sex;
    zone.expiryDate = fields.expiryDate ? toYearMonthDay(*fields.expiryDate) : "991231";
    zone.nationality = fields.nationality;

    const std::string name = transliterate(fields.fullName);
    if (name.empty()) {
        throw MalformedData("The full name has no letter to write into the MRZ.");
    }
    const std::size_t familyNameEnd = name.find(' ');
    zone.primaryIdentifier = name.substr(0, familyNameEnd);
    if (familyNameEnd != std::string::npos) {
        zone.secondaryIdentifier = name.substr(familyNameEnd + 1);
    }
    return zone;
}

} // namespace cancuoc::lds
