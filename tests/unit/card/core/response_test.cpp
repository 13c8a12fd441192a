// SPDX-License-Identifier: Apache-2.0
#include "card/core/response.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using test::Bytes;

TEST_CASE("a response grows up to its capacity and no further") {
    Response response;
    REQUIRE(response.append(Bytes(Response::capacity - 1, 0x11)));
    CHECK_FALSE(response.append(Bytes(2, 0x22)));
    CHECK(response.size() == Response::capacity - 1);
    REQUIRE(response.append(std::uint8_t{0x33}));
    CHECK_FALSE(response.append(std::uint8_t{0x44}));
    CHECK(response.data().back() == 0x33);
    CHECK(response.extend(1).empty());
}

TEST_CASE("a cleared response holds nothing of what it held") {
    Response response;
    REQUIRE(response.append(Bytes(3, 0x11)));
    response.clear();
    CHECK(response.size() == 0);
    REQUIRE(response.append(std::uint8_t{0x22}));
    CHECK(test::toBytes(response.data()) == Bytes{0x22});
}

TEST_CASE("truncating shortens and never lengthens") {
    Response response;
    REQUIRE(response.append(test::hex("010203")));
    response.truncate(5);
    CHECK(response.size() == 3);
    response.truncate(1);
    CHECK(test::toBytes(response.data()) == Bytes{0x01});
}
