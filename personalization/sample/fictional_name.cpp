// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/fictional_name.hpp"

#include <array>

namespace cancuoc::personalization {

namespace {

struct FamilyName {
    const char* name;
    int share; // of a thousand
};

// The shares of the common names are those usually given for the whole population; the long tail is there for
// its letters and lengths.
constexpr std::array familyNames{
    FamilyName{"Nguyễn", 300}, FamilyName{"Trần", 105},
    FamilyName{"Lê", 90},      FamilyName{"Phạm", 66},
    FamilyName{"Hoàng", 30},   FamilyName{"Huỳnh", 26},
    FamilyName{"Phan", 44},    FamilyName{"Vũ", 24},
    FamilyName{"Võ", 20},      FamilyName{"Đặng", 24},
    FamilyName{"Bùi", 22},     FamilyName{"Đỗ", 20},
    FamilyName{"Hồ", 18},      FamilyName{"Ngô", 18},
    FamilyName{"Dương", 16},   FamilyName{"Lý", 10},
    FamilyName{"Đinh", 10},    FamilyName{"Đoàn", 10},
    FamilyName{"Trương", 12},  FamilyName{"Lương", 9},
    FamilyName{"Tạ", 6},       FamilyName{"Quách", 6},
    FamilyName{"Nghiêm", 6},   FamilyName{"Uông", 6},
    FamilyName{"Khổng", 6},    FamilyName{"Kiều", 6},
    FamilyName{"Mạc", 6},      FamilyName{"Từ", 6},
    FamilyName{"Ưng", 6},      FamilyName{"Ông", 6},
    FamilyName{"Ỷ", 4},        FamilyName{"Thạch", 8},
    FamilyName{"Giàng", 8},    FamilyName{"Sùng", 8},
    FamilyName{"Lò", 8},       FamilyName{"Hoàng Phủ", 6},
    FamilyName{"Tôn Thất", 6}, FamilyName{"Phạm Đăng", 6},
    FamilyName{"Vũ Đình", 6},  FamilyName{"Nguyễn Phước", 10},
};

constexpr std::array menMiddleNames{
    "Văn",  "Hữu",       "Đức",      "Công",       "Quang", "Minh", "Xuân", "Đình", "Bá",     "Trọng",
    "Gia",  "Quốc",      "Thế",      "Ngọc",       "Thanh", "Tấn",  "Viết", "Khắc", "Nhật",   "Huy",
    "Vĩnh", "Phước Bảo", "Đỗ Hoàng", "Hoàng Nhật", "",      "Anh",  "Chí",  "Duy",  "Trường", "Phúc Nguyên"};
constexpr std::array menGivenNames{"Hùng", "Dũng",  "Tuấn", "Cường", "Đức",   "Khải",  "Phúc", "Thịnh",
                                   "Bảo",  "Duy",   "Huy",  "Tùng",  "Kiên",  "Long",  "Sơn",  "Nghĩa",
                                   "Đạt",  "Nhựt",  "Lĩnh", "Vượng", "Khánh", "Quyết", "Ấn",   "Lễ",
                                   "Ngữ",  "Thuật", "Bửu",  "Hiển",  "Mẫn",   "Quỹ"};
constexpr std::array womenMiddleNames{"Thị",
                                      "Ngọc",
                                      "Thị Thu",
                                      "Thị Thùy",
                                      "Thị Kim",
                                      "Phương",
                                      "Khánh",
                                      "Diệu",
                                      "Hoài",
                                      "Quỳnh",
                                      "Thị Ánh",
                                      "Mỹ",
                                      "Thị Hồng",
                                      "Bích",
                                      "Thị Mỹ",
                                      "Cẩm",
                                      "Tường",
                                      "Thị Như",
                                      "Thanh",
                                      "Kiều",
                                      "Thị Tuyết",
                                      "Hoàng Lê",
                                      "Thị Phương Quỳnh",
                                      "Huyền Tôn Nữ Thị",
                                      "Ái"};
constexpr std::array womenGivenNames{"Hương", "Lan",    "Thủy",  "Hạnh",  "Ngân", "Trinh", "Nguyệt", "Yến",
                                     "Thảo",  "Loan",   "Tuyết", "Diễm",  "Vy",   "Huyền", "Duyên",  "Ẩn",
                                     "Thơ",   "Nhã",    "Bưởi",  "Quế",   "Liễu", "Khuê",  "Thưởng", "Nữ",
                                     "Mỵ",    "Phượng", "Đào",   "Sương", "Ước",  "Nguyên"};

} // namespace

std::string drawFamilyName(Lot& lot) {
    int sum = 0;
    for (const FamilyName& family : familyNames) {
        sum += family.share;
    }
    int left = lot.between(1, sum);
    std::size_t index = 0;
    while (left > familyNames.at(index).share) {
        left -= familyNames.at(index).share;
        ++index;
    }
    return familyNames.at(index).name;
}

std::string drawFullName(const std::string& familyName, Sex sex, Lot& lot) {
    const std::string middle = sex == Sex::Male ? lot.pick(menMiddleNames) : lot.pick(womenMiddleNames);
    const std::string given = sex == Sex::Male ? lot.pick(menGivenNames) : lot.pick(womenGivenNames);
    return familyName + (middle.empty() ? " " : " " + middle + " ") + given;
}

} // namespace cancuoc::personalization
