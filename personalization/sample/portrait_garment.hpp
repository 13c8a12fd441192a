// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/sample/portrait_looks.hpp"

namespace cancuoc::personalization {

/// Draws what the person wears, over neck and shoulders.
void paintGarment(cairo_t* cr, const Looks& looks);

} // namespace cancuoc::personalization
