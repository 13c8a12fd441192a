// SPDX-License-Identifier: Apache-2.0
#include "card/storage/object_store.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"
#include "tests/unit/card/storage/tearing_flash.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace cancuoc::card;
using test::Bytes;
using test::ChipFixture;
using test::Document;

namespace {

using Content = std::map<ObjectIdentifier, Bytes>;

// Every object that a chip can have, but its random serial number.
Content contentOf(Flash& flash) {
    ObjectStore store(flash);
    REQUIRE(store.open());
    Content content;
    for (const unsigned first : {0x0100U, 0x8000U, 0x9002U}) {
        for (unsigned id = first; id < first + 0x20; ++id) {
            if (const auto length = store.length(static_cast<ObjectIdentifier>(id))) {
                Bytes bytes(*length);
                REQUIRE(store.read(static_cast<ObjectIdentifier>(id), 0, bytes));
                content[static_cast<ObjectIdentifier>(id)] = bytes;
            }
        }
    }
    return content;
}

// A small personalization as a loader sends it, one command after the other up to the lock. `afterEach` is
// told of every command that the chip answered 9000; false when one was answered otherwise.
template <typename AfterEach>
bool personalize(ChipFixture& chip, AfterEach afterEach) {
    auto channel = chip.openChannel();
    if (ChipFixture::install(channel) != 0x9000) {
        return false;
    }
    const auto commands = test::groupingsOf(test::smallDocument(), 70);
    for (std::size_t i = 0; i < commands.size(); ++i) {
        if (ChipFixture::send(channel, 0xE2, commands[i].p1, static_cast<std::uint8_t>(i),
                              commands[i].data) != 0x9000) {
            return false;
        }
        afterEach();
    }
    if (ChipFixture::activate(channel) != 0x9000) {
        return false;
    }
    afterEach();
    if (ChipFixture::lock(channel) != 0x9000) {
        return false;
    }
    afterEach();
    return true;
}

} // namespace

TEST_CASE(
    "power that fails in any operation of a personalization leaves what the last command answered 9000 left, "
    "or what the one at work makes") {
    // The states that the chip passes through without a cut.
    TearingFlash start;
    { const ChipFixture firstPowerUp(start); }
    std::vector<Content> states{contentOf(start)};
    std::size_t operations = 0;
    {
        TearingFlash flash = start;
        ChipFixture chip(flash);
        REQUIRE(personalize(chip, [&] { states.push_back(contentOf(flash)); }));
        operations = flash.operations() - start.operations();
        REQUIRE_FALSE(flash.overwritten());
    }
    REQUIRE(states.back().count(0x9002) == 1);
    REQUIRE(operations > 50);
    using Tear = TearingFlash::Tear;
    for (const Tear how : {Tear::Nothing, Tear::Everything, Tear::SomeBits, Tear::Junk}) {
        for (std::size_t cut = 0; cut < operations; ++cut) {
            CAPTURE(cut);
            CAPTURE(static_cast<int>(how));
            TearingFlash flash = start;
            ChipFixture chip(flash);
            flash.cutAfter(cut, how, static_cast<unsigned>(cut + 1));
            std::size_t answered = 0;
            REQUIRE_FALSE(personalize(chip, [&] { ++answered; }));
            REQUIRE_FALSE(flash.powered());
            flash.restore();
            const Content found = contentOf(flash);
            REQUIRE((found == states[answered] || found == states[answered + 1]));

            // The loader begins again, unless the application was activated by then.
            ChipFixture again(flash);
            if (found.count(0x8000) == 0) {
                REQUIRE(personalize(again, [] {}));
                REQUIRE(contentOf(flash) == states.back());
                REQUIRE_FALSE(flash.overwritten());
            }
        }
    }
}
