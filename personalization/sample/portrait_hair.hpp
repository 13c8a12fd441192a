// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/sample/portrait_looks.hpp"

namespace cancuoc::personalization {

/// Draws the hair that falls behind head and neck, before the face.
void paintHairBehind(cairo_t* cr, const Looks& looks);

/// Draws the hair on the head and beside the face, over it.
void paintHair(cairo_t* cr, const Looks& looks);

} // namespace cancuoc::personalization
