// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::lds {

/// A zone whose characters were put right.
struct CorrectedZone {
    std::string text;          ///< the lines, joined
    std::size_t corrected = 0; ///< characters that are others than in what was given

    friend bool operator==(const CorrectedZone&, const CorrectedZone&) = default;
};

/// Puts right letters and digits that scanners and people take for one another (O and 0, I and 1, Z and 2, S
/// and 5, G and 6, B and 8). Where a zone has letters alone or digits alone (Doc 9303-3, 4.3; 9303-4 to -6,
/// 4.2), the place decides; Vietnamese numbers are digits. In another document number the check digits do,
/// for one character, if exactly one reading satisfies them. Optional data are left alone: no check digit of
/// their own would say which of them it was.
/// @param text the lines of a TD1, TD2 or TD3 zone, with or without white space between them
/// @returns the zone with right check digits, unchanged if they were right before; nothing if no reading, or
/// more than one, has them
[[nodiscard]] std::optional<CorrectedZone> correctZone(std::string_view text);

} // namespace cancuoc::lds
