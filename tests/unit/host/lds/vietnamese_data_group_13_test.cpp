// SPDX-License-Identifier: Apache-2.0
#include "host/lds/vietnamese_data_group_13.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::lds;

namespace {

/// A DG13 whose set has these items, hexadecimal.
Bytes withItems(std::string_view items) {
    return encodeTlv(0x6D,
                     encodeTlv(0x30, fromHex("020101060628D316010008"), encodeTlv(0x31, fromHex(items))));
}

} // namespace

TEST_CASE("a whole DG13 in the layout of 2021") {
    const Bytes file = test::readHexTestData("dg13-cccd-2021.hex");
    const auto dataGroup = VietnameseDataGroup13::decode(file);
    const CitizenData& citizen = dataGroup.citizen;
    CHECK(citizen.number == "001299000001");
    CHECK(citizen.fullName == "Nguyễn Văn Mẫu");
    CHECK(citizen.birthDate == "01/01/2099");
    CHECK(citizen.sex == "Nam");
    CHECK(citizen.nationality == "Việt Nam");
    CHECK(citizen.ethnicity == "Kinh");
    CHECK(citizen.religion == "Không");
    CHECK(citizen.placeOfOrigin == "Xã Mẫu, Huyện Mẫu, Hà Nội");
    CHECK(citizen.residence == "Số 1 Phố Mẫu, Phường Mẫu, Hà Nội");
    CHECK(citizen.distinguishingFeatures == "Nốt ruồi C:1cm dưới mắt trái");
    CHECK(citizen.issueDate == "02/01/2113");
    CHECK(citizen.expiryDate == "01/01/2124");
    CHECK(citizen.fatherName == "Nguyễn Văn Cha");
    CHECK(citizen.motherName == "Trần Thị Mẹ");
    CHECK(citizen.spouseName.empty());
    CHECK(citizen.oldNumber == "000000000");
    CHECK(citizen.chipCode == "0123456789ABCDEF");
    CHECK(dataGroup.other.empty());
    CHECK(dataGroup.encode() == file);
}

TEST_CASE("parents nested in one SEQUENCE are read as well") {
    const auto dataGroup = VietnameseDataGroup13::decode(withItems("301302010D300E30050C034368613005"
                                                                   "0C034D65"
                                                                   "21"));
    CHECK(dataGroup.citizen.fatherName == "Cha");
    CHECK(dataGroup.citizen.motherName == "Me!");
}

TEST_CASE("a mother without a father keeps her place") {
    VietnameseDataGroup13 dataGroup;
    dataGroup.citizen.motherName = "Trần Thị Mẹ";
    const auto read = VietnameseDataGroup13::decode(dataGroup.encode());
    CHECK(read.citizen.fatherName.empty());
    CHECK(read.citizen.motherName == "Trần Thị Mẹ");
}

TEST_CASE("any item may lack its value") {
    const VietnameseDataGroup13 empty;
    CHECK(VietnameseDataGroup13::decode(empty.encode()) == empty);
    CHECK(VietnameseDataGroup13::decode(withItems("")) == empty);
}

TEST_CASE("items above 16 are kept as they are") {
    VietnameseDataGroup13 dataGroup;
    dataGroup.citizen.number = "001299000001";
    dataGroup.other.push_back(VietnameseDataGroup13::OtherItem::ofText(17, "O+"));
    dataGroup.other.push_back({200, fromHex("0101FF")});
    const auto read = VietnameseDataGroup13::decode(dataGroup.encode());
    CHECK(read == dataGroup);
    CHECK(read.other[0].text() == "O+");
    CHECK(read.other[1].text() == "0101FF");
}

TEST_CASE("a malformed DG13 is refused") {
    const Bytes file = test::readHexTestData("dg13-cccd-2021.hex");
    for (std::size_t size = 0; size < file.size(); ++size) {
        CHECK_THROWS_AS((void)VietnameseDataGroup13::decode(BytesView(file).first(size)), MalformedData);
    }
    const auto refuses = [](std::string_view items) {
        CHECK_THROWS_AS((void)VietnameseDataGroup13::decode(withItems(items)), MalformedData);
    };
    refuses("300302010130030201"
            "01");                     // the same item twice
    refuses("3003020100");             // no item 0
    refuses("30060201020C01FF");       // not UTF-8
    refuses("30090201020C01410C0142"); // two values of one item
    refuses("30060201010101FF");       // no string
    Bytes otherLayout = withItems("");
    otherLayout[10] = 7;
    CHECK_THROWS_AS((void)VietnameseDataGroup13::decode(otherLayout), MalformedData);
}
