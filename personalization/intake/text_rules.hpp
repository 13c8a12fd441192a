// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/validation.hpp"

namespace cancuoc::personalization {

/// Adds what the rules on the texts and dates of a record find.
void checkTexts(const CitizenRecord& record, const IntakePolicy& policy, std::vector<Finding>& findings);

} // namespace cancuoc::personalization
