// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/command.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card {

/// Decodes a command APDU of case 1 to 4 with short or extended length fields (ISO/IEC 7816-4, 5.1 and 12.1).
/// The result's data views `apdu`. Nothing when the bytes are not exactly one such command; the chip then
/// answers 6700.
[[nodiscard]] std::optional<Command> parseCommand(std::span<const std::uint8_t> apdu);

} // namespace cancuoc::card
