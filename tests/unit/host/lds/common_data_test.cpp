// SPDX-License-Identifier: Apache-2.0
#include "host/lds/common_data.hpp"

#include "host/base/error.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::lds;

TEST_CASE("EF.COM of the BSI reference data set") {
    const Bytes file = test::readTestData("bsi-reference/EF_COM.bin");
    const CommonData commonData = CommonData::decode(file);
    CHECK(commonData.ldsVersion == "0107");
    CHECK(commonData.unicodeVersion == "040000");
    CHECK(commonData.dataGroups() == std::vector<int>{1, 2, 3, 4, 14});
    CHECK(commonData.encode() == file);
}

TEST_CASE("EF.COM of the Vietnamese card") {
    const CommonData commonData = CommonData::forDataGroups({1, 2, 3, 13, 14, 15});
    CHECK(toHex(commonData.encode()) == "60185F0104303130375F36063034303030305C066175636D6E6F");
    CHECK(CommonData::decode(commonData.encode()) == commonData);
}

TEST_CASE("EF.COM keeps tags that name no data group") {
    CommonData commonData = CommonData::forDataGroups({1});
    commonData.tagList.push_back(0x71);
    const CommonData read = CommonData::decode(commonData.encode());
    CHECK(read.tagList == Bytes{0x61, 0x71});
    CHECK(read.dataGroups() == std::vector<int>{1});
}

TEST_CASE("the EF.COM of Doc 9303-10, A.1") {
    for (const std::string version : {"0107", "1599"}) {
        const Bytes file =
            concat(fromHex("6016 5F0104"), viewOf(version), fromHex("5F3606303430303030 5C046175766C"));
        const CommonData commonData = CommonData::decode(file);
        CHECK(commonData.ldsVersion == version);
        CHECK(commonData.dataGroups() == std::vector<int>{1, 2, 4, 12});
        CHECK(commonData.encode() == file);
    }
}

TEST_CASE("a malformed EF.COM is refused with its name") {
    const auto refuses = [](std::string_view hex, const char* reason) {
        try {
            (void)CommonData::decode(fromHex(hex));
            FAIL("accepted: " << hex);
        } catch (const MalformedData& error) {
            CHECK(std::string(error.what()).find("EF.COM") == 0);
            CHECK_MESSAGE(std::string(error.what()).find(reason) != std::string::npos,
                          std::string(error.what()));
        }
    };
    refuses("", "EF.COM");
    refuses("61175F0104303130375F36063034303030305C056175", "cut off");
    refuses("60135F0104303130375F36063034303030305C0261", "cut off");
    refuses("60145F0104303130375F36063034303030305C0161FF", "EF.COM");
    refuses("60135F0104303130585F36063034303030305C0161", "LDS version");
    refuses("60105F0104303130375F3606303430303030", "list of data groups");
}
