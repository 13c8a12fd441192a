// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/card/applets/power_cuts.hpp"

#include "card/applets/manager/issuer_objects.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace cancuoc::card::test {
namespace {

using Tear = TearingFlash::Tear;

constexpr std::array<Tear, 4> everyTear{Tear::Nothing, Tear::Everything, Tear::SomeBits, Tear::Junk};

// Runs the dialogue on a chip that is powered up first, with power that fails `cut` operations later; the
// number of commands that were answered.
std::size_t runTorn(TearingFlash& flash, const Dialogue& dialogue, std::size_t cut, Tear how) {
    ChipFixture chip(flash);
    flash.cutAfter(cut, how, static_cast<unsigned>(cut + 1));
    std::size_t answered = 0;
    const bool complete = dialogue(chip, [&] { ++answered; });
    REQUIRE(complete == flash.powered());
    flash.restore();
    return answered;
}

} // namespace

Content contentOf(Flash& flash) {
    Content content = storedObjects(flash);
    content.erase(manager::serialNumberObject);
    return content;
}

std::size_t cutPower(const TearingFlash& start, const Dialogue& dialogue, const PowerCuts& cuts,
                     const std::function<bool(const Content&)>& repeatable) {
    // The states that the chip passes through when nothing disturbs it.
    TearingFlash whole = start;
    std::vector<Content> states{contentOf(whole)};
    {
        ChipFixture chip(whole);
        REQUIRE(dialogue(chip, [&] { states.push_back(contentOf(whole)); }));
    }
    REQUIRE_FALSE(whole.overwritten());
    states.push_back(states.back());
    const std::size_t operations = whole.operations() - start.operations();
    REQUIRE(operations > 0);

    std::size_t failures = 0;
    for (std::size_t way = 0; way < everyTear.size(); ++way) {
        const Tear how = everyTear[way];
        for (std::size_t cut = way % cuts.stride; cut < operations; cut += cuts.stride, ++failures) {
            CAPTURE(cut);
            CAPTURE(way);
            TearingFlash flash = start;
            const std::size_t answered = runTorn(flash, dialogue, cut, how);
            const Content found = contentOf(flash);
            REQUIRE((found == states[answered] || found == states[answered + 1]));
            if (repeatable && !repeatable(found)) {
                continue;
            }
            if (failures % cuts.recoveryStride == 0) {
                static_cast<void>(runTorn(flash, dialogue, failures * 13 % operations, how));
                if (repeatable && !repeatable(contentOf(flash))) {
                    continue;
                }
            }
            ChipFixture chip(flash);
            REQUIRE(dialogue(chip, [] {}));
            REQUIRE(contentOf(flash) == states.back());
            REQUIRE_FALSE(flash.overwritten());
        }
    }
    return failures;
}

} // namespace cancuoc::card::test
