// SPDX-License-Identifier: Apache-2.0
#include "host/lds/directory.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using lds::Directory;

TEST_CASE("EF.DIR of Doc 9303-10, table 31, is read and written") {
    const Bytes file = fromHex("61094F07A0000002471001 61094F07A0000002472001"
                               "61094F07A0000002472002 61094F07A0000002472003");
    const auto directory = Directory::decode(file);
    CHECK(directory ==
          Directory::of({toBytes(lds::application::emrtd), toBytes(lds::application::travelRecords),
                         toBytes(lds::application::visaRecords),
                         toBytes(lds::application::additionalBiometrics)}));
    CHECK(directory.encode() == file);
    CHECK(directory.lists(lds::application::visaRecords));
    CHECK_FALSE(Directory::decode(fromHex("61094F07A0000002471001")).lists(lds::application::visaRecords));
}

TEST_CASE("EF.DIR in the forms that cards write is read") {
    SUBCASE("labels and paths behind the identifier stay") {
        const Bytes file = fromHex("61134F09E80704007F00070302 5006654964656E74");
        const auto directory = Directory::decode(file);
        REQUIRE(directory.applications.size() == 1);
        CHECK(directory.applications[0].identifier == fromHex("E80704007F00070302"));
        CHECK(directory.applications[0].others == fromHex("5006654964656E74"));
        CHECK(directory.encode() == file);
    }
    SUBCASE("an identifier without a template, padding, and other data objects") {
        const auto directory = Directory::decode(fromHex("00FF 4F07A0000002471001 530100 FFFF"));
        CHECK(directory == Directory::of({toBytes(lds::application::emrtd)}));
    }
    SUBCASE("no application at all") {
        CHECK(Directory::decode({}).applications.empty());
        CHECK(Directory::decode(Bytes(16)).applications.empty());
    }
}

TEST_CASE("a malformed EF.DIR is refused") {
    std::string many;
    for (int count = 0; count < 65; ++count) {
        many += "61034F0101";
    }
    for (const std::string& file :
         {std::string("6100"), std::string("61024F00"), std::string("61095007A0000002471001"),
          std::string("61094F07A00000024710"), "61134F11" + std::string(34, '0'), many}) {
        CAPTURE(file);
        CHECK_THROWS_AS(static_cast<void>(Directory::decode(fromHex(file))), MalformedData);
    }
    CHECK_THROWS_AS(static_cast<void>(Directory::decode(Bytes(Directory::maximumLength + 1))), MalformedData);
}
