// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/text_rules.hpp"

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/lds/mrz_transliteration.hpp"
#include "personalization/intake/identification_number.hpp"
#include "personalization/intake/unicode_text.hpp"
#include "personalization/intake/validity_period.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::personalization {

namespace {

/// Adds to the findings of one record.
class TextCheck {
public:
    TextCheck(const CitizenRecord& record, std::vector<Finding>& findings)
        : record_(record), findings_(findings) {}

    /// Reports the rule under the column unless it is kept.
    void require(bool kept, const Rule* rule, const char* column, std::vector<std::string> details = {}) {
        if (!kept) {
            findings_.push_back({rule, record_.line, column, std::move(details)});
        }
    }

private:
    const CitizenRecord& record_;
    std::vector<Finding>& findings_;
};

bool isRequestId(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char character) {
        return isDigit(character) || (character >= 'a' && character <= 'z') ||
               (character >= 'A' && character <= 'Z') || character == '-' || character == '_' ||
               character == '.';
    });
}

bool isOldNumber(std::string_view text) {
    constexpr std::size_t digits = 9;
    return text.size() == digits && isDigits(text);
}

// Since 1 July 2024 the structure of a number is a hint and no proof, so that all of these are warnings.
void checkNumber(const CitizenRecord& record, TextCheck& check) {
    const bool wellFormed = IdentificationNumber::isWellFormed(record.number);
    check.require(wellFormed, ruleNamed("number.digits"), "number");
    if (wellFormed) {
        const IdentificationNumber number(record.number);
        check.require(number.hasKnownPlace(), ruleNamed("number.place"), "number");
        check.require(number.birthYear() == record.birthDate.year(), ruleNamed("number.birth-year"),
                      "number");
        check.require(number.sex() == record.sex, ruleNamed("number.sex"), "number");
        check.require(!number.contradicts(record.placeOfBirthRegistration), ruleNamed("number.registration"),
                      "number");
    }
    check.require(record.oldNumber.empty() || isOldNumber(record.oldNumber), ruleNamed("old-number.digits"),
                  "old_number");
    check.require(record.cancelledNumber.empty() ||
                      (IdentificationNumber::isWellFormed(record.cancelledNumber) &&
                       record.cancelledNumber != record.number),
                  ruleNamed("cancelled-number.digits"), "cancelled_number");
}

/// The name as the MRZ writes it (Doc 9303-3, section 6); empty when it has a letter without a place there.
std::string inMrz(const std::string& name) {
    try {
        return lds::transliterate(name);
    } catch (const MalformedData&) {
        return "";
    }
}

void checkFullName(const CitizenRecord& record, TextCheck& check) {
    constexpr std::size_t nameLine = 30;            // Doc 9303-5, 4.2.2
    constexpr std::size_t mostWords = nameLine / 2; // an initial each, and a filler behind or before it
    if (!isPersonalName(record.fullName)) {
        check.require(false, ruleNamed("name.letters"), "full_name");
        return;
    }
    check.require(hasVietnameseLettersOnly(record.fullName), ruleNamed("name.vietnamese"), "full_name");
    const std::string name = inMrz(record.fullName);
    check.require(!name.empty(), ruleNamed("name.mrz"), "full_name");
    const auto spaces = static_cast<std::size_t>(std::count(name.begin(), name.end(), ' '));
    // Two fillers stand behind the family name, where the name has one space.
    const std::size_t length = name.size() + (spaces > 0 ? 1 : 0);
    check.require(length <= nameLine, ruleNamed("name.mrz-length"), "full_name");
    check.require(spaces < mostWords, ruleNamed("name.mrz-words"), "full_name");
}

void checkRelatives(const CitizenRecord& record, TextCheck& check) {
    struct Relative {
        std::string CitizenRecord::*value;
        const char* column;
    };
    for (const auto& [name, column] : {Relative{&CitizenRecord::fatherName, "father_name"},
                                       {&CitizenRecord::motherName, "mother_name"},
                                       {&CitizenRecord::spouseName, "spouse_name"},
                                       {&CitizenRecord::legalRepresentativeName, "legal_representative_name"},
                                       {&CitizenRecord::headOfHouseholdName, "head_of_household_name"},
                                       {&CitizenRecord::otherName, "other_name"}}) {
        check.require((record.*name).empty() || isPersonalName(record.*name), ruleNamed("relative.letters"),
                      column);
    }
    for (const auto& [number, column] :
         {Relative{&CitizenRecord::fatherNumber, "father_number"},
          {&CitizenRecord::motherNumber, "mother_number"},
          {&CitizenRecord::spouseNumber, "spouse_number"},
          {&CitizenRecord::legalRepresentativeNumber, "legal_representative_number"},
          {&CitizenRecord::headOfHouseholdNumber, "head_of_household_number"}}) {
        const std::string& digits = record.*number;
        check.require(digits.empty() || isOldNumber(digits) || IdentificationNumber::isWellFormed(digits),
                      ruleNamed("relative.number"), column);
    }
}

