// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "qr/card_identity.hpp"

namespace cancuoc::qr {

/// One symbol, as `cancuoc qr decode --json` prints it: its kind and text, and for an identity card the
/// profile, the fields and what was unusual.
/// @param text bytes of the symbol or the scanner, of any length and encoding
[[nodiscard]] nlohmann::ordered_json describeSymbol(const std::string& text);

/// The comparison of a symbol with what the chip said, as `cancuoc qr verify --json` prints it.
/// @param chipVerdict `genuine`, `not-genuine`, `incomplete`; anything else where it is not known
[[nodiscard]] nlohmann::ordered_json describeComparison(const std::vector<FieldComparison>& comparisons,
                                                        std::string_view chipVerdict);

} // namespace cancuoc::qr
