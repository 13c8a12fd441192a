// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace cancuoc {

/// The JSON value as text for people and programs, indented by two. Text that is not UTF-8 is shown with
/// U+FFFD, and what a terminal would obey is escaped (see printableJson).
[[nodiscard]] std::string jsonText(const nlohmann::ordered_json& value);

} // namespace cancuoc
