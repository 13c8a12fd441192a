// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/fictional_citizen.hpp"

#include "personalization/intake/validity_period.hpp"
#include "personalization/sample/fictional_name.hpp"
#include "personalization/sample/fictional_place.hpp"

#include <array>
#include <iomanip>
#include <sstream>

namespace cancuoc::personalization {

namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr std::array ethnicities{"Tày", "Thái", "Mường", "Khmer",   "Nùng", "Mông",
                                 "Dao", "Hoa",  "Ê Đê",  "Gia Rai", "Chăm"};
constexpr std::array religions{"Phật giáo", "Công giáo",         "Tin lành",
                               "Cao Đài",   "Phật giáo Hòa Hảo", "Hồi giáo"};
constexpr std::array bloodGroups{"A", "B", "O", "AB"};
constexpr std::array otherNames{"Tí", "Bé Út", "Mười Một", "Cu Đen"};

// Any day but 29 February, so that every milestone of the card's validity is a birthday.
year_month_day drawBirthDate(Lot& lot) {
    const year birthYear(lot.between(2090, 2099));
    const month birthMonth(static_cast<unsigned>(lot.between(1, 12)));
    const auto lastDay = static_cast<unsigned>((birthYear / birthMonth / std::chrono::last).day());
    const int dayCount = birthMonth == std::chrono::February ? 28 : static_cast<int>(lastDay);
    return birthYear / birthMonth / day(static_cast<unsigned>(lot.between(1, dayCount)));
}

// Cards are issued at any age from 14; most are first cards of the young or follow a milestone.
int drawAge(Lot& lot) {
    constexpr std::array agesOfIssue{14, 14, 16, 18, 23, 24, 27, 30, 35, 38, 39, 44, 51, 57, 58, 63, 70};
    return lot.pick(agesOfIssue);
}

std::string drawOldNumber(Lot& lot) {
    // No province's old numbers began with 99.
    std::ostringstream text;
    text << "99" << std::setw(7) << std::setfill('0') << lot.below(10'000'000);
    return text.str();
}

// PPP G YY NNNNNN; G is 2 or 3 for men and women born from 2000 to 2099 (Decree 137/2015/ND-CP, article 13).
std::string numberOf(const Province& province, const CitizenRecord& record, unsigned serial) {
    std::ostringstream text;
    text << province.code << (record.sex == Sex::Male ? '2' : '3')
         << static_cast<int>(record.birthDate.year()) % 100 << std::setw(6) << std::setfill('0') << serial;
    return text.str();
}

void drawPlaces(CitizenRecord& record, const Province& birthProvince, Lot& lot) {
    record.placeOfBirthRegistration = drawCommune(birthProvince, lot);
    record.placeOfOrigin =
        lot.chance(70) ? drawCommune(birthProvince, lot) : drawCommune(drawProvince(lot), lot);
    record.residence = drawAddress(lot.chance(55) ? birthProvince : drawProvince(lot), lot);
}

void drawFamily(CitizenRecord& record, const std::string& familyName, int age, Lot& lot) {
    record.fatherName = lot.chance(95) ? drawFullName(familyName, Sex::Male, lot) : "";
    record.motherName = drawFullName(drawFamilyName(lot), Sex::Female, lot);
    if (age >= 22 && lot.chance(75)) {
        const Sex spouse = record.sex == Sex::Male ? Sex::Female : Sex::Male;
        record.spouseName = drawFullName(drawFamilyName(lot), spouse, lot);
    }
}

} // namespace

FictionalCitizen drawCitizen(unsigned serial, Lot& lot) {
    FictionalCitizen citizen;
    CitizenRecord& record = citizen.record;
    record.sex = lot.chance(50) ? Sex::Male : Sex::Female;
    record.birthDate = drawBirthDate(lot);
    const Province& birthProvince = drawProvince(lot);
    record.number = numberOf(birthProvince, record, serial);
    const std::string familyName = drawFamilyName(lot);
    record.fullName = drawFullName(familyName, record.sex, lot);
    record.nationality = "Việt Nam";
    record.ethnicity = lot.chance(80) ? "Kinh" : lot.pick(ethnicities);
    record.religion = lot.chance(75) ? "Không" : lot.pick(religions);
    drawPlaces(record, birthProvince, lot);

    citizen.ageAtIssue = drawAge(lot);
    record.issueDate = sys_days(record.birthDate + years(citizen.ageAtIssue)) + days(lot.between(1, 360));
    record.expiryDate = lawfulExpiry(record.birthDate, record.issueDate);
    record.oldNumber = citizen.ageAtIssue >= 30 && lot.chance(60) ? drawOldNumber(lot) : "";
    drawFamily(record, familyName, citizen.ageAtIssue, lot);
    record.otherName = lot.chance(15) ? lot.pick(otherNames) : "";
    record.bloodGroup = lot.chance(60) ? lot.pick(bloodGroups) : "";

    citizen.mark = DistinguishingMark::draw(lot);
    record.distinguishingFeatures = citizen.mark.text();
    record.portrait = "portraits/" + record.number + ".jpg";
    record.leftIndex = "fingers/" + record.number + "-left.png";
    record.rightIndex = "fingers/" + record.number + "-right.png";
    return citizen;
}

} // namespace cancuoc::personalization
