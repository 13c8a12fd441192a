// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/access_attempts.hpp"
#include "tests/support/stored_objects.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"
#include "tests/unit/card/storage/tearing_flash.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using emrtd::AccessAttempts;
using test::Bytes;
using test::RecordedDelay;

TEST_CASE("each failed attempt doubles the delay up to ten seconds, and a good one ends it") {
    TearingFlash flash;
    ObjectStore store(flash);
    REQUIRE(store.open());
    RecordedDelay delay;
    AccessAttempts attempts(store, delay);
    for (int attempt = 0; attempt < 300; ++attempt) {
        REQUIRE(attempts.begin());
    }
    REQUIRE(delay.waits.size() == 299);
    CHECK(std::vector<std::uint32_t>(delay.waits.begin(), delay.waits.begin() + 9) ==
          std::vector<std::uint32_t>{100, 200, 400, 800, 1600, 3200, 6400, 10000, 10000});
    CHECK(delay.waits.back() == 10000);
    CHECK(test::failedAttempts(flash) == 255);
    REQUIRE(attempts.succeed());
    delay.waits.clear();
    REQUIRE(attempts.begin());
    CHECK(delay.waits.empty());
}

TEST_CASE("an attempt that may be compared is counted, whatever operation the power fails in") {
    using Tear = TearingFlash::Tear;
    TearingFlash start;
    {
        ObjectStore store(start);
        REQUIRE(store.open());
        RecordedDelay delay;
        REQUIRE(AccessAttempts(store, delay).begin());
    }
    for (const Tear how : {Tear::Nothing, Tear::Everything, Tear::SomeBits, Tear::Junk}) {
        bool finished = false;
        for (std::size_t cut = 0; !finished; ++cut) {
            CAPTURE(cut);
            REQUIRE(cut < 1000);
            TearingFlash flash = start;
            bool counted = false;
            {
                ObjectStore store(flash);
                REQUIRE(store.open());
                RecordedDelay delay;
                AccessAttempts attempts(store, delay);
                flash.cutAfter(cut, how, static_cast<unsigned>(cut + 1));
                counted = attempts.begin();
                finished = flash.powered();
            }
            flash.restore();
            const int failed = test::failedAttempts(flash);
            CHECK((failed == 1 || failed == 2));
            CHECK((!counted || failed == 2));
        }
    }
}

TEST_CASE("without memory there is no attempt") {
    TearingFlash flash;
    ObjectStore store(flash);
    REQUIRE(store.open());
    RecordedDelay delay;
    AccessAttempts attempts(store, delay);
    flash.cutAfter(0, TearingFlash::Tear::Nothing, 1);
    CHECK_FALSE(attempts.begin());
    CHECK_FALSE(attempts.succeed());
}
