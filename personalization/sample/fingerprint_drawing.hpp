// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/sample/drawn_image.hpp"
#include "personalization/sample/lot.hpp"

namespace cancuoc::personalization {

/// Resolution of drawn fingerprints: what ISO/IEC 19794-4 asks of flat live scans.
constexpr int fingerprintDotsPerInch = 500;

/// Draws the ridges of a finger that never existed: grey, 300 x 400, dark ridges on white.
[[nodiscard]] DrawnImage drawFingerprint(Lot& lot);

} // namespace cancuoc::personalization
