// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/validation.hpp"

namespace cancuoc::personalization {

/// Adds what the rules on the pictures of the record in `line` find. A picture without bytes is passed over.
void checkPictures(const Pictures& pictures, const IntakePolicy& policy, std::size_t line,
                   std::vector<Finding>& findings);

} // namespace cancuoc::personalization
