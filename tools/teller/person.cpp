// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/person.hpp"

#include <utility>

#include <fmt/format.h>

namespace cancuoc::teller {

namespace {

std::string asPrinted(std::optional<Date> date) {
    return date ? fmt::format("{:02}/{:02}/{:04}", static_cast<unsigned>(date->day()),
                              static_cast<unsigned>(date->month()), static_cast<int>(date->year()))
                : std::string();
}

std::vector<Person::Entry> entriesOf(const lds::CitizenData& citizen) {
    return {{PersonItem::FullName, citizen.fullName},
            {PersonItem::Number, citizen.number},
            {PersonItem::BirthDate, citizen.birthDate},
            {PersonItem::Sex, citizen.sex},
            {PersonItem::Nationality, citizen.nationality},
            {PersonItem::PlaceOfOrigin, citizen.placeOfOrigin},
            {PersonItem::Residence, citizen.residence},
            {PersonItem::IssueDate, citizen.issueDate},
            {PersonItem::ExpiryDate, citizen.expiryDate},
            {PersonItem::OldNumber, citizen.oldNumber},
            {PersonItem::Ethnicity, citizen.ethnicity},
            {PersonItem::Religion, citizen.religion},
            {PersonItem::DistinguishingFeatures, citizen.distinguishingFeatures},
            {PersonItem::FatherName, citizen.fatherName},
            {PersonItem::MotherName, citizen.motherName},
            {PersonItem::SpouseName, citizen.spouseName}};
}

std::string sexOf(lds::Sex sex) {
    switch (sex) {
    case lds::Sex::Male:
        return "Nam";
    case lds::Sex::Female:
        return "Nữ";
    case lds::Sex::Unspecified:
        break;
    }
    return {};
}

std::vector<Person::Entry> entriesOf(const lds::MachineReadableZone& zone, Date today) {
    return {{PersonItem::FullName, zone.name()},
            {PersonItem::Number, zone.vietnameseNumber().value_or(zone.documentNumber)},
            {PersonItem::BirthDate, asPrinted(zone.fullBirthDate(today))},
            {PersonItem::Sex, sexOf(zone.sex)},
            {PersonItem::Nationality, zone.nationality},
            {PersonItem::ExpiryDate, asPrinted(zone.fullExpiryDate(today))}};
}

} // namespace

Person personOf(const lds::DataGroup1* dataGroup1, const lds::VietnameseDataGroup13* dataGroup13,
                Date today) {
    Person person;
    std::optional<Date> issueDate;
    if (dataGroup13 != nullptr) {
        person.entries = entriesOf(dataGroup13->citizen);
        issueDate = lds::dateFromDataGroup13(dataGroup13->citizen.issueDate);
    } else if (dataGroup1 != nullptr) {
        person.entries = entriesOf(dataGroup1->machineReadableZone, today);
        person.nameWithoutDiacritics = true;
    }
    std::erase_if(person.entries, [](const Person::Entry& entry) { return entry.value.empty(); });
    if (dataGroup1 != nullptr) {
        person.expiryDate = dataGroup1->machineReadableZone.fullExpiryDate(today, issueDate);
        person.expired = person.expiryDate && *person.expiryDate < today;
    }
    return person;
}

} // namespace cancuoc::teller
