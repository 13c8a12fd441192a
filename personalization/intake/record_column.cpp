// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/record_column.hpp"

#include "host/base/date.hpp"
#include "host/base/error.hpp"

#include <array>

namespace cancuoc::personalization {

namespace {

using Record = CitizenRecord;

constexpr std::array<RecordColumn, 23> columns{{
    {"request_id", &Record::requestId, true, 64},
    {"number", &Record::number, true, 12},
    {"full_name", &Record::fullName, true, 100},
    {"birth_date", &Record::birthDate, true, 10},
    {"sex", &Record::sex, true, 1},
    {"nationality", &Record::nationality, true, 50},
    {"ethnicity", &Record::ethnicity, false, 50},
    {"religion", &Record::religion, false, 50},
    {"place_of_origin", &Record::placeOfOrigin, false, 200},
    {"place_of_birth_registration", &Record::placeOfBirthRegistration, false, 200},
    {"residence", &Record::residence, true, 200},
    {"distinguishing_features", &Record::distinguishingFeatures, false, 200},
    {"issue_date", &Record::issueDate, true, 10},
    {"expiry_date", &Record::expiryDate, false, 10},
    {"old_number", &Record::oldNumber, false, 9},
    {"father_name", &Record::fatherName, false, 100},
    {"mother_name", &Record::motherName, false, 100},
    {"spouse_name", &Record::spouseName, false, 100},
    {"other_name", &Record::otherName, false, 100},
    {"blood_group", &Record::bloodGroup, false, 10},
    {"portrait", &Record::portrait, true, 500},
    {"left_index", &Record::leftIndex, true, 500},
    {"right_index", &Record::rightIndex, true, 500},
}};

Date dateFrom(std::string_view text) {
    try {
        return dateFromIso(text);
    } catch (const MalformedData&) {
        throw MalformedData("must be a day of the calendar written YYYY-MM-DD, like 2099-12-31");
    }
}

Sex sexFrom(std::string_view text) {
    if (text != "M" && text != "F") {
        throw MalformedData("must be M (male) or F (female)");
    }
    return text == "M" ? Sex::Male : Sex::Female;
}

struct Assign {
    Record& record;
    std::string_view text;

    void operator()(std::string Record::*field) const { record.*field = text; }
    void operator()(Date Record::*field) const { record.*field = dateFrom(text); }
    void operator()(std::optional<Date> Record::*field) const {
        record.*field = text.empty() ? std::nullopt : std::optional(dateFrom(text));
    }
    void operator()(std::filesystem::path Record::*field) const {
        record.*field = std::filesystem::path(text);
    }
    void operator()(Sex Record::*field) const { record.*field = sexFrom(text); }
};

struct Write {
    const Record& record;

    std::string operator()(std::string Record::*field) const { return record.*field; }
    std::string operator()(Date Record::*field) const { return toIso(record.*field); }
    std::string operator()(std::optional<Date> Record::*field) const {
        return record.*field ? toIso(*(record.*field)) : std::string();
    }
    std::string operator()(std::filesystem::path Record::*field) const { return (record.*field).string(); }
    std::string operator()(Sex Record::*field) const { return record.*field == Sex::Male ? "M" : "F"; }
};

} // namespace

void RecordColumn::assign(CitizenRecord& record, std::string_view text) const {
    std::visit(Assign{record, text}, field);
}

std::string RecordColumn::text(const CitizenRecord& record) const {
    return std::visit(Write{record}, field);
}

std::span<const RecordColumn> recordColumns() {
    return columns;
}

} // namespace cancuoc::personalization
