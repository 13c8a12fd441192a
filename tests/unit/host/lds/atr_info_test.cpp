// SPDX-License-Identifier: Apache-2.0
#include "host/lds/atr_info.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using lds::AtrInfo;

TEST_CASE("EF.ATR/INFO of Doc 9303-10, table 29, is read and written") {
    const Bytes file = fromHex("4703B601E0 7F660A 02020400 0204000107D0");
    const auto atrInfo = AtrInfo::decode(file);
    REQUIRE(atrInfo.extendedLengths);
    CHECK(atrInfo.extendedLengths->maximumCommandLength == 1024);
    CHECK(atrInfo.extendedLengths->maximumResponseLength == 67536);
    REQUIRE(atrInfo.cardCapabilities);
    CHECK(atrInfo.cardCapabilities->softwareFunctions == std::array<std::uint8_t, 3>{0xB6, 0x01, 0xE0});
    CHECK(atrInfo.cardCapabilities->selectsByFullName());
    CHECK(atrInfo.cardCapabilities->knowsShortFileIdentifiers());
    CHECK(atrInfo.cardCapabilities->knowsRecordNumbers());
    CHECK(atrInfo.cardCapabilities->chainsCommands());
    CHECK(atrInfo.cardCapabilities->takesExtendedLengths());
    CHECK(atrInfo.cardCapabilities->statesLengthsInAtrInfo());
    CHECK(atrInfo.others.empty());
    CHECK(AtrInfo::decode(atrInfo.encode()) == atrInfo);
    CHECK(atrInfo.encode() == fromHex("4703B601E0 7F6609 02020400 02030107D0"));
}

TEST_CASE("what else EF.ATR/INFO holds is kept as it is written") {
    const Bytes file = fromHex("470394FFC0 4301B8 460404524534 7F2103010203");
    const auto atrInfo = AtrInfo::decode(file);
    CHECK_FALSE(atrInfo.extendedLengths);
    CHECK_FALSE(atrInfo.cardCapabilities->statesLengthsInAtrInfo());
    CHECK_FALSE(atrInfo.cardCapabilities->knowsRecordNumbers());
    CHECK(atrInfo.others ==
          std::vector<Bytes>{fromHex("4301B8"), fromHex("460404524534"), fromHex("7F2103010203")});
    CHECK(atrInfo.encode() == file);
    CHECK(AtrInfo{}.encode().empty());
}

TEST_CASE("EF.ATR/INFO with padding, without a sign byte, or read in part is understood") {
    const auto lengths = AtrInfo::decode(fromHex("00FF 7F6608 02028000 0202FFFF 0000 4701 80 FF"));
    REQUIRE(lengths.extendedLengths);
    CHECK(lengths.extendedLengths->maximumCommandLength == 0x8000);
    CHECK(lengths.extendedLengths->maximumResponseLength == 0xFFFF);
    CHECK(lengths.encode() == fromHex("4703800000 7F660A 0203008000 020300FFFF"));
    CHECK(lengths.cardCapabilities->selectsByFullName());

    const Bytes whole = fromHex("7F6608 02020400 02020400 430180 E003010203");
    for (std::size_t size = whole.size() - 8; size < whole.size(); ++size) {
        CHECK(AtrInfo::decode(BytesView(whole).first(size)).extendedLengths);
    }
    CHECK(AtrInfo::decode({}) == AtrInfo{});
}

TEST_CASE("a malformed EF.ATR/INFO is refused") {
    for (const std::string_view file :
         {"4700", "470400000000", "7F6600", "7F660402020400", "7F660702000202040000",
          "7F66080202040004020400", "7F660A02048000000002020400", "7F660B0205010000000002020400"}) {
        CAPTURE(file);
        CHECK_THROWS_AS(static_cast<void>(AtrInfo::decode(fromHex(file))), MalformedData);
    }
    CHECK_THROWS_AS(static_cast<void>(AtrInfo::decode(Bytes(AtrInfo::maximumLength + 1))), MalformedData);
}
