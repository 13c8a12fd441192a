// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/fictional_place.hpp"

#include <array>

namespace cancuoc::personalization {

namespace {

// Codes of the birth registration (Circular 59/2021/TT-BCA, annex 1). A sample draws a province more often
// when it stands here more often: the two largest do.
constexpr std::array provinces{
    Province{"001", "Hà Nội", true},
    Province{"001", "Hà Nội", true},
    Province{"001", "Hà Nội", true},
    Province{"002", "Hà Giang", false},
    Province{"004", "Cao Bằng", false},
    Province{"006", "Bắc Kạn", false},
    Province{"008", "Tuyên Quang", false},
    Province{"010", "Lào Cai", false},
    Province{"011", "Điện Biên", false},
    Province{"012", "Lai Châu", false},
    Province{"014", "Sơn La", false},
    Province{"015", "Yên Bái", false},
    Province{"017", "Hòa Bình", false},
    Province{"019", "Thái Nguyên", false},
    Province{"020", "Lạng Sơn", false},
    Province{"022", "Quảng Ninh", false},
    Province{"024", "Bắc Giang", false},
    Province{"025", "Phú Thọ", false},
    Province{"026", "Vĩnh Phúc", false},
    Province{"027", "Bắc Ninh", false},
    Province{"030", "Hải Dương", false},
    Province{"031", "Hải Phòng", true},
    Province{"033", "Hưng Yên", false},
    Province{"034", "Thái Bình", false},
    Province{"035", "Hà Nam", false},
    Province{"036", "Nam Định", false},
    Province{"037", "Ninh Bình", false},
    Province{"038", "Thanh Hóa", false},
    Province{"040", "Nghệ An", false},
    Province{"042", "Hà Tĩnh", false},
    Province{"044", "Quảng Bình", false},
    Province{"045", "Quảng Trị", false},
    Province{"046", "Thừa Thiên Huế", false},
    Province{"048", "Đà Nẵng", true},
    Province{"049", "Quảng Nam", false},
    Province{"051", "Quảng Ngãi", false},
    Province{"052", "Bình Định", false},
    Province{"054", "Phú Yên", false},
    Province{"056", "Khánh Hòa", false},
    Province{"058", "Ninh Thuận", false},
    Province{"060", "Bình Thuận", false},
    Province{"062", "Kon Tum", false},
    Province{"064", "Gia Lai", false},
    Province{"066", "Đắk Lắk", false},
    Province{"067", "Đắk Nông", false},
    Province{"068", "Lâm Đồng", false},
    Province{"070", "Bình Phước", false},
    Province{"072", "Tây Ninh", false},
    Province{"074", "Bình Dương", false},
    Province{"075", "Đồng Nai", false},
    Province{"077", "Bà Rịa - Vũng Tàu", false},
    Province{"079", "TP. Hồ Chí Minh", true},
    Province{"079", "TP. Hồ Chí Minh", true},
    Province{"079", "TP. Hồ Chí Minh", true},
    Province{"080", "Long An", false},
    Province{"082", "Tiền Giang", false},
    Province{"083", "Bến Tre", false},
    Province{"084", "Trà Vinh", false},
    Province{"086", "Vĩnh Long", false},
    Province{"087", "Đồng Tháp", false},
    Province{"089", "An Giang", false},
    Province{"091", "Kiên Giang", false},
    Province{"092", "Cần Thơ", true},
    Province{"093", "Hậu Giang", false},
    Province{"094", "Sóc Trăng", false},
    Province{"095", "Bạc Liêu", false},
    Province{"096", "Cà Mau", false},
};

// Names of the kind that communes, districts and streets bear all over the country; who lives where is made
// up.
constexpr std::array placeNames{"Tân Lập",     "Bình Minh",  "Đông Hải",    "Phú Thịnh",   "An Khánh",
                                "Long Thành",  "Hòa Lạc",    "Thượng Lâm",  "Mỹ Đức",      "Quảng Yên",
                                "Vĩnh Phước",  "Nghĩa Lộ",   "Khánh Thiện", "Xuân Trường", "Ngọc Sơn",
                                "Đại Đồng",    "Thới Thuận", "Suối Trầu",   "Ea Wy",       "Mường Và",
                                "Trường Xuân", "Cẩm Thủy",   "Hiệp Hưng",   "Lũng Cú Hạ"};
constexpr std::array streetNames{"Hoa Sữa",    "Hàng Vải Mới", "Bến Tre Xanh", "Cây Bàng",
                                 "Đường Sách", "Phượng Vĩ",    "Trăng Rằm",    "Ngọc Lan",
                                 "Bằng Lăng",  "Sông Xanh",    "Gió Mới",      "Mùa Thu"};

} // namespace

const Province& drawProvince(Lot& lot) {
    return lot.pick(provinces);
}

std::string drawCommune(const Province& province, Lot& lot) {
    const char* commune = province.urban ? "Phường " : lot.chance(80) ? "Xã " : "Thị trấn ";
    const char* district = province.urban ? "Quận " : lot.chance(80) ? "Huyện " : "Thị xã ";
    // Evaluated one by one: the order of operands is not fixed, and the lots must be.
    const std::string communeName = lot.pick(placeNames);
    const std::string districtName = lot.pick(placeNames);
    return commune + communeName + ", " + district + districtName + ", " + province.name;
}

std::string drawAddress(const Province& province, Lot& lot) {
    std::string house;
    if (province.urban) {
        house = "Số " + std::to_string(lot.between(1, 480));
        if (lot.chance(40)) {
            house += " Ngõ " + std::to_string(lot.between(2, 299));
        }
        house += std::string(" Phố ") + lot.pick(streetNames);
    } else if (lot.chance(60)) {
        house = "Thôn " + std::to_string(lot.between(1, 14));
    } else {
        house = lot.chance(50) ? "Ấp " : "Tổ dân phố ";
        house += lot.pick(placeNames);
    }
    return house + ", " + drawCommune(province, lot);
}

} // namespace cancuoc::personalization
