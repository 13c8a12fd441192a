// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_5.hpp"
#include "host/lds/data_group_7.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::lds;

TEST_CASE("the DG5 of Doc 9303-10, A.4") {
    const Bytes picture(2000, 0xD8);
    const Bytes file = concat(fromHex("658207D8 020101 5F408207D0"), picture);
    const auto dataGroup = DataGroup5::decode(file);
    CHECK(dataGroup.portraits == std::vector<Bytes>{picture});
    CHECK(dataGroup.encode() == file);
}

TEST_CASE("DG7 holds up to nine signatures or usual marks") {
    const Bytes file = fromHex("6710 020102 5F4303FFD8FF 5F4304FFD8FFE0");
    const auto dataGroup = DataGroup7::decode(file);
    CHECK(dataGroup.signatures == std::vector<Bytes>{fromHex("FFD8FF"), fromHex("FFD8FFE0")});
    CHECK(dataGroup.encode() == file);
    CHECK(DataGroup7{}.encode() == fromHex("6703020100"));
    CHECK(DataGroup7::decode(fromHex("6703020100")).signatures.empty());

    const DataGroup7 nine{std::vector<Bytes>(9, Bytes{0xFF})};
    CHECK(DataGroup7::decode(nine.encode()) == nine);
    const DataGroup7 ten{std::vector<Bytes>(10, Bytes{0xFF})};
    CHECK_THROWS_AS(static_cast<void>(ten.encode()), MalformedData);
}

TEST_CASE("the pictures count, not their number in the file") {
    // No number, one that is too large, and one that is too small.
    for (const std::string_view file :
         {"67065F4303FFD8FF", "6709 020105 5F4303FFD8FF", "6709 020100 5F4303FFD8FF"}) {
        CHECK(DataGroup7::decode(fromHex(file)).signatures.size() == 1);
    }
}

TEST_CASE("malformed displayed images are refused with the name of their file") {
    std::string ten = "6729020109";
    for (int count = 0; count < 10; ++count) {
        ten += "5F4301FF";
    }
    ten.replace(2, 2, "2B");
    for (const std::string& file :
         {std::string(), std::string("6506020101 5F4000"), std::string("6704 5F4303FF"),
          std::string("6706 020101 5F4000"), std::string("6706 5F4303FFD8FF00"), ten}) {
        CAPTURE(file);
        try {
            static_cast<void>(DataGroup7::decode(fromHex(file)));
            FAIL("accepted");
        } catch (const MalformedData& error) {
            CHECK(std::string(error.what()).starts_with("DG7 is malformed: "));
        }
    }
}
