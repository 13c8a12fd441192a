// SPDX-License-Identifier: Apache-2.0
// The encoding of events and lines; the hash of the known line was computed with Python's hashlib.
#include "personalization/audit/entry.hpp"

#include "host/base/moment.hpp"
#include "personalization/audit/line_reader.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace cancuoc;
using namespace cancuoc::personalization::audit;

namespace {

Event event() {
    Event made{momentFromIso("2099-01-01T00:00:00Z"), "operator 7", "station 1", "good", "ab", ""};
    made.members = {{"t", "Đã \"xong\"\n\x7F"}, {"n", -5}, {"b", {true, nullptr}}};
    return made;
}

const std::string known =
    "{\"at\":\"2099-01-01T00:00:00Z\",\"card\":\"ab\",\"members\":{\"b\":[true,null],\"n\":-5,\"t\":\"Đã "
    "\\\"xong\\\"\\n\x7F\"},\"request\":\"\",\"station\":\"station 1\",\"what\":\"good\",\"who\":\"operator "
    "7\"}";

std::string withMembers(const nlohmann::json& members) {
    Event made = event();
    made.members = members;
    return encode(made);
}

} // namespace

TEST_CASE("an event is canonical JSON and comes back from it") {
    CHECK(encode(event()) == known);
    CHECK(decodeEvent(known) == event());
}

TEST_CASE("members without a canonical form are refused") {
    using Json = nlohmann::json;
    CHECK_NOTHROW(static_cast<void>(withMembers({{"n", 9007199254740991}, {"m", -9007199254740991}})));
    Json deep = Json::object();
    for (int level = 0; level < 100; ++level) {
        deep = {{"d", deep}};
    }
    for (const Json& members :
         {Json::array(), Json("text"), Json{{"n", 0.5}}, Json{{"n", {1, 2.5}}}, Json{{"n", 9007199254740992}},
          Json{{"n", -9007199254740992}}, Json{{"số", 1}}, deep}) {
        CHECK_THROWS_AS(static_cast<void>(withMembers(members)), BadConfiguration);
    }
}

TEST_CASE("an event that is written in any other way is refused") {
    for (const std::string& json :
         {std::string(), std::string("{}"), std::string("[]"), known + " ", " " + known,
          "{\"who\":\"x\"," + known.substr(1), known.substr(0, known.size() - 1),
          std::string(known).replace(known.find("-5"), 2, "-5.0"),
          std::string(known).replace(known.find("2099"), 4, "2O99"),
          std::string(known).replace(known.find("\"ab\""), 4, "12")}) {
        CAPTURE(json);
        CHECK_THROWS_AS(static_cast<void>(decodeEvent(json)), MalformedData);
    }
}

TEST_CASE("a line has the known hash, and comes apart again") {
    TreeHasher hasher;
    Hash hash{};
    std::string line = encodeLine(0, {}, known, hasher, hash);
    CHECK(toLowerCaseHex(hash) == "6ca7af84077cfdc5cc1cfddf9f5dd023de1696819716c9600f7b70614f247efb");
    REQUIRE(line.back() == '\n');
    line.pop_back();
    const auto entry = EntryLine::parse(line);
    REQUIRE(entry);
    CHECK(entry->hash == hash);
    CHECK(entry->index == 0);
    CHECK(entry->previous == Hash{});
    CHECK(entry->event == known);
    CHECK(hasher.leaf(viewOf(entry->content)) == hash);
    CHECK_THROWS_AS(static_cast<void>(encodeLine(0, {}, std::string(70000, 'x'), hasher, hash)),
                    BadConfiguration);
}

TEST_CASE("a line of any other form is none") {
    const std::string zeros(64, '0');
    CHECK(EntryLine::parse(zeros + " 7 " + zeros + " {}"));
    for (const std::string& line :
         {std::string(), zeros, zeros + " ", zeros + " 7", zeros + " 7 " + zeros,
          zeros + " 07 " + zeros + " {}", zeros + "  " + zeros + " {}", zeros + " -1 " + zeros + " {}",
          zeros + " 7 " + zeros + "{}", zeros + " 1234567890123456789 " + zeros + " {}",
          "A" + zeros.substr(1) + " 7 " + zeros + " {}", "g" + zeros.substr(1) + " 7 " + zeros + " {}",
          zeros + " 7 " + zeros.substr(1) + "  {}"}) {
        CAPTURE(line);
        CHECK(!EntryLine::parse(line));
    }
}

TEST_CASE("lines come one by one, over the borders of what is read at once, and the torn one is told") {
    std::string text;
    for (int line = 0; line < 100000; ++line) {
        text += std::string(static_cast<std::size_t>(line % 17), 'x') + "\n";
    }
    std::istringstream input(text + "torn");
    LineReader reader(input, 100);
    for (int line = 0; line < 100000; ++line) {
        const auto got = reader.next();
        REQUIRE(got);
        REQUIRE(got->ended);
        REQUIRE(got->text == std::string(static_cast<std::size_t>(line % 17), 'x'));
    }
    const auto torn = reader.next();
    REQUIRE(torn);
    CHECK(torn->text == "torn");
    CHECK(!torn->ended);
    CHECK(!reader.next());
}

TEST_CASE("of a line that is too long no more is read than shows it") {
    std::istringstream input(std::string(1 << 20, 'x') + "\n");
    LineReader reader(input, 100);
    const auto line = reader.next();
    REQUIRE(line);
    CHECK(line->text.size() == 101);
    CHECK(line->ended);
}
