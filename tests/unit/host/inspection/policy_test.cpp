// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/policy.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "tests/unit/temporary_directory.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;

TEST_CASE("the three policies go by their names") {
    CHECK(Policy::load("strict") == Policy::strict());
    CHECK(Policy::load("standard") == Policy::standard());
    CHECK(Policy::load("fast") == Policy::fast());
}

TEST_CASE("a policy of one's own changes single switches of one of the three") {
    auto expected = Policy::standard();
    expected.name = "counter";
    expected.demandCurrentCrl = true;
    CHECK(Policy::fromJson(R"({"base": "standard", "demandCurrentCrl": true})", "counter") == expected);

    expected = Policy::fast();
    expected.name = "queue";
    expected.tolerateDowngrade = false;
    CHECK(Policy::fromJson(R"({"base": "fast", "tolerateDowngrade": false})", "queue") == expected);
}

TEST_CASE("a policy file is read, and one that is wrong is named with what is wrong in it") {
    const test::TemporaryDirectory directory;
    const auto file = (directory.path() / "counter.json").string();
    const auto load = [&](std::string_view json) {
        writeFile(file, viewOf(json));
        return Policy::load(file);
    };
    CHECK_FALSE(load(R"({"base": "standard", "demandFace": false})").demandFace);
    const auto requireSaid = [](const auto& action, std::string_view text) {
        try {
            static_cast<void>(action());
            FAIL("no exception");
        } catch (const BadConfiguration& wrong) {
            CHECK(std::string(wrong.what()).find(text) != std::string::npos);
        }
    };
    requireSaid([&] { return load("{"); }, "counter.json: This is no JSON");
    requireSaid([&] { return load(R"({"demandPace": true})"); },
                "counter.json: A policy is a JSON object with a \"base\"");
    requireSaid([&] { return load(R"({"base": "strict", "demandpace": true})"); }, "It has: demandPace, ");
    requireSaid([] { return Policy::load("standart"); }, "no policy and no file \"standart\"");
}

TEST_CASE("what is no policy is refused") {
    for (const char* json :
         {"", "[]", "{}", R"({"base": "lax"})", R"({"base": 1})", R"({"base": "strict", "demandPace": 1})",
          R"({"base": "strict", "demandpace": true})"}) {
        CAPTURE(json);
        CHECK_THROWS_AS(static_cast<void>(Policy::fromJson(json, "test")), BadConfiguration);
    }
}
