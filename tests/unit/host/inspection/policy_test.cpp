// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/policy.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;

TEST_CASE("the three policies go by their names") {
    CHECK(Policy::load("strict") == Policy::strict());
    CHECK(Policy::load("standard") == Policy::standard());
    CHECK(Policy::load("fast") == Policy::fast());
    CHECK_THROWS_AS(static_cast<void>(Policy::load("/nonexistent/policy.json")), Error);
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

TEST_CASE("what is no policy is refused") {
    for (const char* json :
         {"", "[]", "{}", R"({"base": "lax"})", R"({"base": 1})", R"({"base": "strict", "demandPace": 1})",
          R"({"base": "strict", "demandpace": true})"}) {
        CAPTURE(json);
        CHECK_THROWS_AS(static_cast<void>(Policy::fromJson(json, "test")), BadConfiguration);
    }
}
