// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "qr/card_identity.hpp"
#include "qr/oddity.hpp"
#include "qr/payload.hpp"

namespace cancuoc::qr {

/// The fields of a payload by name; the four of 2024 too unless the profile is that of 2021.
[[nodiscard]] nlohmann::ordered_json fieldsOf(const Payload& payload, std::optional<Profile> profile);

/// One symbol, as `cancuoc qr decode --json` prints it: its kind and text, for an identity card the profile,
/// for it and a health-insurance card the fields and what was unusual, for any other the reason and the
/// position of the refusal.
/// @param text bytes of the symbol or the scanner, of any length and encoding
[[nodiscard]] nlohmann::ordered_json describeSymbol(const std::string& text);

/// Adds what was unusual about a text: `remarks`, sentences for people, and `oddities`, each with its `kind`,
/// whether it was `undone`, and the `position` (bytes from 0) or the `field` (from 1) that it is about.
void addOddities(nlohmann::ordered_json& json, const std::vector<Oddity>& oddities);

/// The comparison of a symbol with what the chip said, as `cancuoc qr verify --json` prints it; `matches`
/// holds only where outcomeOf says so and the chip was not found to be no genuine one.
/// @param chipVerdict `genuine`, `not-genuine`, `incomplete`; anything else where it is not known
[[nodiscard]] nlohmann::ordered_json describeComparison(const std::vector<FieldComparison>& comparisons,
                                                        std::string_view chipVerdict);

} // namespace cancuoc::qr
