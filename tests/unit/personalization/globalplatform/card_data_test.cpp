// SPDX-License-Identifier: Apache-2.0
// The card recognition data are of real cards: martinpaljak/GlobalPlatformPro, TestParseTags.java. Values
// only.
#include "personalization/globalplatform/card_data.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

TEST_CASE("the protocols that real cards offer") {
    const auto one = decodeOfferedProtocols(fromHex(
        "664C734A06072A864886FC6B01600C060A2A864886FC6B02020101630906072A864886FC6B03640B06092A864886FC6B"
        "040215650B06092B8510864864020103660C060A2B060104012A026E0102"));
    REQUIRE(one.size() == 1);
    CHECK(one[0].identifier == 0x02);
    CHECK(one[0].option == 0x15);
    const auto two = decodeOfferedProtocols(fromHex(
        "6657735506072A864886FC6B01600B06092A864886FC6B020202630906072A864886FC6B03640B06092A864886FC6B04"
        "0370640B06092A864886FC6B048000650A06082A864886FC6B0504660C060A2B060104012A026E0103"));
    REQUIRE(two.size() == 2);
    CHECK(two[0].identifier == 0x03);
    CHECK(two[0].option == 0x70);
    CHECK(two[1].identifier == 0x80);
    CHECK_THROWS_AS(static_cast<void>(decodeOfferedProtocols(fromHex("6600"))), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(decodeOfferedProtocols(fromHex("6702 7300"))), MalformedData);
}

TEST_CASE("key information templates") {
    const auto keys =
        decodeKeyInformation(fromHex("E0 16 C0 04 01FF8010 C0 04 02308820 C0 08 0370A108A003AA55"));
    REQUIRE(keys.size() == 2);
    CHECK(keys[0].version == 0xFF);
    CHECK(keys[1].identifier == 2);
    CHECK(keys[1].type == 0x88);
    CHECK(keys[1].size == 32);
    CHECK_THROWS_AS(static_cast<void>(decodeKeyInformation(fromHex("E0 05 C0 03 01FF80"))), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(decodeKeyInformation(fromHex("E0 06 C1 04 01FF8010"))), MalformedData);
}

TEST_CASE("card production life cycle data, with and without their tag") {
    const Bytes value =
        fromHex("4790 0503 8168 9305 0200 6113 01020304 0506 000000000000000000000000000000000000"
                "000000000000");
    for (const Bytes& data : {value, concat(fromHex("9F7F2A"), value)}) {
        const auto decoded = decodeProductionLifeCycleData(data);
        CHECK(toHex(decoded.fabricator) == "4790");
        CHECK(toHex(decoded.type) == "0503");
        CHECK(toHex(decoded.operatingSystem) == "8168");
        CHECK(toHex(decoded.operatingSystemReleaseDate) == "9305");
        CHECK(toHex(decoded.operatingSystemReleaseLevel) == "0200");
        CHECK(toHex(decoded.fabricationDate) == "6113");
        CHECK(toHex(decoded.serialNumber) == "01020304");
        CHECK(toHex(decoded.batch) == "0506");
        CHECK(decoded.rest.size() == 24);
    }
    CHECK_THROWS_AS(static_cast<void>(decodeProductionLifeCycleData(fromHex("9F7F020102"))), MalformedData);
    CHECK_THROWS_AS(static_cast<void>(decodeProductionLifeCycleData(Bytes(41))), MalformedData);
}
