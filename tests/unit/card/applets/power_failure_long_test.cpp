// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/applets/personalization_dialogue.hpp"
#include "tests/unit/card/applets/power_cuts.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using test::ChipFixture;

TEST_CASE("power that fails in any operation of the personalization of a whole document") {
    TearingFlash start;
    { const ChipFixture firstPowerUp(start); }
    const auto dialogue = test::personalizationWith(test::fullDocument(), 2000);
    const std::size_t failures = test::cutPower(start, dialogue, {1, 101}, test::canBePersonalized);
    CHECK(failures > 20000);
}
