// SPDX-License-Identifier: Apache-2.0
#include "host/lds/card_access.hpp"
#include "host/lds/common_data.hpp"
#include "host/lds/data_group_11.hpp"
#include "host/lds/data_group_12.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_7.hpp"
#include "host/lds/directory.hpp"
#include "host/lds/issuer_data_group.hpp"
#include "host/lds/security_object_file.hpp"

#include "host/apdu/tlv.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>

// What States have written otherwise than Doc 9303-10 says, with invented people in it.

using namespace cancuoc;
using namespace cancuoc::lds;

namespace {

Bytes detail(std::uint32_t tag, std::string_view text) {
    return encodeTlv(tag, viewOf(text));
}

/// `definite`, a constructed data object, with an indefinite length and end-of-contents (X.690, 8.1.3.6).
Bytes withIndefiniteLength(BytesView definite) {
    TlvReader reader(definite);
    return concat(Bytes{definite[0], 0x80}, reader.next()->value, Bytes{0x00, 0x00});
}

} // namespace

TEST_CASE("China: other names in DG11 outside A0, DG17 to DG19 in EF.COM") {
    const auto dataGroup = DataGroup11::decode(
        encodeTlv(0x6B, fromHex("5C06 5F0E5F0F5F10"), detail(0x5F0E, "ZHANG<<SAN"),
                  detail(0x5F0F, "ZHANG<<SI"), detail(0x5F0F, "ZHANG<<WU"), detail(0x5F10, "1")));
    CHECK(dataGroup.otherNames == std::vector<std::string>{"ZHANG<<SI", "ZHANG<<WU"});
    CHECK(dataGroup.personalNumber == "1");
    CHECK(DataGroup11::decode(dataGroup.encode()) == dataGroup);

    const auto commonData =
        CommonData::decode(fromHex("6018 5F010430313037 5F3606303430303030 5C06 617571727377"));
    CHECK(commonData.tagList == fromHex("617571727377"));
    CHECK(commonData.dataGroups() == std::vector<int>{1, 2});
}

TEST_CASE("Belarus: A0 itself in the tag list of DG11") {
    const auto dataGroup = DataGroup11::decode(encodeTlv(
        0x6B, fromHex("5C05 5F105F2BA0"), detail(0x5F10, "1234567A001PB0"), detail(0x5F2B, "20990101"),
        encodeTlv(0xA0, fromHex("020102"), detail(0x5F0F, "IVANOU<<IVAN"), detail(0x5F0F, "IVANOV<<IVAN"))));
    CHECK(dataGroup.otherNames.size() == 2);
    CHECK(dataGroup.birthDate == "20990101");
    CHECK(dataGroup.others.empty());
}

TEST_CASE("Malaysia, Spain and Taiwan: dates of two digits to a byte in DG11 and DG12") {
    const auto person = DataGroup11::decode(encodeTlv(0x6B, fromHex("5C02 5F2B"), fromHex("5F2B0420990131")));
    CHECK(person.birthDate == "20990131");
    CHECK(DataGroup11::decode(person.encode()).birthDate == "20990131");

    const auto document = DataGroup12::decode(encodeTlv(
        0x6C, fromHex("5C04 5F265F55"), fromHex("5F260420991231"), fromHex("5F550720991231235959")));
    CHECK(document.issueDate == "20991231");
    CHECK(document.personalizationTime == "20991231235959");
}

TEST_CASE("Belgium: tag 5F85 in DG12, and details without a value") {
    const auto document = DataGroup12::decode(
        encodeTlv(0x6C, fromHex("5C08 5F195F265F855F86"), detail(0x5F19, "UTOPIA"), fromHex("5F2600 5F1B00"),
                  fromHex("5F850E"), viewOf("20990101235959"), fromHex("5F8606"), viewOf("LINE 1")));
    CHECK(document.issuingAuthority == "UTOPIA");
    CHECK(document.issueDate.empty());
    CHECK(document.endorsements.empty());
    CHECK(document.personalizationTime == "20990101235959");
    CHECK(document.personalizationSystem == "LINE 1");
    CHECK(document.others.empty());
    CHECK(DataGroup12::decode(document.encode()) == document);

    // A long value behind the former tag.
    const std::string serial(200, 'S');
    const auto longer =
        DataGroup12::decode(encodeTlv(0x6C, fromHex("5F8681C8"), viewOf(serial), detail(0x5F19, "UTOPIA")));
    CHECK(longer.personalizationSystem == serial);
    CHECK(longer.issuingAuthority == "UTOPIA");
}

