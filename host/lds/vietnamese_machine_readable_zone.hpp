// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/machine_readable_zone.hpp"

#include <string>

namespace cancuoc::lds {

/// What the MRZ of a Vietnamese citizen card is built from.
struct VietnameseMrzFields {
    std::string number;   ///< personal identification number, 12 digits
    std::string fullName; ///< UTF-8 with diacritics, family name first
    Date birthDate;
    Sex sex = Sex::Male;
    std::optional<Date> expiryDate; ///< none: no end of validity, written 991231
    std::string nationality = "VNM";
};

/// Lays out the TD1 of the Vietnamese card: the last nine digits of the number as document number, the whole
/// number as optional data with the national check digit at position 30; the first word of the name as
/// primary identifier. Throws MalformedData when the number is not 12 digits or the name has no letter.
[[nodiscard]] MachineReadableZone vietnameseMachineReadableZone(const VietnameseMrzFields& fields);

/// The document number that access keys are derived from: the last nine of the 12 digits.
/// Throws MalformedData when `number` is not 12 digits.
[[nodiscard]] std::string vietnameseDocumentNumber(std::string_view number);

/// The year of birth that digits 4 to 6 of a 12-digit number tell: century and sex, then the year in it. It
/// is a hint: since July 2024 the law promises no structure. Throws MalformedData when `number` is not 12
/// digits.
[[nodiscard]] int birthYearFromVietnameseNumber(std::string_view number);

} // namespace cancuoc::lds
