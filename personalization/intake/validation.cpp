// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/validation.hpp"

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

using Result = std::optional<std::string>;

Result unless(bool kept, const char* message) {
    return kept ? Result() : Result(message);
}

Result requestIdForm(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    const auto allowed = [](char character) {
        return isDigit(character) || (character >= 'a' && character <= 'z') ||
               (character >= 'A' && character <= 'Z') || character == '-' || character == '_' ||
               character == '.';
    };
    return unless(std::all_of(record.requestId.begin(), record.requestId.end(), allowed),
                  "must be letters a-z, digits, hyphens, underscores and full stops, like R-000123");
}

Result numberDigits(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return unless(IdentificationNumber::isWellFormed(record.number), "must be exactly 12 digits");
}

/// Checks the structure of a number that has one; a number without is reported by numberDigits.
template <class Check>
Result ofStructure(const CitizenRecord& record, Check&& check, const char* message) {
    return unless(!IdentificationNumber::isWellFormed(record.number) ||
                      check(IdentificationNumber(record.number)),
                  message);
}

Result numberPlace(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return ofStructure(
        record, [](const IdentificationNumber& number) { return number.hasKnownPlace(); },
        "begins with three digits that are no province's code and no country's");
}

Result numberBirthYear(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return ofStructure(
        record,
        [&](const IdentificationNumber& number) { return number.birthYear() == record.birthDate.year(); },
        "says another year of birth (digits 4 to 6) than birth_date");
}

Result numberSex(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return ofStructure(
        record, [&](const IdentificationNumber& number) { return number.sex() == record.sex; },
        "says another sex (digit 4: even for a man, odd for a woman) than sex");
}

Result personalName(const std::string& name) {
    return unless(
        name.empty() || isPersonalName(name),
        "must be words of letters with single spaces between them; only hyphens, apostrophes and full "
        "stops may stand in a word");
}

Result fullNameLetters(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return personalName(record.fullName);
}

