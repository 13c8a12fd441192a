// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace cancuoc::personalization {

enum class Sex { Male, Female };

/// One request for a card: what the population register says about one citizen, as it stands in one line of
/// records.csv. Every text is UTF-8 in normalization form C; an empty text means the register has no value.
struct CitizenRecord {
    std::string requestId; ///< names the request for ever; importing it twice makes one card
    std::string number;    ///< personal identification number, 12 digits
    std::string fullName;  ///< as registered at birth, with diacritics
    std::chrono::year_month_day birthDate;
    Sex sex = Sex::Male;
    std::string nationality;
    std::string ethnicity;
    std::string religion;
    std::string placeOfOrigin;
    std::string placeOfBirthRegistration;
    std::string residence;
    std::string distinguishingFeatures;
    std::chrono::year_month_day issueDate;
    std::optional<std::chrono::year_month_day> expiryDate; ///< none: the card does not expire
    std::string oldNumber;                                 ///< 9 digits of the former card, or empty
    std::string fatherName;
    std::string motherName;
    std::string spouseName;
    std::string otherName;
    std::string bloodGroup;
    std::filesystem::path portrait;   ///< JPEG, 300 x 400 pixels; resolved against the folder of the CSV file
    std::filesystem::path leftIndex;  ///< 8-bit grey PNG at 500 dpi; resolved likewise
    std::filesystem::path rightIndex; ///< 8-bit grey PNG at 500 dpi; resolved likewise
    std::size_t line = 0;             ///< where the record starts in records.csv, counted from 1

    friend bool operator==(const CitizenRecord&, const CitizenRecord&) = default;
};

} // namespace cancuoc::personalization
