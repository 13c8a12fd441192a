// SPDX-License-Identifier: Apache-2.0
#include "host/lds/card_access.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"

#include "host/base/error.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "tests/unit/test_data.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::lds;

namespace {

// EF.CardAccess of the Vietnamese citizen card, 54 bytes, as several public readers show it.
const char* const vietnameseCardAccess =
    "3134300d060804007f0007020202020101300f060a04007f000702020302020201013012"
    "060a04007f0007020204020202010202010d";

} // namespace

TEST_CASE("EF.CardAccess of the Vietnamese card, byte for byte") {
    const Bytes file = fromHex(vietnameseCardAccess);
    REQUIRE(file.size() == 54);
    CHECK(CardAccess::vietnameseCitizenCard().encode() == file);

    const CardAccess cardAccess = CardAccess::decode(file);
    CHECK(cardAccess == CardAccess::vietnameseCitizenCard());
    const auto paceInfos = cardAccess.securityInfos.all<PaceInfo>();
    REQUIRE(paceInfos.size() == 1);
    CHECK(paceInfos.front().protocol.toText() == "0.4.0.127.0.7.2.2.4.2.2");
    CHECK(paceInfos.front().version == 2);
    CHECK(paceInfos.front().parameterId == 13);
}

TEST_CASE("SecurityInfos are written in the order of DER, whatever order they are held in") {
    CardAccess cardAccess = CardAccess::vietnameseCitizenCard();
    std::reverse(cardAccess.securityInfos.infos.begin(), cardAccess.securityInfos.infos.end());
    CHECK(cardAccess.encode() == fromHex(vietnameseCardAccess));
}

TEST_CASE("DG14 of the BSI reference data set") {
    const DataGroup14 dataGroup = DataGroup14::decode(test::readTestData("bsi-reference/Datagroup14.bin"));
    const auto keys = dataGroup.securityInfos.all<ChipAuthenticationPublicKeyInfo>();
    REQUIRE(keys.size() == 1);
    CHECK(keys.front().protocol.toText() == oid::chipAuthenticationPublicKeyEcdh);
    CHECK_FALSE(keys.front().keyId);
    const auto key = decodeEllipticCurvePublicKey(keys.front().subjectPublicKeyInfo);
    REQUIRE(key);
    CHECK(key->curve.name() == "brainpoolP224r1");
    const auto chipAuthentication = dataGroup.securityInfos.all<ChipAuthenticationInfo>();
    REQUIRE(chipAuthentication.size() == 1);
    CHECK(chipAuthentication.front().protocol.toText() == "0.4.0.127.0.7.2.2.3.2.1");
    CHECK(dataGroup.securityInfos.all<TerminalAuthenticationInfo>().size() == 1);
    CHECK(DataGroup14::decode(dataGroup.encode()).securityInfos.infos.size() == 3);
}

TEST_CASE("DG14 tells whether it repeats EF.CardAccess") {
    const CardAccess cardAccess = CardAccess::vietnameseCitizenCard();
    DataGroup14 dataGroup{cardAccess.securityInfos};
    dataGroup.securityInfos.infos.push_back(
        ActiveAuthenticationInfo{ObjectIdentifier::fromText(oid::activeAuthentication), 1,
                                 ObjectIdentifier::fromText(oid::ecdsaPlainSha256)});
    CHECK(dataGroup.contains(cardAccess));
    CHECK(DataGroup14::decode(dataGroup.encode()).contains(cardAccess));

    CardAccess changed = cardAccess;
    std::get<PaceInfo>(changed.securityInfos.infos[2]).parameterId = 12;
    CHECK_FALSE(dataGroup.contains(changed));
}

