// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/card_content.hpp"

#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "personalization/cardface/layout.hpp"
#include "personalization/issuance/data_groups.hpp"

#include <fmt/format.h>

namespace cancuoc::cardface {

namespace {

using personalization::CitizenRecord;
using personalization::Sex;

std::string dayMonthYear(Date date) {
    return fmt::format("{:02}/{:02}/{:04}", static_cast<unsigned>(date.day()),
                       static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

// Whole years from birth to issue; a birthday on the day of issue counts.
int ageAtIssue(const CitizenRecord& record) {
    const auto birth = record.birthDate;
    const auto issue = record.issueDate;
    const bool beforeBirthday =
        issue.month() < birth.month() || (issue.month() == birth.month() && issue.day() < birth.day());
    return static_cast<int>(issue.year()) - static_cast<int>(birth.year()) - (beforeBirthday ? 1 : 0);
}

std::map<std::string, std::string> fieldsOf(const CitizenRecord& record) {
    return {{"number", record.number},
            {"oldNumber", record.oldNumber},
            {"fullName", record.fullName},
            {"otherName", record.otherName},
            {"birthDate", dayMonthYear(record.birthDate)},
            {"sex", record.sex == Sex::Male ? "Nam" : "Nữ"},
            {"nationality", record.nationality},
            {"placeOfOrigin", record.placeOfOrigin},
            {"placeOfBirthRegistration", record.placeOfBirthRegistration},
            {"placeOfBirth", record.placeOfBirth},
            {"residence", record.residence},
            {"distinguishingFeatures", record.distinguishingFeatures},
            {"issueDate", dayMonthYear(record.issueDate)},
            {"expiryDate", record.expiryDate ? dayMonthYear(*record.expiryDate) : "Không thời hạn"},
            {"age", std::to_string(ageAtIssue(record))}};
}

void addPicture(CardContent& content, const char* name, const Bytes& file) {
    if (file.empty()) {
        return;
    }
    try {
        content.pictures[name] = biometric::decodePixels(file);
    } catch (const MalformedData& malformed) {
        throw MalformedData(std::string(name) + ": " + malformed.what());
    }
}

} // namespace

const std::vector<std::string>& fieldNames() {
    static const std::vector<std::string> names{"number",       "oldNumber",     "fullName",
                                                "otherName",    "birthDate",     "sex",
                                                "nationality",  "placeOfOrigin", "placeOfBirthRegistration",
                                                "placeOfBirth", "residence",     "distinguishingFeatures",
                                                "issueDate",    "expiryDate",    "age",
                                                "seal",         "portrait",      "emblem",
                                                "signature"};
    return names;
}

qr::CardIdentity cardIdentityOf(const CitizenRecord& record) {
    qr::CardIdentity identity;
    identity.number = record.number;
    identity.oldNumber = record.oldNumber;
    identity.fullName = record.fullName;
    identity.birthDate = toIso(record.birthDate);
    identity.sex = record.sex == Sex::Male ? "M" : "F";
    identity.residence = record.residence;
    identity.issueDate = toIso(record.issueDate);
    return identity;
}

CardContent contentOf(const CitizenRecord& record, const personalization::Pictures& pictures,
                      qr::Profile profile) {
    CardContent content;
    content.fields = fieldsOf(record);
    addPicture(content, "portrait", pictures.portrait);
    addPicture(content, "leftIndex", pictures.leftIndex);
    addPicture(content, "rightIndex", pictures.rightIndex);
    content.mrz = personalization::machineReadableZoneOf(record).lines();
    content.qr = qr::formatPayload(qr::toPayload(cardIdentityOf(record)), profile);
    return content;
}

} // namespace cancuoc::cardface
