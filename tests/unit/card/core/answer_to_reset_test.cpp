// SPDX-License-Identifier: Apache-2.0
#include "card/core/answer_to_reset.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <doctest/doctest.h>

#include <numeric>

using namespace cancuoc::card;

TEST_CASE("the answer to reset announces T=1, command chaining and extended length fields") {
    CHECK(test::toBytes(answerToReset) == test::hex("3B 87 80 01 80 31 F8 73 D4 01 E0 09"));
}

TEST_CASE("the check byte of the answer to reset makes the exclusive-or from T0 on zero") {
    const auto sum = std::accumulate(answerToReset.begin() + 1, answerToReset.end(), 0,
                                     [](int left, std::uint8_t right) { return left ^ right; });
    CHECK(sum == 0);
}

TEST_CASE("EF.ATR/INFO repeats the historical bytes and tells the longest APDUs") {
    CHECK(test::toBytes(answerToResetInformation) ==
          test::hex("43 01 F8 47 03 D4 01 E0 7F66 08 02 02 1009 02 02 1025"));
    CHECK(configuration::maximumCommand == 0x1009);
    CHECK(configuration::maximumResponse == 0x1025);
}
