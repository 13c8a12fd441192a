// SPDX-License-Identifier: Apache-2.0
#include "card/core/answer_to_reset.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

#include <numeric>

using namespace cancuoc::card;

TEST_CASE("the answer to reset announces T=1, command chaining and extended length fields") {
    CHECK(test::toBytes(answerToReset) == test::hex("3B 87 80 01 80 31 C0 73 D4 01 C0 11"));
}

TEST_CASE("the check byte of the answer to reset makes the exclusive-or from T0 on zero") {
    const auto sum = std::accumulate(answerToReset.begin() + 1, answerToReset.end(), 0,
                                     [](int left, std::uint8_t right) { return left ^ right; });
    CHECK(sum == 0);
}
