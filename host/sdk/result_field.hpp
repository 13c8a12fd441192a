// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "host/sdk/include/cancuoc.h"

namespace cancuoc::sdk {

/// A text of the object that `cancuoc read --json` prints: empty for an item without a value, nothing when
/// its file was not read. Throws Refusal with CANCUOC_INVALID_ARGUMENT for a number that is no field.
[[nodiscard]] std::optional<std::string> fieldOf(const nlohmann::ordered_json& json, cancuoc_field field);

/// An item of DG13 that has no name; likewise.
[[nodiscard]] std::optional<std::string> otherItemOf(const nlohmann::ordered_json& json, std::int32_t item);

} // namespace cancuoc::sdk
