// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/record_column.hpp"

#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "personalization/intake/order_path.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::personalization {

namespace {

using Record = CitizenRecord;

using Need = RecordColumn::Need;

/// Characters of one line of the card's text block: 55 mm beside the portrait, at most 15 characters in
/// 25.4 mm (Doc 9303-3, 3.2).
constexpr std::size_t faceLine = 32;

constexpr std::array<RecordColumn, 48> columns{{
    {"request_id", "Mã yêu cầu", &Record::requestId, Need::Value, 64},
    {"number", "Số định danh cá nhân", &Record::number, Need::Value, 12},
    {"full_name", "Họ, chữ đệm và tên khai sinh", &Record::fullName, Need::Value, 100, 2 * faceLine},
    {"birth_date", "Ngày sinh", &Record::birthDate, Need::Value, 10},
    {"sex", "Giới tính", &Record::sex, Need::Value, 1},
    {"nationality", "Quốc tịch", &Record::nationality, Need::Value, 50},
    {"ethnicity", "Dân tộc", &Record::ethnicity, Need::Column, 50},
    {"religion", "Tôn giáo", &Record::religion, Need::Column, 50},
    {"place_of_origin", "Quê quán", &Record::placeOfOrigin, Need::Column, 200, 2 * faceLine},
    {"place_of_birth_registration", "Nơi đăng ký khai sinh", &Record::placeOfBirthRegistration, Need::Column,
     200, 2 * faceLine},
    {"residence", "Nơi thường trú", &Record::residence, Need::Value, 200, 3 * faceLine},
    {"distinguishing_features", "Đặc điểm nhận dạng", &Record::distinguishingFeatures, Need::Column, 200,
     2 * faceLine},
    {"issue_date", "Ngày cấp", &Record::issueDate, Need::Value, 10},
    {"expiry_date", "Ngày hết hạn", &Record::expiryDate, Need::Column, 10},
    {"old_number", "Số chứng minh nhân dân 9 số", &Record::oldNumber, Need::Column, 9},
    {"father_name", "Họ tên cha", &Record::fatherName, Need::Column, 100},
    {"mother_name", "Họ tên mẹ", &Record::motherName, Need::Column, 100},
    {"spouse_name", "Họ tên vợ hoặc chồng", &Record::spouseName, Need::Column, 100},
    {"other_name", "Tên gọi khác", &Record::otherName, Need::Column, 100},
    {"blood_group", "Nhóm máu", &Record::bloodGroup, Need::Column, 10},
    {"portrait", "Ảnh chân dung", &Record::portrait, Need::Value, 500},
    {"left_index", "Ảnh ngón trỏ trái", &Record::leftIndex, Need::Value, 500},
    {"right_index", "Ảnh ngón trỏ phải", &Record::rightIndex, Need::Value, 500},
    {"place_of_birth", "Nơi sinh", &Record::placeOfBirth, Need::Nothing, 200},
    {"temporary_residence", "Nơi tạm trú", &Record::temporaryResidence, Need::Nothing, 200},
    {"current_residence", "Nơi ở hiện tại", &Record::currentResidence, Need::Nothing, 200},
    {"declared_absence", "Tình trạng khai báo tạm vắng", &Record::declaredAbsence, Need::Nothing, 200},
    {"residence_file", "Số hồ sơ cư trú", &Record::residenceFile, Need::Nothing, 50},
    {"cancelled_number", "Số định danh cá nhân đã hủy", &Record::cancelledNumber, Need::Nothing, 12},
    {"former_cards", "Các thẻ đã được cấp", &Record::formerCards, Need::Nothing, 500},
    {"marital_status", "Tình trạng hôn nhân", &Record::maritalStatus, Need::Nothing, 50},
    {"father_number", "Số định danh của cha", &Record::fatherNumber, Need::Nothing, 12},
    {"father_nationality", "Quốc tịch của cha", &Record::fatherNationality, Need::Nothing, 50},
    {"mother_number", "Số định danh của mẹ", &Record::motherNumber, Need::Nothing, 12},
    {"mother_nationality", "Quốc tịch của mẹ", &Record::motherNationality, Need::Nothing, 50},
    {"spouse_number", "Số định danh của vợ hoặc chồng", &Record::spouseNumber, Need::Nothing, 12},
    {"spouse_nationality", "Quốc tịch của vợ hoặc chồng", &Record::spouseNationality, Need::Nothing, 50},
    {"legal_representative_name", "Họ tên người đại diện hợp pháp", &Record::legalRepresentativeName,
     Need::Nothing, 100},
    {"legal_representative_number", "Số định danh của người đại diện hợp pháp",
     &Record::legalRepresentativeNumber, Need::Nothing, 12},
    {"legal_representative_nationality", "Quốc tịch của người đại diện hợp pháp",
     &Record::legalRepresentativeNationality, Need::Nothing, 50},
    {"children", "Các con", &Record::children, Need::Nothing, 1000},
    {"relation_to_head", "Quan hệ với chủ hộ", &Record::relationToHead, Need::Nothing, 50},
    {"head_of_household_name", "Họ tên chủ hộ", &Record::headOfHouseholdName, Need::Nothing, 100},
    {"head_of_household_number", "Số định danh của chủ hộ", &Record::headOfHouseholdNumber, Need::Nothing,
     12},
    {"household_members", "Các thành viên hộ gia đình", &Record::householdMembers, Need::Nothing, 1000},
    {"phone", "Số điện thoại", &Record::phone, Need::Nothing, 30},
    {"email", "Thư điện tử", &Record::email, Need::Nothing, 100},
    {"deceased_or_missing", "Ngày chết hoặc mất tích", &Record::deceasedOrMissing, Need::Nothing, 10},
}};

/// The day that `text` names; nothing when no calendar has it.
std::optional<Date> dateFrom(std::string_view text) {
    try {
        return dateFromIso(text);
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

struct Assign {
    Record& record;
    std::string_view text;

    const Rule* operator()(std::string Record::*field) const {
        record.*field = text;
        return nullptr;
    }
    const Rule* operator()(Date Record::*field) const {
        const auto date = dateFrom(text);
        record.*field = date.value_or(Date());
        return date ? nullptr : ruleNamed("date.form");
    }
    const Rule* operator()(std::optional<Date> Record::*field) const {
        record.*field = dateFrom(text);
        return text.empty() || record.*field ? nullptr : ruleNamed("date.form");
    }
    // A record comes from outside: it names pictures of its own order and no other file.
    const Rule* operator()(std::filesystem::path Record::*field) const {
        const std::filesystem::path path(text);
        record.*field = path;
        return staysInOrder(path) ? nullptr : ruleNamed("picture.path");
    }
    const Rule* operator()(Sex Record::*field) const {
        record.*field = text == "M" ? Sex::Male : Sex::Female;
        return text == "M" || text == "F" ? nullptr : ruleNamed("sex.form");
    }
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

const Rule* RecordColumn::assign(CitizenRecord& record, std::string_view text) const {
    return std::visit(Assign{record, text}, field);
}

std::string RecordColumn::text(const CitizenRecord& record) const {
    return std::visit(Write{record}, field);
}

bool RecordColumn::isPicture() const {
    return std::holds_alternative<std::filesystem::path CitizenRecord::*>(field);
}

std::span<const RecordColumn> recordColumns() {
    return columns;
}

const RecordColumn* recordColumnNamed(std::string_view name) {
    const auto column = std::find_if(columns.begin(), columns.end(),
                                     [name](const RecordColumn& known) { return known.name == name; });
    return column == columns.end() ? nullptr : &*column;
}

} // namespace cancuoc::personalization
