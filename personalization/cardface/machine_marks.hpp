// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/cardface/canvas.hpp"
#include "personalization/cardface/font_set.hpp"
#include "qr/symbol.hpp"

#include <array>
#include <string>
#include <vector>

namespace cancuoc::cardface {

/// Where the characters of an MRZ stand, in pixels of a resolution: each cell is as wide as the pitch, and
/// every cell of a card has its glyph at the same place in it.
struct MrzGrid {
    MrzGrid(const Box& box, const MrzElement& mrz, int dotsPerInch);

    int left;                     ///< of the first cell
    int pitch;                    ///< 2.54 mm: 30 pixels at 300 dpi, 60 at 600
    int ascent;                   ///< of a cell, above the baseline
    int descent;                  ///< of a cell, below the baseline
    std::array<int, 3> baselines; ///< of the lines, from the card's upper edge
};

/// Draws the lines of an MRZ in OCR-B.
/// @param lines three of 30 characters
void drawMrz(Canvas& canvas, const Box& box, const MrzElement& mrz, const FontSet& fonts,
             const std::vector<std::string>& lines);

/// Draws a QR symbol or a Data Matrix in the middle of its box, in whole pixels.
/// @throws MalformedData when the box is too small for it at the canvas' resolution
void drawSymbol(Canvas& canvas, const Box& box, const qr::Symbol& symbol);

} // namespace cancuoc::cardface
