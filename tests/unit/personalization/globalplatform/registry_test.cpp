// SPDX-License-Identifier: Apache-2.0
// The first two answers are of real cards: martinpaljak/GlobalPlatformPro, TestParseTags.java. Values only.
#include "personalization/globalplatform/registry.hpp"

#include "host/base/error.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

TEST_CASE("answers of real cards to GET STATUS") {
    const auto plain = decodeRegistry(fromHex("E3144F07A00000015100009F700107C50180EA028000"));
    REQUIRE(plain.size() == 1);
    CHECK(toHex(plain[0].identifier) == "A0000001510000");
    CHECK(plain[0].lifeCycleState == 0x07);
    CHECK(toHex(plain[0].privileges) == "80");
    CHECK_FALSE(plain[0].loadFile);

    const auto full = decodeRegistry(
        fromHex("E3464F08A0000000030000009F700101C5039EFE80CF0140CF0141CF0142CF0143CF0180CF0181CF0182CF0183C4"
                "0BD276000005AAFFCAFE0001CE020001CC08A000000003000000"));
    REQUIRE(full.size() == 1);
    CHECK(toHex(full[0].privileges) == "9EFE80");
    CHECK(toHex(full[0].loadFile.value()) == "D276000005AAFFCAFE0001");
    CHECK(toHex(full[0].version.value()) == "0001");
    CHECK(toHex(full[0].securityDomain.value()) == "A000000003000000");
}

TEST_CASE("load files with their modules") {
    const auto entries = decodeRegistry(
        fromHex("E3 1F 4F 05F000000001 9F70 01 01 CE 02 0102 84 06 F00000000101 84 06 F00000000102"
                "E3 0B 4F 05F000000002 9F70 01 01"));
    REQUIRE(entries.size() == 2);
    REQUIRE(entries[0].modules.size() == 2);
    CHECK(toHex(entries[0].modules[1]) == "F00000000102");
    CHECK(toHex(entries[0].version.value()) == "0102");
    CHECK(entries[1].modules.empty());
    CHECK(decodeRegistry({}).empty());
}

TEST_CASE("what is no registry is refused") {
    for (const char* wrong : {"E4 0B 4F 05F000000002 9F70 01 01", // another tag
                              "E3 07 4F 05F000000002",            // no state
                              "E3 04 9F70 01 01",                 // no identifier
                              "E3 0A 4F 05F000000002 9F70 00",    // an empty state
                              "E3 0B 4F 05F000000002 9F70 01",    // cut off
                              "E3 02 4F 05"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(static_cast<void>(decodeRegistry(fromHex(wrong))), MalformedData);
    }
}
