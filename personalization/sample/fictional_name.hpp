// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"
#include "personalization/sample/lot.hpp"

#include <string>

namespace cancuoc::personalization {

/// A family name by lot, about as frequent as in Vietnam, sometimes a rare or a compound one.
[[nodiscard]] std::string drawFamilyName(Lot& lot);

/// The family name with middle and given names by lot: "Nguyễn Thị Thu Hương".
[[nodiscard]] std::string drawFullName(const std::string& familyName, Sex sex, Lot& lot);

} // namespace cancuoc::personalization
