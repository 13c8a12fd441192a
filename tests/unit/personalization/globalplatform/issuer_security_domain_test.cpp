// SPDX-License-Identifier: Apache-2.0
// Card content management that the project's own chip does not have: the commands as they leave the host.
#include "personalization/globalplatform/issuer_security_domain.hpp"

#include "tests/unit/personalization/globalplatform/noting_card.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::NotingCard;

TEST_CASE("an application is loaded, installed, made selectable and deleted") {
    NotingCard card;
    IssuerSecurityDomain domain = card.open();
    const Bytes code = fromHex("010203040506070809");
    domain.load({fromHex("F000000001"), code, fromHex("AABB"), fromHex("EF00")}, 5);
    domain.install({fromHex("F000000001"), fromHex("F00000000101"), fromHex("F00000000102"), fromHex("00"),
                    fromHex("C90101")});
    domain.install({fromHex("F000000001"), fromHex("F00000000101"), fromHex("F00000000102")}, false);
    domain.makeSelectable(fromHex("F00000000102"), fromHex("04"));
    domain.openForPersonalization(fromHex("F00000000102"));
    domain.deleteObject(fromHex("F000000001"), true);
    domain.deleteObject(fromHex("F00000000102"));
    CHECK(card.commands ==
          std::vector<std::string>{"84E60200 05F0000000010002AABB02EF0000 Le", "84E80000 C409010203 Le",
                                   "84E80001 0405060708 Le", "84E88002 09 Le",
                                   "84E60C00 05F00000000106F0000000010106F00000000102010003C9010100 Le",
                                   "84E60400 05F00000000106F0000000010106F00000000102010002C90000 Le",
                                   "84E60800 000006F000000001020104"
                                   "0000 Le",
                                   "84E62000 000006F00000000102000000 Le", "84E40080 4F05F000000001 Le",
                                   "84E40000 4F06F00000000102 Le"});
}

TEST_CASE("a load file that is too long for its blocks is refused before anything is sent") {
    NotingCard card;
    IssuerSecurityDomain domain = card.open();
    const Bytes code(2560);
    CHECK_THROWS_AS(domain.load({fromHex("F000000001"), code}, 10), BadConfiguration);
    CHECK_THROWS_AS(domain.load({fromHex("F000000001"), code}, 0), BadConfiguration);
    CHECK(card.commands.empty());
    domain.load({fromHex("F000000001"), BytesView(code).first(2556)}, 10);
    CHECK(card.commands.size() == 257);
    CHECK(card.commands.back().substr(0, 8) == "84E880FF");
}

TEST_CASE("a step that the card refuses is named") {
    NotingCard card;
    IssuerSecurityDomain domain = card.open();
    card.answers = {"009000", "6A84"};
    const Bytes code(20);
    CHECK_THROWS_WITH_AS(domain.load({fromHex("F000000001"), code}, 10),
                         doctest::Contains("Loading block 0 of F000000001: the chip answered 6A84"),
                         CardError);
    CHECK(card.commands.size() == 2);
}

TEST_CASE("a registry that comes in parts is asked for to its end") {
    NotingCard card;
    IssuerSecurityDomain domain = card.open();
    card.answers = {"E30B4F05F0000000019F7001076310", "E30B4F05F0000000029F70010F9000"};
    const auto entries = domain.registry(RegistryScope::LoadFilesAndModules);
    REQUIRE(entries.size() == 2);
    CHECK(entries[1].lifeCycleState == 0x0F);
    CHECK(card.commands == std::vector<std::string>{"84F21002 4F00 Le", "84F21003 4F00 Le"});
    // A card that always has more and never tells what is not asked for ever.
    card.answers = {"6310"};
    CHECK(domain.registry(RegistryScope::LoadFiles).empty());
}

TEST_CASE("PUT KEY is not done before the card names the very keys") {
    NotingCard card;
    IssuerSecurityDomain domain = card.open();
    const SecurityDomainKeys keys{0x01, SecretBytes(fromHex("000102030405060708090a0b0c0d0e0f")),
                                  SecretBytes(fromHex("101112131415161718191a1b1c1d1e1f")),
                                  SecretBytes(fromHex("202122232425262728292a2b2c2d2e2f"))};
    card.answers = {"01C35280013808840DE59000", "01C35280013808840DE49000", "02C35280013808840DE59000",
                    "9000"};
    CHECK_NOTHROW(domain.putKeys(keys, 0x30));
    CHECK(card.commands.front().substr(0, 8) == "84D83081");
    for (int round = 0; round < 3; ++round) {
        CHECK_THROWS_AS(domain.putKeys(keys, 0x30), CardError);
    }
}
