// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/json_lines.hpp"

#include "tests/unit/personalization/intake/order_draft.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::OrderDraft;
using cancuoc::test::take;

namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

/// "rule/field" of the only finding.
std::string defectOf(const std::optional<SourceRecord>& record) {
    REQUIRE(record);
    REQUIRE(record->findings.size() == 1);
    return std::string(record->findings[0].rule->id) + "/" + record->findings[0].field;
}

} // namespace

TEST_CASE("each line is a record; escapes, null and what columns do not know are read") {
    JsonLines lines("\xEF\xBB\xBF"
                    "{\"number\":\"0012\\u0039\",\"sex\":null}\r\n\n  \n"
                    R"({"full_name":"Nguy\u1ec5n","more":{"a":[1,true]},"count":7})");
    const auto first = lines.next();
    REQUIRE(first);
    CHECK(first->line == 1);
    CHECK(first->values == Values{{"number", "00129"}, {"sex", ""}});
    const auto second = lines.next();
    REQUIRE(second);
    CHECK(second->line == 4);
    CHECK(second->values == Values{{"full_name", "Nguyễn"}, {"more", R"({"a":[1,true]})"}, {"count", "7"}});
    CHECK_FALSE(lines.next());
}

TEST_CASE("a malformed line names itself and takes no other with it") {
    JsonLines lines("{\"number\":\"1\"\n[1]\n\"text\"\n{\"number\":\"\xFF\"}\n{} {}\n{\"number\":1}\n"
                    "{\"sex\":\"M\",\"sex\":\"F\"}\n{\"sex\":\"M\"}\n");
    for (std::size_t line = 1; line <= 5; ++line) {
        const auto record = lines.next();
        CHECK(defectOf(record) == "json.object/");
        CHECK(record->line == line);
    }
    CHECK(defectOf(lines.next()) == "json.text/number");
    CHECK(defectOf(lines.next()) == "json.name-twice/sex");
    const auto last = lines.next();
    REQUIRE(last);
    CHECK(last->findings.empty());
    CHECK(last->line == 8);
    CHECK_FALSE(lines.next());
}

TEST_CASE("the same records come out of CSV and of JSON lines") {
    OrderDraft csv;
    csv.record()["place_of_birth"] = "Hà Nội";
    csv.record()["remark"] = "hàng A";
    OrderDraft json = csv;
    json.files["records.jsonl"] = OrderDraft::toBytes(json.jsonLines());
    auto fromCsv = take(csv).submissions;
    auto fromJson = take(json).submissions;
    REQUIRE(fromCsv.size() == 1);
    REQUIRE(fromJson.size() == 1);
    fromCsv[0].record.line = fromJson[0].record.line;
    CHECK(fromCsv[0].record == fromJson[0].record);
    CHECK(fromCsv[0].record.other.size() == 1);
}
