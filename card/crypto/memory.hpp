// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace cancuoc::card::crypto {

/// Overwrites `bytes` with zeros; the compiler may not remove the writes.
void wipe(std::span<std::uint8_t> bytes);

/// Whether both views hold the same bytes. The time taken depends on their lengths only, never on their
/// content.
[[nodiscard]] bool equalConstantTime(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right);

} // namespace cancuoc::card::crypto
