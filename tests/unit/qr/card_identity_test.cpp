// SPDX-License-Identifier: Apache-2.0
#include "qr/card_identity.hpp"

#include <algorithm>
#include <utility>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "host/base/error.hpp"
#include "qr/qr_json.hpp"

using namespace cancuoc;
using namespace cancuoc::qr;
using Json = nlohmann::ordered_json;

namespace {

Payload payload() {
    return {"001299000001", "", "Nguyễn Văn Mẫu", "01012099", "Nam", "Hà Nội", "02012113", {}};
}

Json citizen() {
    return {{"number", "001299000001"},  {"fullName", "Nguyễn Văn Mẫu"},
            {"birthDate", "2099-01-01"}, {"sex", "Nam"},
            {"residence", "Hà Nội"},     {"issueDate", "02/01/2113"},
            {"religion", "Không"}};
}

std::vector<std::string> mismatches(const Payload& onQr, const CardIdentity& identity) {
    std::vector<std::string> names;
    for (const auto& comparison : compare(onQr, identity)) {
        if (comparison.result == FieldResult::Differs) {
            names.push_back(comparison.name);
        }
    }
    return names;
}

} // namespace

TEST_CASE("the same person written in other forms matches") {
    auto json = citizen();
    json["sex"] = "M";
    json["fullName"] = " Nguye\xCC\x82\xCC\x83n  Văn Mẫu";
    CHECK(mismatches(payload(), cardIdentityFromJson(Json{{"citizen", json}})).empty());
    CHECK(mismatches(payload(), cardIdentityFromJson(json)).empty());
}

TEST_CASE("capitals make no difference in name and residence, diacritics do") {
    auto json = citizen();
    json["fullName"] = "NGUYỄN VĂN MẪU";
    json["residence"] = "hà nội";
    CHECK(mismatches(payload(), cardIdentityFromJson(json)).empty());
    json["fullName"] = "NGUYEN VAN MAU";
    CHECK(mismatches(payload(), cardIdentityFromJson(json)) == std::vector<std::string>{"fullName"});
    // What is written is as the source has it.
    json["fullName"] = "NGUYỄN VĂN MẪU";
    CHECK(toPayload(cardIdentityFromJson(json)).fullName == "NGUYỄN VĂN MẪU");
}

TEST_CASE("each field that differs is named") {
    const std::pair<std::string Payload::*, const char*> fields[] = {{&Payload::number, "number"},
                                                                     {&Payload::oldNumber, "oldNumber"},
                                                                     {&Payload::fullName, "fullName"},
                                                                     {&Payload::birthDate, "birthDate"},
                                                                     {&Payload::sex, "sex"},
                                                                     {&Payload::residence, "residence"},
                                                                     {&Payload::issueDate, "issueDate"}};
    auto json = citizen();
    json["oldNumber"] = "012345678";
    const auto identity = cardIdentityFromJson(json);
    for (const auto& [field, name] : fields) {
        auto changed = payload();
        changed.*field += "1";
        CHECK(mismatches(changed, identity) == std::vector<std::string>{name});
    }
}

TEST_CASE("without citizen data the document's fields are compared and the others say so") {
    const auto identity = cardIdentityFromJson(
        Json{{"document", {{"personalNumber", "001299000001"}, {"birthDate", "2099-01-01"}, {"sex", "F"}}}});
    const auto comparisons = compare(payload(), identity);
    REQUIRE(comparisons.size() == 7);
    CHECK(comparisons[0].result == FieldResult::Matches);
    CHECK(comparisons[2].result == FieldResult::NotCompared);
    CHECK(comparisons[3].result == FieldResult::Matches);
    CHECK(comparisons[4].result == FieldResult::Differs);
}

