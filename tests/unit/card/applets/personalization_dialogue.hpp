// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/unit/card/applets/chip_fixture.hpp"
#include "tests/unit/card/applets/power_cuts.hpp"

namespace cancuoc::card::test {

/// The way of a chip to a locked one as a loader sends it: `document` in commands of `commandData` bytes,
/// activation, lock.
[[nodiscard]] inline Dialogue personalizationWith(const Document& document, std::size_t commandData) {
    const std::vector<StoreData> commands = groupingsOf(document, commandData);
    return [commands](ChipFixture& chip, const std::function<void()>& answered) {
        auto channel = chip.openChannel();
        if (ChipFixture::install(channel) != 0x9000) {
            return false;
        }
        for (std::size_t i = 0; i < commands.size(); ++i) {
            if (ChipFixture::send(channel, 0xE2, commands[i].p1, static_cast<std::uint8_t>(i),
                                  commands[i].data) != 0x9000) {
                return false;
            }
            answered();
        }
        if (ChipFixture::activate(channel) != 0x9000) {
            return false;
        }
        answered();
        if (ChipFixture::lock(channel) != 0x9000) {
            return false;
        }
        answered();
        return true;
    };
}

/// Whether a chip takes a personalization: it does until the application is activated.
[[nodiscard]] inline bool canBePersonalized(const Content& content) {
    return content.count(0x8000) == 0;
}

} // namespace cancuoc::card::test
