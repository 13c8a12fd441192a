// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/fictional_citizen.hpp"

#include "personalization/intake/validation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace cancuoc::personalization;

namespace {

constexpr std::uint64_t seed = 20990101;

FictionalCitizen citizen(unsigned index) {
    Lot lot(seed, index);
    return drawCitizen(index, lot);
}

} // namespace

TEST_CASE("Fictional citizens keep every rule of the intake; only long names draw their warning") {
    for (unsigned index = 0; index < 5000; ++index) {
        const CitizenRecord record = citizen(index).record;
        const auto findings = validate(record, Pictures{}, IntakePolicy{});
        for (const Finding& finding : findings) {
            INFO(record.number);
            REQUIRE(finding.rule->id == "name.mrz-length");
        }
    }
}

TEST_CASE("Fictional citizens belong to nobody: born 2090 to 2099, old numbers of no province") {
    for (unsigned index = 0; index < 5000; ++index) {
        const CitizenRecord record = citizen(index).record;
        REQUIRE(record.number.substr(3, 1) == (record.sex == Sex::Male ? "2" : "3"));
        REQUIRE(record.number.at(4) == '9');
        REQUIRE(static_cast<int>(record.birthDate.year()) / 10 == 209);
        REQUIRE((record.oldNumber.empty() || record.oldNumber.substr(0, 2) == "99"));
    }
}

TEST_CASE("A sample shows what cards have to cope with") {
    bool noExpiry = false;
    bool longName = false;
    bool spouse = false;
    bool oldNumber = false;
    std::string letters;
    std::set<std::string> names;
    for (unsigned index = 0; index < 2000; ++index) {
        const CitizenRecord record = citizen(index).record;
        noExpiry |= !record.expiryDate;
        // A TD1 name line has 30 characters; the name with its filler must overflow it sometimes.
        longName |= std::count_if(record.fullName.begin(), record.fullName.end(),
                                  [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }) > 29;
        spouse |= !record.spouseName.empty();
        oldNumber |= !record.oldNumber.empty();
        letters += record.fullName;
        names.insert(record.fullName);
    }
    CHECK(noExpiry);
    CHECK(longName);
    CHECK(spouse);
    CHECK(oldNumber);
    CHECK(names.size() > 1500);
    for (const char* letter : {"Đ", "ễ", "ữ", "ỵ", "ẩ", "ừ", "Ư", "Ấ", "Ẩ"}) {
        INFO(letter);
        CHECK(letters.find(letter) != std::string::npos);
    }
}

TEST_CASE("A mark is described in the words of the card") {
    DistinguishingMark mark;
    mark.kind = DistinguishingMark::Kind::Mole;
    mark.place = DistinguishingMark::Place::LeftEyeCorner;
    mark.below = true;
    mark.outwards = false;
    mark.centimetres = 1;
    CHECK(mark.text() == "Nốt ruồi C:1cm dưới trước đuôi mắt trái");
    mark.kind = DistinguishingMark::Kind::Scar;
    mark.place = DistinguishingMark::Place::RightNostril;
    mark.below = false;
    mark.outwards = true;
    mark.centimetres = 1.5;
    CHECK(mark.text() == "Sẹo chấm C:1,5cm trên sau cánh mũi phải");
}

TEST_CASE("The same lot draws the same citizen, another lot another") {
    CHECK(citizen(7).record == citizen(7).record);
    CHECK(citizen(7).record.fullName + citizen(7).record.residence !=
          citizen(8).record.fullName + citizen(8).record.residence);
}
