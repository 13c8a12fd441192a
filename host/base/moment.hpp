// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace cancuoc {

/// Writes a moment as YYYY-MM-DDThh:mm:ssZ (RFC 3339, UTC); years 0 to 9999.
[[nodiscard]] std::string toIso(std::chrono::sys_seconds moment);

/// Reads what toIso writes. Throws MalformedData for any other form and for times that no clock shows.
[[nodiscard]] std::chrono::sys_seconds momentFromIso(std::string_view text);

} // namespace cancuoc
