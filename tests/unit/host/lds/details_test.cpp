// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_11.hpp"
#include "host/lds/data_group_12.hpp"
#include "host/lds/data_group_16.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::lds;

namespace {

Bytes detail(std::uint32_t tag, std::string_view text) {
    return encodeTlv(tag, viewOf(text));
}

} // namespace

TEST_CASE("the DG11 of Doc 9303-10, A.5") {
    // The Doc prints the telephone number without the hyphens that its length counts.
    const Bytes file = concat(fromHex("6B63 5C0A 5F0E5F115F425F125F13"), detail(0x5F0E, "SMITH<<JOHN<J"),
                              detail(0x5F11, "ANYTOWN<MN"), detail(0x5F42, "123 MAPLE RD<ANYTOWN<MN"),
                              detail(0x5F12, "1-612-555-1212"), detail(0x5F13, "TRAVEL<AGENT"));
    REQUIRE(file.size() == 0x65);
    const auto dataGroup = DataGroup11::decode(file);
    CHECK(dataGroup.fullName == "SMITH<<JOHN<J");
    CHECK(nameWithoutFillers(dataGroup.fullName) == "SMITH, JOHN J");
    CHECK(dataGroup.placeOfBirth == "ANYTOWN<MN");
    CHECK(splitAtFillers(dataGroup.address) == std::vector<std::string>{"123 MAPLE RD", "ANYTOWN", "MN"});
    CHECK(dataGroup.telephone == "1-612-555-1212");
    CHECK(dataGroup.profession == "TRAVEL<AGENT");
    CHECK(dataGroup.encode() == file);
}

TEST_CASE("DG11 with every detail is written and read") {
    DataGroup11 dataGroup;
    dataGroup.fullName = "MẪU<<NGUYỄN<VĂN";
    dataGroup.otherNames = {"MAU<<VAN", "MAU<<AN"};
    dataGroup.personalNumber = "001299000001";
    dataGroup.birthDate = "20990101";
    dataGroup.placeOfBirth = "HÀ NỘI<VNM";
    dataGroup.address = "SỐ 1 PHỐ MẪU<HÀ NỘI";
    dataGroup.telephone = "+84000000000";
    dataGroup.profession = "TRAVEL AGENT";
    dataGroup.title = "DR";
    dataGroup.personalSummary = "SUMMARY";
    dataGroup.proofOfCitizenship = fromHex("FFD8FFE0");
    dataGroup.otherDocumentNumbers = "C0000001<C0000002";
    dataGroup.custodyInformation = "NONE";
    dataGroup.others = {{0x5F60, fromHex("01")}};
    const Bytes file = dataGroup.encode();
    CHECK(DataGroup11::decode(file) == dataGroup);

    TlvReader reader = readTlv(file, 0x6B, "DG11").children();
    CHECK(reader.expect(0x5C, "the tags").value.size() == 2 * 14);
    CHECK(reader.next()->tag == 0x5F0E);
    const Tlv names = *reader.next();
    CHECK(names.tag == 0xA0);
    CHECK(equal(names.value.first(3), fromHex("020102")));
    CHECK(DataGroup11{}.encode() == fromHex("6B025C00"));
    CHECK(DataGroup11::decode(fromHex("6B025C00")) == DataGroup11{});
}

TEST_CASE("DG12 with every detail is written and read") {
    DataGroup12 dataGroup;
    dataGroup.issuingAuthority = "UTOPIAN PASSPORT OFFICE";
    dataGroup.issueDate = "20990101";
    dataGroup.otherPersons = {"ERIKSSON<<OLLE"};
    dataGroup.endorsements = "NONE";
    dataGroup.taxOrExitRequirements = "NONE";
    dataGroup.frontImage = fromHex("FFD8FFE0");
    dataGroup.rearImage = fromHex("FFD8FFE1");
    dataGroup.personalizationTime = "20990101235959";
    dataGroup.personalizationSystem = "LINE 1";
    dataGroup.others = {{0x5F60, fromHex("01")}};
    const Bytes file = dataGroup.encode();
    CHECK(DataGroup12::decode(file) == dataGroup);

    TlvReader reader = readTlv(file, 0x6C, "DG12").children();
    CHECK(reader.expect(0x5C, "the tags").value.size() == 2 * 10);
    CHECK(reader.next()->tag == 0x5F19);
    CHECK(reader.next()->tag == 0x5F26);
    CHECK(reader.next()->tag == 0xA0);
    CHECK(reader.next()->tag == 0x5F1B);
}