TEST_CASE("every kind of SecurityInfo survives writing and reading") {
    SecurityInfos infos{{
        PaceInfo{ObjectIdentifier::fromText(oid::paceEcdhGmAesCbcCmac128), 2, 12},
        PaceDomainParameterInfo{ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.1"),
                                fromHex("300506032A0304"), 200},
        ChipAuthenticationInfo{ObjectIdentifier::fromText(oid::chipAuthenticationEcdhAesCbcCmac128), 1,
                               70000},
        ChipAuthenticationPublicKeyInfo{ObjectIdentifier::fromText(oid::chipAuthenticationPublicKeyEcdh),
                                        fromHex("3006300203010301"), 70000},
        TerminalAuthenticationInfo{ObjectIdentifier::fromText(oid::terminalAuthentication), 1,
                                   fromHex("30040402011C")},
        ActiveAuthenticationInfo{ObjectIdentifier::fromText(oid::activeAuthentication), 1,
                                 ObjectIdentifier::fromText(oid::ecdsaPlainSha256)},
        ChipAuthenticationDomainParameterInfo{ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.2"),
                                              fromHex("300506032A0304"), 41},
        EfDirInfo{ObjectIdentifier::fromText(oid::efDir), fromHex("61094F07A0000002471001")},
        CardInfoLocator{ObjectIdentifier::fromText(oid::cardInfoLocator), "http://utopia.example/",
                        fromHex("30040402011F")},
        EidSecurityInfo{ObjectIdentifier::fromText(oid::eidSecurity), fromHex("3002 3000"),
                        fromHex("300A 130430313038 13023034")},
        PrivilegedTerminalInfo{ObjectIdentifier::fromText(oid::privilegedTerminal),
                               CardAccess::vietnameseCitizenCard().encode()},
        UnknownSecurityInfo{ObjectIdentifier::fromText("1.2.3.4"), fromHex("300806032A03040101FF")},
    }};
    const SecurityInfos read = SecurityInfos::decode(infos.encode());
    REQUIRE(read.infos.size() == infos.infos.size());
    for (const SecurityInfo& info : infos.infos) {
        CHECK(std::find(read.infos.begin(), read.infos.end(), info) != read.infos.end());
    }
    CHECK(read.encode() == infos.encode());
}

TEST_CASE("the SecurityInfos for privileged terminals are SecurityInfos") {
    const PrivilegedTerminalInfo info{ObjectIdentifier::fromText(oid::privilegedTerminal),
                                      CardAccess::vietnameseCitizenCard().encode()};
    CHECK(info.securityInfos() == CardAccess::vietnameseCitizenCard().securityInfos);
    CHECK_THROWS_AS(static_cast<void>(PrivilegedTerminalInfo{info.protocol, fromHex("3101")}.securityInfos()),
                    MalformedData);
}

TEST_CASE("malformed SecurityInfos are refused") {
    const std::string whole = vietnameseCardAccess;
    CHECK_THROWS_AS((void)CardAccess::decode(fromHex(whole + "00")), MalformedData);
    for (std::size_t size = 0; size < whole.size() / 2; ++size) {
        CHECK_THROWS_AS((void)CardAccess::decode(fromHex(whole.substr(0, 2 * size))), MalformedData);
    }
    // a PACEInfo without a version, with a negative one, and with something behind it
    CHECK_THROWS_AS((void)SecurityInfos::decode(fromHex("310E300C060A04007F00070202040202")), MalformedData);
    CHECK_THROWS_AS((void)SecurityInfos::decode(fromHex("3111300F060A04007F000702020402020201FF")),
                    MalformedData);
    CHECK_THROWS_AS((void)SecurityInfos::decode(fromHex("31173015060A04007F00070202040202"
                                                        "02010202010D020101")),
                    MalformedData);
    CHECK_THROWS_AS((void)SecurityInfos::decode(Bytes(SecurityInfos::maximumLength + 1, 0x31)),
                    MalformedData);
}

TEST_CASE("DG15 of the BSI reference data set") {
    const Bytes file = test::readTestData("bsi-reference/Datagroup15.bin");
    const DataGroup15 dataGroup = DataGroup15::decode(file);
    CHECK(dataGroup.encode() == file);
    const EvpKey key = decodeSubjectPublicKeyInfo(dataGroup.subjectPublicKeyInfo);
    CHECK(EVP_PKEY_get_bits(key.get()) == 1024);
}

TEST_CASE("a malformed DG15 is refused") {
    CHECK_THROWS_AS((void)DataGroup15::decode(fromHex("6F00")), MalformedData);
    CHECK_THROWS_AS((void)DataGroup15::decode(fromHex("6F023000")), MalformedData);
    CHECK_THROWS_AS((void)DataGroup15::decode(fromHex("6F0C300830033001050301003000")), MalformedData);
}
