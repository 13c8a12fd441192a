// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/sample/portrait_looks.hpp"

namespace cancuoc::personalization {

/// Draws neck and throat, which the garment then covers in part.
void paintNeck(cairo_t* cr, const Looks& looks);

/// Draws ears and face with eyes, brows, nose, mouth and the wrinkles of age.
void paintHead(cairo_t* cr, const Looks& looks);

/// Draws the distinguishing mark where its text says; the holder's left is the viewer's right.
void paintMark(cairo_t* cr, const Looks& looks, const DistinguishingMark& mark);

} // namespace cancuoc::personalization
