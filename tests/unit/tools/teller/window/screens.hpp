// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tools/teller/counter_state.hpp"

namespace cancuoc::test {

/// One thing that a teller can see, and how it comes about: a line is entered, and a reading says something.
struct Screen {
    const char* name;
    teller::ReaderStatus reader = teller::ReaderStatus::CardPresent;
    std::string line{};                       ///< empty: nothing is entered
    std::vector<teller::ReadingEvent> told{}; ///< by the reading
    teller::Phase phase{};                    ///< that all this leads to
    bool showChecks = false;
};

/// Every state of the screen, with an invented person and a drawn portrait.
[[nodiscard]] std::vector<Screen> allScreens();

/// The screen of that name.
[[nodiscard]] Screen screenNamed(const std::string& name);

/// The payload of the invented person's QR, as a scanner sends it.
[[nodiscard]] std::string inventedQr();

} // namespace cancuoc::test
