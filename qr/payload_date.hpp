// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/base/date.hpp"

namespace cancuoc::qr {

/// The day that the card's QR writes as ddmmyyyy; nothing for another form and for days that no calendar has.
[[nodiscard]] std::optional<Date> dateOfPayload(std::string_view text);

/// Writes ddmmyyyy; years 0 to 9999.
[[nodiscard]] std::string toPayloadDate(Date date);

} // namespace cancuoc::qr
