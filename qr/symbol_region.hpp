// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "qr/picture_filter.hpp"

namespace cancuoc::qr {

/// Where a symbol probably is: the parts of the picture that are densest in edges of both directions, of the
/// sizes that a symbol has in a picture of a whole card, the likeliest first. A decoder that looks there
/// first is faster, and can afford to enlarge what it sees.
/// @return empty for a picture too small to choose a part of
[[nodiscard]] std::vector<Region> likelyRegions(const GreyImage& image);

} // namespace cancuoc::qr