void checkDates(const CitizenRecord& record, const IntakePolicy& policy, TextCheck& check) {
    constexpr std::chrono::years oldest(120);
    check.require(record.birthDate < record.issueDate, ruleNamed("dates.birth-before-issue"), "issue_date");
    check.require(!policy.today || record.issueDate <= *policy.today, ruleNamed("dates.not-in-future"),
                  "issue_date");
    check.require(record.issueDate <= record.birthDate + oldest, ruleNamed("dates.age"), "birth_date");
    check.require(!record.expiryDate || record.issueDate < *record.expiryDate,
                  ruleNamed("dates.issue-before-expiry"), "expiry_date");
    check.require(record.expiryDate == lawfulExpiry(record.birthDate, record.issueDate),
                  ruleNamed("dates.expiry-by-age"), "expiry_date");
    check.require(!record.deceasedOrMissing, ruleNamed("deceased-or-missing"), "deceased_or_missing");
}

void checkWords(const CitizenRecord& record, TextCheck& check) {
    constexpr std::array groups{"", "A", "B", "AB", "O"};
    std::string_view group = record.bloodGroup;
    if (group.ends_with('+') || group.ends_with('-')) {
        group.remove_suffix(1);
    }
    check.require((group.empty() && record.bloodGroup.empty()) ||
                      (!group.empty() && std::find(groups.begin(), groups.end(), group) != groups.end()),
                  ruleNamed("blood-group.form"), "blood_group");
    check.require(inMrz(record.nationality) == "VIET NAM", ruleNamed("nationality.vietnam"), "nationality");
}

/// What the record's texts take in DG13: a SEQUENCE, an INTEGER and a string with at most ten bytes of tags
/// and lengths around each, and at most 32 around all.
std::size_t dataGroup13Bytes(const CitizenRecord& record) {
    constexpr std::size_t aroundItem = 10;
    constexpr std::size_t aroundAll = 32;
    constexpr std::size_t formedItems = std::size_t{3} * (aroundItem + 10) + // dates
                                        (aroundItem + 4) +                   // sex, in words
                                        (aroundItem + 16);                   // code of the chip
    std::size_t bytes = aroundAll + formedItems;
    for (const std::string* text :
         {&record.number, &record.fullName, &record.nationality, &record.ethnicity, &record.religion,
          &record.placeOfOrigin, &record.residence, &record.distinguishingFeatures, &record.oldNumber,
          &record.fatherName, &record.motherName, &record.spouseName, &record.otherName, &record.bloodGroup,
          &record.placeOfBirthRegistration, &record.placeOfBirth}) {
        bytes += aroundItem + text->size();
    }
    return bytes;
}

/// The payload of 2021, whose seven fields that of 2024 begins with: two dates, "Nữ" at most, six bars.
std::size_t qrBytes(const CitizenRecord& record) {
    constexpr std::size_t formed = 2 * 8 + 4 + 6;
    return formed + record.number.size() + record.oldNumber.size() + record.fullName.size() +
           record.residence.size();
}

void checkTargets(const CitizenRecord& record, const IntakePolicy& policy, TextCheck& check) {
    constexpr std::size_t version10 = 213; // bytes at error correction level M
    const std::size_t dataGroup13 = dataGroup13Bytes(record);
    check.require(dataGroup13 <= policy.maximumDataGroup13Bytes, ruleNamed("dg13.length"), "",
                  {std::to_string(dataGroup13), std::to_string(policy.maximumDataGroup13Bytes)});
    const std::size_t qr = qrBytes(record);
    check.require(qr <= version10, ruleNamed("qr.length"), "",
                  {std::to_string(qr), std::to_string(version10)});
}

} // namespace

void checkTexts(const CitizenRecord& record, const IntakePolicy& policy, std::vector<Finding>& findings) {
    TextCheck check(record, findings);
    check.require(isRequestId(record.requestId), ruleNamed("request-id.form"), "request_id");
    checkNumber(record, check);
    checkFullName(record, check);
    checkRelatives(record, check);
    checkDates(record, policy, check);
    checkWords(record, check);
    checkTargets(record, policy, check);
}

} // namespace cancuoc::personalization
