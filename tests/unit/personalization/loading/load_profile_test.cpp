// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/load_profile.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/loading/shipped_profiles.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

using namespace cancuoc;
using namespace cancuoc::personalization;
using Json = nlohmann::json;

namespace {

Json shipped(std::string_view name) {
    for (const ShippedProfile& profile : shippedProfiles()) {
        if (profile.name == name) {
            return Json::parse(profile.text);
        }
    }
    FAIL("no such profile");
    return {};
}

/// What the profile's refusal says after one change; empty when it is taken.
std::string refusal(const std::function<void(Json&)>& change, std::string_view name = "cancuoc-issuer-keys") {
    Json json = shipped(name);
    change(json);
    try {
        static_cast<void>(LoadProfile::parse(json.dump(), "mine.json"));
    } catch (const BadConfiguration& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("the profiles that ship") {
    CHECK(LoadProfile::names() == std::vector<std::string>{"cancuoc", "cancuoc-issuer-keys", "iso7816-9"});
    for (const std::string& name : LoadProfile::names()) {
        CHECK(LoadProfile::find(name).name == name);
    }
    const LoadProfile own = LoadProfile::find("cancuoc-issuer-keys");
    CHECK(toHex(own.issuerDomain) == "A000000151000000");
    CHECK(own.channel.identifier == 0x03);
    CHECK(own.channel.domain == own.issuerDomain);
    CHECK(own.level == SecurityLevel::CommandMacAndEncryptionResponseMac);
    CHECK(own.transportKeys.keyVersion == 0x30);
    CHECK_FALSE(own.transportKeys.diversification);
    REQUIRE(own.issuerKeys);
    CHECK(own.issuerKeys->keySize == 32);
    CHECK(own.issuerKeys->diversification == Diversification::Kdf3);
    CHECK(own.files == FileCommands::StoreData);
    CHECK(own.groupings.identifiedChipAuthentication == 0x8300);
    const LoadProfile iso = LoadProfile::find("iso7816-9");
    CHECK(iso.files == FileCommands::CreateFile);
    CHECK(iso.steps[1] == LoadingStep::Secrets);
    CHECK_FALSE(iso.replacesKeys());
}

TEST_CASE("a profile is found by name or as a file") {
    const test::TemporaryDirectory folder;
    const auto file = folder.path() / "mine.json";
    Json json = shipped("cancuoc");
    json["name"] = "mine";
    json["identification"]["productionData"] = {{"fabricator", "4790"}, {"operatingSystem", "8168"}};
    writeFile(file, viewOf(json.dump()));
    const LoadProfile profile = LoadProfile::find(file.string());
    CHECK(profile.name == "mine");
    CHECK(toHex(profile.identification.fabricator) == "4790");
    CHECK(profile.identification.type.empty());
    CHECK_THROWS_WITH_AS(static_cast<void>(LoadProfile::find("nothing")),
                         doctest::Contains("one of cancuoc, cancuoc-issuer-keys, iso7816-9"),
                         BadConfiguration);
    CHECK_THROWS_WITH_AS(static_cast<void>(LoadProfile::parse("[", "mine.json")),
                         doctest::Contains("mine.json is no JSON object"), BadConfiguration);
}

TEST_CASE("a bad profile names the element and the rule") {
    const std::pair<std::function<void(Json&)>, std::string> cases[] = {
        {[](Json& p) { p.erase("name"); }, "name is missing"},
        {[](Json& p) { p["name"] = 1; }, "name must be a text"},
        {[](Json& p) { p["colour"] = "red"; }, "colour is no element that is known here"},
        {[](Json& p) { p["secureChannel"]["colour"] = "red"; },
         "secureChannel.colour is no element that is known here"},
        {[](Json& p) { p["issuerDomain"] = "A000"; },
         "issuerDomain must be 5 to 16 bytes in hexadecimal digits"},
        {[](Json& p) { p["application"] = "A0000002471X"; },
         "application must be 5 to 16 bytes in hexadecimal digits"},
        {[](Json& p) { p["secureChannel"] = "SCP03"; }, "secureChannel must be an object"},
        {[](Json& p) { p["secureChannel"]["protocol"] = "SCP01"; },
         "secureChannel.protocol must be of these: SCP02, SCP03"},
        {[](Json& p) { p["secureChannel"]["option"] = "15"; },
         "secureChannel.option must be 00, 10, 60 or 70"},
        {[](Json& p) { p["secureChannel"]["option"] = "00"; }, "secureChannel.protection cannot hold R-MAC"},
        {[](Json& p) { p["secureChannel"]["protection"] = {"C-DECRYPTION"}; },
         "secureChannel.protection must be C-MAC"},
        {[](Json& p) {
             p["secureChannel"]["protection"] = {"C-MAC", "none"};
         },
         "secureChannel.protection must be of these"},
        {[](Json& p) { p["secureChannel"]["protection"] = "C-MAC"; },
         "secureChannel.protection must be a list of texts"},
        {[](Json& p) {
             p["secureChannel"] = {{"protocol", "SCP02"}, {"option", "60"}, {"protection", {"C-MAC"}}};
         },
         "secureChannel.option must be 15 or 55 with SCP02"},
        {[](Json& p) {
             p["secureChannel"] = {{"protocol", "SCP02"}, {"option", "15"}, {"protection", {"C-MAC"}}};
         },
         "issuerKeys.size must be 16 with SCP02"},
        {[](Json& p) { p["transportKeys"]["version"] = "80"; }, "transportKeys.version must be 01 to 7F"},
        {[](Json& p) { p["transportKeys"]["size"] = 17; }, "transportKeys.size must be 16, 24 or 32"},
        {[](Json& p) { p["transportKeys"]["size"] = -1; },
         "transportKeys.size must be a number from 16 to 32"},
        {[](Json& p) { p["transportKeys"]["diversification"] = "EMV"; },
         "transportKeys.diversification makes keys of 3DES"},
        {[](Json& p) { p["issuerKeys"]["version"] = "30"; },
         "issuerKeys.version must differ from that of the transport keys"},
        {[](Json& p) { p.erase("issuerKeys"); }, "issuerKeys must be there when the steps"},
        {[](Json& p) { p["maximumCommandData"] = 70000; },
         "maximumCommandData must be a number from 140 to 65535"},
        {[](Json& p) { p["steps"].push_back("lock"); }, "steps must hold \"lock\" once"},
        {[](Json& p) { p["steps"][0] = "begin"; }, "steps must be of these: packages, open, files"},
        {[](Json& p) { p["steps"].erase(4); }, "steps must hold open, files, secrets, activate, read back"},
        {[](Json& p) { std::swap(p["steps"][3], p["steps"][4]); },
         "steps must go: packages, if at all; open; files and secrets"},
        {[](Json& p) { std::swap(p["steps"][4], p["steps"][5]); },
         "steps must go: packages, if at all; open; files and secrets"},
        {[](Json& p) { std::swap(p["steps"][5], p["steps"][6]); },
         "steps must go: packages, if at all; open; files and secrets"},
        {[](Json& p) { std::swap(p["steps"][0], p["steps"][1]); },
         "steps must go: packages, if at all; open; files and secrets"},
        {[](Json& p) { std::swap(p["steps"][2], p["steps"][3]); },
         "steps must go: packages, if at all; open; files and secrets"},
        {[](Json& p) { p["files"] = "WRITE"; }, "files must be of these: STORE DATA, CREATE FILE"},
        {[](Json& p) { p["groupings"].erase("currentDate"); }, "groupings.currentDate is missing"},
        {[](Json& p) { p["groupings"]["cardAccess"] = "1C"; },
         "groupings.cardAccess must be 2 bytes in hexadecimal digits"},
        {[](Json& p) { p["states"]["locked"] = 15; }, "states.locked must be 1 bytes"},
        {[](Json& p) { p["identification"]["atrMask"] = "FFFF"; },
         "identification.atrMask must be as long as atr"},
        {[](Json& p) {
             p["identification"]["productionData"] = {{"type", "01"}};
         },
         "identification.productionData.type must be 2 bytes"},
    };
    for (const auto& wrong : cases) {
        const std::string& message = wrong.second;
        CAPTURE(message);
        const std::string found = refusal(wrong.first);
        CAPTURE(found);
        CHECK(found.starts_with("The load profile mine.json: " + message));
    }
    CHECK(refusal([](Json&) {}).empty());
    CHECK(refusal([](Json& p) { std::swap(p["steps"][1], p["steps"][2]); }).empty());
    CHECK(refusal([](Json& p) { p["steps"].insert(p["steps"].begin() + 5, "replace keys"); }, "cancuoc")
              .find("issuerKeys must be there") != std::string::npos);
}
