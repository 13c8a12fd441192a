// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cancuoc::cardface {

constexpr double millimetresPerInch = 25.4;
constexpr double pointsPerInch = 72;
constexpr double pointsPerMillimetre = pointsPerInch / millimetresPerInch;

} // namespace cancuoc::cardface
