// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"
#include "personalization/sample/distinguishing_mark.hpp"
#include "personalization/sample/drawn_image.hpp"
#include "personalization/sample/lot.hpp"

namespace cancuoc::personalization {

/// What a portrait has to agree with.
struct PortraitSubject {
    Sex sex = Sex::Male;
    int age = 30; ///< in years, when the picture is taken
    DistinguishingMark mark;
};

/// Draws the head and shoulders of a person who never existed: colour, 300 x 400, neutral, facing the camera,
/// as card portraits are taken. `lot` decides the looks.
[[nodiscard]] DrawnImage drawPortrait(const PortraitSubject& subject, Lot& lot);

} // namespace cancuoc::personalization
