// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/stored_objects.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"
#include "tests/unit/card/storage/tearing_flash.hpp"

#include <cstddef>
#include <functional>

/// Power that fails while a chip writes.
namespace cancuoc::card::test {

using Content = StoredObjects;

/// Every object that a chip can have, but its random serial number and the count of failed attempts, which
/// any terminal raises. `flash` has power.
[[nodiscard]] Content contentOf(Flash& flash);

/// Commands to a chip, one after the other. The dialogue calls its second parameter after every command that
/// was answered as it should be, and ends with false at the first that was not.
using Dialogue = std::function<bool(ChipFixture&, const std::function<void()>& answered)>;

/// Which power failures are tried.
struct PowerCuts {
    /// Of `stride` flash operations in a row the power fails in one, another one for each way to fail.
    std::size_t stride = 1;
    /// Of `recoveryStride` power failures one is followed by another one when the dialogue is repeated.
    std::size_t recoveryStride = 7;
};

/// Cuts the power of the chip on `start` in the flash operations of `dialogue`, in every way that an
/// operation can be left half done. The chip then holds what the last command that was answered left, or what
/// the one at work makes of it; and however often power fails, the repeated dialogue ends as one that nothing
/// disturbed. `repeatable` says whether a chip with that content takes the dialogue again; without it, it
/// always does. Returns the number of power failures.
std::size_t cutPower(const TearingFlash& start, const Dialogue& dialogue, const PowerCuts& cuts = {},
                     const std::function<bool(const Content&)>& repeatable = {});

} // namespace cancuoc::card::test
