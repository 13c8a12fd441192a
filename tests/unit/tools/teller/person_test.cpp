// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/person.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::teller;
using namespace std::chrono_literals;

namespace {

constexpr Date today = 2120y / 1 / 1;

lds::DataGroup1 inventedZone() {
    lds::DataGroup1 dataGroup1;
    dataGroup1.machineReadableZone =
        lds::MachineReadableZone::parse("IDVNM2990000011001299000001<<2 9901018M2401014VNM<<<<<<<<<<<2 "
                                        "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<");
    return dataGroup1;
}

lds::VietnameseDataGroup13 inventedCitizen() {
    lds::VietnameseDataGroup13 dataGroup13;
    dataGroup13.citizen.number = "001299000001";
    dataGroup13.citizen.fullName = "Nguyễn Văn Mẫu";
    dataGroup13.citizen.issueDate = "02/01/2113";
    dataGroup13.citizen.expiryDate = "01/01/2124";
    return dataGroup13;
}

std::string valueOf(const Person& person, PersonItem item) {
    const auto found = std::find_if(person.entries.begin(), person.entries.end(),
                                    [item](const Person::Entry& entry) { return entry.item == item; });
    return found != person.entries.end() ? found->value : "";
}

} // namespace

TEST_CASE("the holder is shown as DG13 writes them, and only what it says") {
    const auto zone = inventedZone();
    const auto citizen = inventedCitizen();
    const auto person = personOf(&zone, &citizen, today);
    CHECK(valueOf(person, PersonItem::FullName) == "Nguyễn Văn Mẫu");
    CHECK(person.entries.size() == 4);
    CHECK_FALSE(person.nameWithoutDiacritics);
    CHECK_FALSE(person.expired);
    CHECK(person.expiryDate == Date(2124y / 1 / 1));
}

TEST_CASE("without DG13 the zone says who it is, without diacritics") {
    const auto zone = inventedZone();
    const auto person = personOf(&zone, nullptr, today);
    CHECK(valueOf(person, PersonItem::FullName) == "NGUYEN VAN MAU");
    CHECK(valueOf(person, PersonItem::Number) == "001299000001");
    CHECK(valueOf(person, PersonItem::BirthDate) == "01/01/2099");
    CHECK(valueOf(person, PersonItem::Sex) == "Nam");
    CHECK(valueOf(person, PersonItem::ExpiryDate) == "01/01/2124");
    CHECK(person.nameWithoutDiacritics);
    CHECK(personOf(nullptr, nullptr, today).entries.empty());
}

TEST_CASE("a card is expired from the day after its expiry date") {
    const auto zone = inventedZone();
    const auto citizen = inventedCitizen();
    CHECK_FALSE(personOf(&zone, &citizen, 2124y / 1 / 1).expired);
    CHECK(personOf(&zone, &citizen, 2124y / 1 / 2).expired);
}
