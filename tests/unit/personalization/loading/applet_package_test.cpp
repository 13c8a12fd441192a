// SPDX-License-Identifier: Apache-2.0
// Load profiles that bring applets, against a card that notes what content management it is asked for: the
// project's own chip takes none.
#include "personalization/loading/applet_package.hpp"

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "personalization/loading/card_loader.hpp"
#include "personalization/loading/shipped_profiles.hpp"
#include "tests/unit/personalization/globalplatform/cap_sample.hpp"
#include "tests/unit/personalization/globalplatform/noting_card.hpp"
#include "tests/unit/personalization/loading/small_card.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <functional>

using namespace cancuoc;
using namespace cancuoc::personalization;
using Json = nlohmann::json;

namespace {

/// A folder with applet.cap and mine.json, a profile that brings it to chips which come without the document.
class Product {
public:
    Product() : cap(test::zipped(test::capEntries())) {
        json = Json::parse(LoadProfile::textOf("cancuoc"));
        json["secureChannel"] = {{"protocol", "SCP03"}, {"option", "70"}, {"protection", {"C-MAC"}}};
        json["maximumCommandData"] = 255;
        json["steps"] = {"packages", "open", "files", "secrets", "activate", "read back", "lock"};
        json["packages"] = {{{"file", "applet.cap"},
                             {"sha256", toHex(digest(HashAlgorithm::Sha256, cap))},
                             {"applets",
                              {{{"module", "F00000000101"}, {"application", "A0000002471001"}},
                               {{"module", "F00000000102"}, {"privileges", "04"}, {"parameters", "AABB"}}}}}};
    }

    [[nodiscard]] LoadProfile profile() const {
        writeFile(folder_.path() / "applet.cap", cap);
        writeFile(folder_.path() / "mine.json", viewOf(json.dump()));
        LoadProfile profile = LoadProfile::find(folder_.path() / "mine.json");
        profile.channel.domain.clear(); // the published challenge follows from the counter of another domain
        return profile;
    }

    /// What the refusal of the profile says; empty when it is taken.
    [[nodiscard]] std::string refusal() const {
        try {
            static_cast<void>(profile());
        } catch (const BadConfiguration& error) {
            return error.what();
        }
        return "";
    }

    Bytes cap;
    Json json;

private:
    test::TemporaryDirectory folder_;
};

} // namespace

TEST_CASE("the applets of a profile are put on the chip before it is opened for the document") {
    const Product product;
    const LoadProfile profile = product.profile();
    CHECK(profile.bringsApplication());
    test::NotingCard card;
    CardLoader loader(card.connection(), test::NotingCard::keys(), card.random(), profile);
    SystemRandom random;
    loader.load(test::smallCard(random, 100));
    const Bytes code = encodeTlv(0xC4, CapFile::decode(product.cap).loadFileData());
    REQUIRE(card.commands.size() > 6);
    CHECK(std::vector<std::string>(card.commands.begin(), card.commands.begin() + 5) ==
          std::vector<std::string>{"84E60200 05F00000000100000000 Le", "84E88000 " + toHex(code) + " Le",
                                   "84E60C00 05F00000000106F0000000010107A0000002471001010002C90000 Le",
                                   "84E60C00 05F00000000106F0000000010206F00000000102010404C902AABB00 Le",
                                   "84E62000 000007A0000002471001000000 Le"});
    CHECK(card.commands[5].starts_with("84E2"));
}

TEST_CASE("an applet that the chip refuses ends the loading and is named") {
    const Product product;
    const LoadProfile profile = product.profile();
    test::NotingCard card;
    card.answers = {"009000", "009000", "6A84"};
    CardLoader loader(card.connection(), test::NotingCard::keys(), card.random(), profile);
    SystemRandom random;
    CHECK_THROWS_WITH_AS(loader.load(test::smallCard(random, 100)),
                         doctest::Contains("Installing the application A0000002471001"), CardError);
    CHECK(card.commands.size() == 3);
}

TEST_CASE("a chip that the profile brings the document's applet is blank without it") {
    Product product;
    const char* const securityDomain = "E30E4F08A0000001510000009F7001019000";
    SUBCASE("it brings it") {
        test::NotingCard card;
        card.answers = {securityDomain, "6A88"};
        CardLoader loader(card.connection(), test::NotingCard::keys(), card.random(), product.profile());
        CHECK(loader.lifeCycle() == ChipLifeCycle::Blank);
    }
    SUBCASE("it brings something else") {
        product.json["packages"][0]["applets"].erase(0);
        test::NotingCard card;
        card.answers = {securityDomain, "6A88"};
        CardLoader loader(card.connection(), test::NotingCard::keys(), card.random(), product.profile());
        CHECK_THROWS_AS(static_cast<void>(loader.lifeCycle()), CardError);
    }
}

TEST_CASE("a profile whose packages are wrong is refused before a blank is spent") {
    Product product;
    auto& package = product.json["packages"][0];
    std::string expected;
    SUBCASE("right") {}
    SUBCASE("a library") {
        package.erase("applets");
    }
    SUBCASE("another file than was approved") {
        auto entries = test::capEntries();
        entries[2].second.back() ^= 1U;
        product.cap = test::zipped(entries);
        expected = "applet.cap is not the file that the load profile names";
    }
    SUBCASE("no CAP file") {
        product.cap = Bytes(100);
        package["sha256"] = toHex(digest(HashAlgorithm::Sha256, product.cap));
        expected = "applet.cap is no CAP file";
    }
    SUBCASE("an applet that is not in it") {
        package["applets"][0]["module"] = "F00000000103";
        expected = "applet.cap has no applet F00000000103";
    }
    SUBCASE("more than 256 commands hold") {
        auto entries = test::capEntries();
        entries[9].second = concat(Bytes{7}, toBigEndian(60000, 2), Bytes(60000));
        product.cap = test::zipped(entries);
        package["sha256"] = toHex(digest(HashAlgorithm::Sha256, product.cap));
        expected = "more than 256 commands";
    }
    SUBCASE("privileges of two bytes") {
        package["applets"][0]["privileges"] = "0000";
        expected = "packages[0].applets[0].privileges must be 1 or 3 bytes";
    }
    SUBCASE("something unknown") {
        package["applets"][1]["name"] = "x";
        expected = "packages[0].applets[1].name";
    }
    SUBCASE("no hash") {
        package.erase("sha256");
        expected = "packages[0].sha256";
    }
    SUBCASE("no array") {
        product.json["packages"] = Json::object();
        expected = "packages must be an array of objects";
    }
    SUBCASE("no step") {
        product.json["steps"].erase(0);
        expected = "packages must be there when the steps hold";
    }
    SUBCASE("a step and no packages") {
        product.json.erase("packages");
        expected = "packages must be there when the steps hold";
    }
    SUBCASE("a step too late") {
        product.json["steps"] = {"open", "packages", "files", "secrets", "activate", "read back", "lock"};
        expected = "steps must go: packages, if at all; open";
    }
    const std::string refusal = product.refusal();
    CAPTURE(refusal);
    CHECK(refusal.empty() == expected.empty());
    CHECK(refusal.find(expected) != std::string::npos);
}