TEST_CASE("France: separators repeated, and at the ends of a text") {
    CHECK(splitAtFillers("<PARIS<<FRA<") == std::vector<std::string>{"PARIS", "FRA"});
    CHECK(splitAtFillers("<").empty());
    CHECK(nameWithoutFillers("ERIKSSON<<ANNA<MARIA<<<<") == "ERIKSSON, ANNA MARIA");
    CHECK(nameWithoutFillers("ERIKSSON").size() == 8);
}

TEST_CASE("tag lists that say more or less than there is, or are not there") {
    for (const std::string_view list : {"", "5C00", "5C02 5F0E", "5C04 5F105F18", "5C03 5F105F"}) {
        const auto dataGroup = DataGroup11::decode(encodeTlv(0x6B, fromHex(list), detail(0x5F10, "1")));
        CHECK(dataGroup.personalNumber == "1");
        CHECK(dataGroup.others.empty());
    }
}

TEST_CASE("Hungary: a signature in DG7 that is an Exif picture") {
    const Bytes exif = concat(fromHex("FFD8FFE10010"), viewOf(std::string_view("Exif\0\0", 6)));
    CHECK(DataGroup7::decode(encodeTlv(0x67, fromHex("020101"), encodeTlv(0x5F43, exif))).signatures ==
          std::vector<Bytes>{exif});
}

TEST_CASE("Singapore: a DG13 that is no sequence of data objects") {
    const Bytes file = fromHex("6D04 5F24FF01");
    CHECK(IssuerDataGroup::decode(file).encode() == file);
}

TEST_CASE("Germany: the eID application beside the eMRTD in EF.DIR, several PACEInfos in EF.CardAccess") {
    const auto directory = Directory::decode(
        fromHex("61094F07A0000002471001 610B4F09E80704007F00070302 610C4F0AA000000167455349474E"));
    CHECK(directory.applications.size() == 3);
    CHECK(directory.lists(application::emrtd));

    const auto cardAccess = CardAccess::decode(fromHex("3128 3012060A04007F0007020204020202010202010D"
                                                       "3012060A04007F00070202040202020102020154"));
    CHECK(cardAccess.securityInfos.all<PaceInfo>().size() == 2);
    CHECK(cardAccess.securityInfos.all<PaceInfo>()[1].parameterId == 0x54);
}

TEST_CASE("several States: SecurityInfos in another order than DER's") {
    const std::string pace = "3012060A04007F0007020204020202010202010D";
    const std::string terminalAuthentication = "300D060804007F0007020202020101";
    const auto cardAccess = CardAccess::decode(fromHex("3123" + pace + terminalAuthentication));
    const auto dataGroup = DataGroup14::decode(fromHex("6E253123" + terminalAuthentication + pace));
    CHECK(dataGroup.contains(cardAccess));
    CHECK(cardAccess.encode() == fromHex("3123" + terminalAuthentication + pace));
}

TEST_CASE("a SecurityInfo that only informs is kept, however it is written") {
    // CardInfoLocator with a UTF8String
    const Bytes file = fromHex("3113 3011060804007F00070202060C05687474703A");
    const auto cardAccess = CardAccess::decode(file);
    CHECK(cardAccess.securityInfos.all<UnknownSecurityInfo>().size() == 1);
    CHECK(cardAccess.encode() == file);
}

TEST_CASE("the United States: a SignedData of indefinite length in EF.SOD") {
    const auto definite = SecurityObjectFile::decode(test::readTestData("bsi-reference/EF_SOD.bin"));
    const Bytes file = encodeTlv(0x77, withIndefiniteLength(definite.signedData().contentInfo()));
    const auto indefinite = SecurityObjectFile::decode(file);
    CHECK(indefinite.encode() == file);
    CHECK(indefinite.documentSecurityObject() == definite.documentSecurityObject());
    CHECK(indefinite.signedData().certificates() == definite.signedData().certificates());
}
