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

/// The same for a card far away in a large picture: small parts, and of each size several, because something
/// else can be denser than the symbol.
/// @return empty for a picture whose shorter side is below 800 pixels
[[nodiscard]] std::vector<Region> likelySmallRegions(const GreyImage& image);

/// The picture in square tiles that overlap, row after row from the top; the last of each row and column ends
/// where the picture does. A part whose sides are at most `side - step` lies in one of them.
/// @param side in pixels, above 0; a picture smaller than that is one tile, cut at its edges
/// @param step from one tile to the next in pixels, above 0
[[nodiscard]] std::vector<Region> tilesOf(const GreyImage& image, std::size_t side, std::size_t step);

} // namespace cancuoc::qr
