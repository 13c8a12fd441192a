// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace cancuoc::personalization {

enum class Sex { Male, Female };

/// One request for a card: what the population register says about one citizen (Law on Identification 2023,
/// article 9), as it stands in one record of an order. Every text is UTF-8 in normalization form C; an empty
/// text means the register has no value.
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
    std::string placeOfBirth;
    std::string residence; ///< permanent
    std::string temporaryResidence;
    std::string currentResidence;
    std::string declaredAbsence;
    std::string residenceFile; ///< number of the file on residence
    std::string distinguishingFeatures;
    std::chrono::year_month_day issueDate;
    std::optional<std::chrono::year_month_day> expiryDate; ///< none: the card does not expire
    std::string oldNumber;                                 ///< 9 digits of the former card, or empty
    std::string cancelledNumber;                           ///< 12 digits that this number stands in place of
    std::string formerCards;                               ///< cards issued before, in the register's words
    std::string maritalStatus;
    std::string fatherName;
    std::string fatherNumber; ///< of relatives: 12 digits, the 9 of a former card, or empty
    std::string fatherNationality;
    std::string motherName;
    std::string motherNumber;
    std::string motherNationality;
    std::string spouseName;
    std::string spouseNumber;
    std::string spouseNationality;
    std::string legalRepresentativeName;
    std::string legalRepresentativeNumber;
    std::string legalRepresentativeNationality;
    std::string children;
    std::string relationToHead; ///< to the head of the household
    std::string headOfHouseholdName;
    std::string headOfHouseholdNumber;
    std::string householdMembers;
    std::string otherName;
    std::string bloodGroup;
    std::string phone;
    std::string email;
    std::optional<std::chrono::year_month_day> deceasedOrMissing; ///< since when; no card is made then
    std::filesystem::path portrait;           ///< JPEG, 300 x 400 pixels; a path inside of the order
    std::filesystem::path leftIndex;          ///< 8-bit grey PNG at 500 dpi; likewise
    std::filesystem::path rightIndex;         ///< 8-bit grey PNG at 500 dpi; likewise
    std::map<std::string, std::string> other; ///< columns that have no field here, as they stand
    std::size_t line = 0;                     ///< where the record starts in its file, counted from 1

    friend bool operator==(const CitizenRecord&, const CitizenRecord&) = default;
};

} // namespace cancuoc::personalization
