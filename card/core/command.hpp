// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card {

/// A command APDU as the dispatcher hands it to an application (ISO/IEC 7816-4, 5.1).
/// `data` views the chip's command buffer and lives until the response is complete.
struct Command {
    std::uint8_t cla = 0;
    std::uint8_t ins = 0;
    std::uint8_t p1 = 0;
    std::uint8_t p2 = 0;
    std::span<const std::uint8_t> data;
    /// Ne: absent, or 1 to 65536 bytes expected.
    std::optional<std::size_t> expectedLength;
    /// Le consisted of zero bytes: all there is, up to Ne.
    bool expectsAll = false;
    /// Lc or Le came in extended form.
    bool extended = false;
};

} // namespace cancuoc::card