/// The name as the MRZ writes it (Doc 9303-3, section 6); nothing when it has a letter without a place there.
std::optional<std::string> inMrz(const std::string& name) {
    try {
        return lds::transliterate(name);
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

Result fullNameHasMrzForm(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    if (!isPersonalName(record.fullName)) {
        return std::nullopt; // name.letters has said why
    }
    const auto name = inMrz(record.fullName);
    return unless(name && !name->empty(), "has a letter that the machine readable zone cannot write");
}

Result fullNameFitsMrz(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    constexpr std::size_t nameLine = 30; // Doc 9303-5, 4.2.2, with one more filler behind the family name
    return unless(inMrz(record.fullName).value_or("").size() < nameLine,
                  "is longer than the 30 characters of its line in the MRZ and will be shortened there");
}

Result fatherNameLetters(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return personalName(record.fatherName);
}

Result motherNameLetters(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return personalName(record.motherName);
}

Result spouseNameLetters(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return personalName(record.spouseName);
}

Result birthBeforeIssue(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return unless(record.birthDate < record.issueDate, "must be after birth_date");
}

Result issueNotInFuture(const CitizenRecord& record, const Pictures&, const IntakePolicy& policy) {
    return unless(!policy.today || record.issueDate <= *policy.today, "lies in the future");
}

Result issueBeforeExpiry(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return unless(!record.expiryDate || record.issueDate < *record.expiryDate, "must be after issue_date");
}

Result expiryByAge(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return unless(
        record.expiryDate == lawfulExpiry(record.birthDate, record.issueDate),
        "is not what the holder's age at issue_date gives: the birthday of turning 14, 25, 40 or 60 (the "
        "next one when less than two years away), and no date after the last");
}

Result oldNumberDigits(const CitizenRecord& record, const Pictures&, const IntakePolicy&) {
    return unless(record.oldNumber.empty() || (record.oldNumber.size() == 9 && isDigits(record.oldNumber)),
                  "must be the 9 digits of the former card, or empty");
}

Result portraitImage(const CitizenRecord&, const Pictures& pictures, const IntakePolicy& policy) {
    if (pictures.portrait.empty()) {
        return std::nullopt; // picture.file has said why
    }
    const ImageSize size = inspectJpeg(pictures.portrait);
    if (size != policy.portraitSize) {
        return "is " + std::to_string(size.width) + " x " + std::to_string(size.height) +
               " pixels; it must be " + std::to_string(policy.portraitSize.width) + " x " +
               std::to_string(policy.portraitSize.height);
    }
    return std::nullopt;
}

Result fingerImage(const Bytes& picture) {
    if (!picture.empty()) {
        static_cast<void>(inspectGreyPng(picture));
    }
    return std::nullopt;
}

Result leftIndexImage(const CitizenRecord&, const Pictures& pictures, const IntakePolicy&) {
    return fingerImage(pictures.leftIndex);
}

Result rightIndexImage(const CitizenRecord&, const Pictures& pictures, const IntakePolicy&) {
    return fingerImage(pictures.rightIndex);
}

Result pictureBytes(const Bytes& picture, const IntakePolicy& policy) {
    if (picture.size() <= policy.maximumPictureBytes) {
        return std::nullopt;
    }
    return "has " + std::to_string(picture.size()) + " bytes; the chip takes at most " +
           std::to_string(policy.maximumPictureBytes);
}

Result portraitBytes(const CitizenRecord&, const Pictures& pictures, const IntakePolicy& policy) {
    return pictureBytes(pictures.portrait, policy);
}

Result leftIndexBytes(const CitizenRecord&, const Pictures& pictures, const IntakePolicy& policy) {
    return pictureBytes(pictures.leftIndex, policy);
}

Result rightIndexBytes(const CitizenRecord&, const Pictures& pictures, const IntakePolicy& policy) {
    return pictureBytes(pictures.rightIndex, policy);
}

constexpr std::array<Rule, 22> allRules{{
    {"request-id.form", Severity::Error, "request_id", requestIdForm},
    {"number.digits", Severity::Error, "number", numberDigits},
    {"number.place", Severity::Warning, "number", numberPlace},
    {"number.birth-year", Severity::Warning, "number", numberBirthYear},
    {"number.sex", Severity::Warning, "number", numberSex},
    {"name.letters", Severity::Error, "full_name", fullNameLetters},
    {"name.mrz", Severity::Error, "full_name", fullNameHasMrzForm},
    {"name.mrz-length", Severity::Warning, "full_name", fullNameFitsMrz},
    {"name.letters", Severity::Warning, "father_name", fatherNameLetters},
    {"name.letters", Severity::Warning, "mother_name", motherNameLetters},
    {"name.letters", Severity::Warning, "spouse_name", spouseNameLetters},
    {"dates.birth-before-issue", Severity::Error, "issue_date", birthBeforeIssue},
    {"dates.not-in-future", Severity::Error, "issue_date", issueNotInFuture},
    {"dates.issue-before-expiry", Severity::Error, "expiry_date", issueBeforeExpiry},
    {"dates.expiry-by-age", Severity::Warning, "expiry_date", expiryByAge},
    {"old-number.digits", Severity::Error, "old_number", oldNumberDigits},
    {"portrait.image", Severity::Error, "portrait", portraitImage},
    {"portrait.bytes", Severity::Error, "portrait", portraitBytes},
    {"finger.image", Severity::Error, "left_index", leftIndexImage},
    {"finger.bytes", Severity::Error, "left_index", leftIndexBytes},
    {"finger.image", Severity::Error, "right_index", rightIndexImage},
    {"finger.bytes", Severity::Error, "right_index", rightIndexBytes},
}};

Result keeps(const Rule& rule, const CitizenRecord& record, const Pictures& pictures,
             const IntakePolicy& policy) {
    try {
        return rule.check(record, pictures, policy);
    } catch (const MalformedData& malformed) {
        return malformed.what();
    }
}

} // namespace

std::span<const Rule> rules() {
    return allRules;
}

std::vector<Finding> validate(const CitizenRecord& record, const Pictures& pictures,
                              const IntakePolicy& policy) {
    std::vector<Finding> findings;
    for (const Rule& rule : allRules) {
        if (auto message = keeps(rule, record, pictures, policy)) {
            findings.push_back({std::string(rule.id), rule.severity, record.line, std::string(rule.field),
                                std::move(*message)});
        }
    }
    return findings;
}

} // namespace cancuoc::personalization