TEST_CASE("a QR without the old number, as early cards have it, differs in nothing") {
    auto json = citizen();
    json["oldNumber"] = "012345678";
    const auto identity = cardIdentityFromJson(json);
    auto early = payload();
    early.oldNumber.clear();
    const auto comparisons = compare(early, identity);
    const auto old = std::find_if(comparisons.begin(), comparisons.end(),
                                  [](const auto& comparison) { return comparison.name == "oldNumber"; });
    REQUIRE(old != comparisons.end());
    CHECK(old->result == FieldResult::NotCompared);
    CHECK_FALSE(old->onChip.empty());
    CHECK(mismatches(early, identity).empty());
    early.oldNumber = "012345679";
    CHECK(mismatches(early, identity) == std::vector<std::string>{"oldNumber"});
    early.oldNumber = " ";
    CHECK(mismatches(early, identity).empty());
    // An empty field of another kind is no early card.
    early.oldNumber.clear();
    early.residence.clear();
    CHECK(mismatches(early, identity) == std::vector<std::string>{"residence"});
}

TEST_CASE("an item that DG13 does not have, or has without a value, is not compared") {
    auto onQr = payload();
    onQr.oldNumber = "012345678";
    for (const Json& missing : {Json(), Json(""), Json(" "), Json("\t\r\n ")}) {
        auto json = citizen();
        for (const char* name : {"oldNumber", "residence"}) {
            json[name] = missing;
        }
        CAPTURE(json.dump());
        const auto comparisons = compare(onQr, cardIdentityFromJson(json));
        CHECK(comparisons[1].result == FieldResult::NotCompared);
        CHECK(comparisons[1].onChip == (missing.is_null() ? "" : missing.get<std::string>()));
        CHECK(comparisons[5].result == FieldResult::NotCompared);
        CHECK(outcomeOf(comparisons) == ComparisonOutcome::Matches);
    }
}

TEST_CASE("nothing matches before the number was compared and is the same") {
    const auto outcomeFor = [](const Json& json) {
        return outcomeOf(compare(payload(), cardIdentityFromJson(json)));
    };
    CHECK(outcomeFor({{"document", Json::object()}}) == ComparisonOutcome::NotCompared);
    CHECK(outcomeFor({{"document", {{"personalNumber", ""}, {"sex", "M"}}}}) ==
          ComparisonOutcome::NotCompared);
    CHECK(outcomeFor({{"document", {{"personalNumber", "001299000001"}}}}) == ComparisonOutcome::Matches);
    CHECK(outcomeFor({{"document", {{"personalNumber", "001299000002"}}}}) == ComparisonOutcome::Differs);
    CHECK(outcomeFor({{"document", {{"sex", "F"}}}}) == ComparisonOutcome::Differs);
    const auto none = compare(payload(), cardIdentityFromJson(Json{{"document", Json::object()}}));
    CHECK(describeComparison(none, "genuine")["matches"] == false);
}

TEST_CASE("an identity becomes the payload of the card") {
    CHECK(toPayload(cardIdentityFromJson(citizen())) == payload());
    for (const char* name : {"fullName", "birthDate", "residence"}) {
        auto json = citizen();
        json.erase(name);
        CHECK_THROWS_WITH_AS(toPayload(cardIdentityFromJson(json)), doctest::Contains(name), MalformedData);
        json[name] = " \n";
        const auto message = "The record has no " + std::string(name);
        CHECK_THROWS_WITH_AS(toPayload(cardIdentityFromJson(json)), doctest::Contains(message.c_str()),
                             MalformedData);
    }
    for (const auto& [name, value] : {std::pair{"birthDate", "2099-99-99"},
                                      {"issueDate", "32/13/2113"},
                                      {"birthDate", "30022096"},
                                      {"sex", "Q"}}) {
        auto wrong = citizen();
        wrong[name] = value;
        CAPTURE(wrong.dump());
        CHECK_THROWS_WITH_AS(toPayload(cardIdentityFromJson(wrong)), doctest::Contains(name), MalformedData);
    }
    auto json = citizen();
    json["issueDate"] = "Không thời hạn";
    CHECK_THROWS_WITH_AS(toPayload(cardIdentityFromJson(json)), doctest::Contains("issueDate"),
                         MalformedData);
}

TEST_CASE("JSON of another kind is refused") {
    for (const char* text :
         {"[]", "{}", "1", "{\"citizen\":[]}", "{\"number\":1}", "{\"citizen\":{\"fullName\":[]}}"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(cardIdentityFromJson(Json::parse(text)), MalformedData);
    }
}
