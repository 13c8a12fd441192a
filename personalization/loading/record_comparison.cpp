// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/record_comparison.hpp"

#include "host/base/date.hpp"
#include "host/lds/data_group_1.hpp"
#include "host/lds/data_group_2.hpp"
#include "host/lds/data_group_3.hpp"
#include "host/lds/vietnamese_data_group_13.hpp"
#include "host/lds/vietnamese_machine_readable_zone.hpp"

namespace cancuoc::personalization {

namespace {

using lds::FileId;

void require(bool same, const char* what) {
    if (!same) {
        throw ReadBackFailed(std::string("The card differs from its record: ") + what + ".");
    }
}

BytesView contentOf(const ChipFiles& files, FileId file) {
    const auto found = files.find(file);
    if (found == files.end()) {
        throw ReadBackFailed("The card has no " + lds::fileName(file) + ".");
    }
    return found->second;
}

// dd/mm/yyyy
std::string vietnameseDate(Date date) {
    const std::string iso = toIso(date);
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string vietnameseExpiry(const std::optional<Date>& date) {
    return date ? vietnameseDate(*date) : "Không thời hạn";
}

lds::MachineReadableZone zoneOf(const CitizenRecord& record) {
    lds::VietnameseMrzFields fields;
    fields.number = record.number;
    fields.fullName = record.fullName;
    fields.birthDate = record.birthDate;
    fields.sex = record.sex == Sex::Male ? lds::Sex::Male : lds::Sex::Female;
    fields.expiryDate = record.expiryDate;
    return lds::vietnameseMachineReadableZone(fields);
}

void compareDataGroup1(const ChipFiles& files, const CitizenRecord& record) {
    const auto group = lds::DataGroup1::decode(contentOf(files, FileId::DataGroup1));
    const lds::MachineReadableZone& zone = group.machineReadableZone;
    require(zone.wrongCheckDigits.empty(), "a check digit in DG1 is wrong");
    require(zone.documentNumber == record.number.substr(3), "document number in DG1");
    require(zone.vietnameseNumber() == record.number, "number in DG1");
    require(zone.birthDate == toYearMonthDay(record.birthDate), "birth date in DG1");
    require((zone.sex == lds::Sex::Male) == (record.sex == Sex::Male), "sex in DG1");
    require(record.expiryDate ? zone.expiryDate == toYearMonthDay(*record.expiryDate) : zone.neverExpires(),
            "expiry date in DG1");
    require(group.lines == zoneOf(record).lines(), "machine readable zone in DG1");
}

void compareDataGroup2(const ChipFiles& files, const Pictures& pictures) {
    const auto records = lds::DataGroup2::decode(contentOf(files, FileId::DataGroup2)).records();
    require(records.size() == 1 && records[0].images.size() == 1, "number of portraits in DG2");
    require(records[0].images[0].image == pictures.portrait, "portrait in DG2");
}

void compareDataGroup3(const ChipFiles& files, const Pictures& pictures) {
    std::map<biometric::FingerPosition, Bytes> fingers;
    for (const auto& record : lds::DataGroup3::decode(contentOf(files, FileId::DataGroup3)).records()) {
        for (const auto& image : record.images) {
            fingers.emplace(static_cast<biometric::FingerPosition>(image.position), image.image);
        }
    }
    using biometric::FingerPosition;
    require(fingers == std::map<FingerPosition, Bytes>{{FingerPosition::LeftIndex, pictures.leftIndex},
                                                       {FingerPosition::RightIndex, pictures.rightIndex}},
            "fingers in DG3");
}

// Place of birth registration, other name and blood group have no item on this card.
void compareDataGroup13(const ChipFiles& files, const CitizenRecord& record) {
    const auto citizen = lds::VietnameseDataGroup13::decode(contentOf(files, FileId::DataGroup13)).citizen;
    require(citizen.number == record.number, "number in DG13");
    require(citizen.fullName == record.fullName, "full name in DG13");
    require(citizen.birthDate == vietnameseDate(record.birthDate), "birth date in DG13");
    require(citizen.sex == (record.sex == Sex::Male ? "Nam" : "Nữ"), "sex in DG13");
    require(citizen.nationality == record.nationality, "nationality in DG13");
    require(citizen.ethnicity == record.ethnicity, "ethnicity in DG13");
    require(citizen.religion == record.religion, "religion in DG13");
    require(citizen.placeOfOrigin == record.placeOfOrigin, "place of origin in DG13");
    require(citizen.residence == record.residence, "residence in DG13");
    require(citizen.distinguishingFeatures == record.distinguishingFeatures,
            "distinguishing features in DG13");
    require(citizen.issueDate == vietnameseDate(record.issueDate), "issue date in DG13");
    require(citizen.expiryDate == vietnameseExpiry(record.expiryDate), "expiry date in DG13");
    require(citizen.fatherName == record.fatherName, "father's name in DG13");
    require(citizen.motherName == record.motherName, "mother's name in DG13");
    require(citizen.spouseName == record.spouseName, "spouse's name in DG13");
    require(citizen.oldNumber == record.oldNumber, "old number in DG13");
}

} // namespace

void compareWithRecord(const ChipFiles& files, const CitizenRecord& record, const Pictures& pictures) {
    compareDataGroup1(files, record);
    compareDataGroup2(files, pictures);
    compareDataGroup3(files, pictures);
    compareDataGroup13(files, record);
}

} // namespace cancuoc::personalization
