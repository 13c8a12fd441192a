// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include "card/ports/host/flash_memory.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"

namespace cancuoc::card::test {

/// The memory of a European passport, personalized once for the test program.
inline const host::FlashMemory& passportMemory() {
    static const host::FlashMemory memory = [] {
        host::FlashMemory fresh;
        ChipFixture chip(fresh);
        REQUIRE(
            chip.personalize(cancuoc::test::makeDocument(cancuoc::test::DocumentProfile::EuropeanPassport)));
        return fresh;
    }();
    return memory;
}

} // namespace cancuoc::card::test