TEST_CASE("the DG16 of Doc 9303-10, A.6") {
    const Bytes file = concat(
        fromHex("7081A2 020102"),
        encodeTlv(0xA1, detail(0x5F50, "20020101"), detail(0x5F51, "SMITH<<CHARLES<R"),
                  detail(0x5F52, "19525551212"), detail(0x5F53, "123 MAPLE RD<ANYTOWN<MN<55100")),
        encodeTlv(0xA2, detail(0x5F50, "20020315"), detail(0x5F51, "BROWN<<MARY<J"),
                  detail(0x5F52, "14155551212"), detail(0x5F53, "49 REDWOOD LN<OCEAN BREEZE<CA<94000")));
    REQUIRE(file.size() == 0xA5);
    const auto dataGroup = DataGroup16::decode(file);
    REQUIRE(dataGroup.persons.size() == 2);
    CHECK(dataGroup.persons[0].name == "SMITH<<CHARLES<R");
    CHECK(dataGroup.persons[1].dateRecorded == "20020315");
    CHECK(dataGroup.persons[1].telephone == "14155551212");
    CHECK(splitAtFillers(dataGroup.persons[1].address).size() == 4);
    CHECK(dataGroup.encode() == file);

    DataGroup16 many;
    many.persons.resize(15);
    CHECK(DataGroup16::decode(many.encode()) == many);
    many.persons.resize(16);
    CHECK_THROWS_AS(static_cast<void>(many.encode()), MalformedData);
}

TEST_CASE("dates are read as characters and as packed digits") {
    CHECK(readDetailDate(viewOf("19640812")) == "19640812");
    CHECK(readDetailDate(fromHex("19640812")) == "19640812");
    CHECK(readDetailDate(fromHex("00000000")) == "00000000");
    CHECK(readDetailDate(fromHex("20990101235959")) == "20990101235959");
    CHECK(readDetailDate(viewOf("1964")) == "1964");
    CHECK(readDetailDate(viewOf("12.8.1964")) == "12.8.1964");
    CHECK(readDetailDate({}).empty());
}

TEST_CASE("malformed details are refused with the name of their file") {
    std::string many;
    for (int count = 0; count < 129; ++count) {
        many += "5F100131";
    }
    const auto content = [](std::uint32_t tag, const std::string& hex) {
        return encodeTlv(tag, fromHex(hex));
    };
    for (const std::string& hex : {std::string("5F"), std::string("5F85"), std::string("5F8510"),
                                   std::string("5F10033132"), std::string("A003020102 5F0F"), many}) {
        CAPTURE(hex);
        CHECK_THROWS_AS(static_cast<void>(DataGroup11::decode(content(0x6B, hex))), MalformedData);
        CHECK_THROWS_AS(static_cast<void>(DataGroup12::decode(content(0x6C, hex))), MalformedData);
        CHECK_THROWS_AS(static_cast<void>(DataGroup16::decode(content(0x70, "A1" + hex))), MalformedData);
    }
    CHECK_THROWS_WITH_AS(static_cast<void>(DataGroup11::decode({})), doctest::Contains("DG11 is malformed: "),
                         MalformedData);
    CHECK_THROWS_AS(static_cast<void>(DataGroup16::decode(fromHex("70035F5000"))), MalformedData);
}
