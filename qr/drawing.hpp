// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "host/base/bytes.hpp"
#include "qr/image.hpp"
#include "qr/symbol.hpp"

namespace cancuoc::qr {

/// The size of one module in a picture, and of the picture on paper. Modules are whole pixels: a printer that
/// has to divide a pixel makes modules of two widths, which is what scanners fail at first.
struct Scale {
    std::size_t modulePixels = 8; ///< 1 to maximumModulePixels
    std::size_t dotsPerInch = 0;  ///< 0: the picture has no size on paper; otherwise 72 to 4800
};

/// The largest module that is drawn, in pixels.
constexpr std::size_t maximumModulePixels = 64;

/// The largest scale at which a printer of that resolution fits the symbol into the place on the card.
/// @param millimetres side of the place for the symbol itself; the quiet zone comes around it. The card of
///        2021 has 11 to 12 mm, that of 2024 has 18 mm. 1 to 100
/// @param dotsPerInch resolution of the printer, 72 to 4800; card printers have 300 or 600
/// @throws BadConfiguration if the place is too small for modules of two pixels: ink spreads by about half a
///         pixel, and a module of one would close
[[nodiscard]] Scale scaleFor(const Symbol& symbol, double millimetres, std::size_t dotsPerInch);

/// The side of the symbol on paper, without its quiet zone, in millimetres.
/// @throws BadConfiguration if the scale has no resolution
[[nodiscard]] double printedMillimetres(const Symbol& symbol, const Scale& scale);

/// The symbol with its quiet zone as the printer's pixels, black and white.
/// @throws BadConfiguration if the scale is out of range
[[nodiscard]] GreyImage toRaster(const Symbol& symbol, const Scale& scale);

/// The same as a PNG file with one bit a pixel, which says its size on paper if it has one.
/// @throws BadConfiguration if the scale is out of range
[[nodiscard]] Bytes toPng(const Symbol& symbol, const Scale& scale);

/// An SVG file with the quiet zone, drawn in whole modules so that every scale stays crisp; its size is in
/// millimetres if the scale has a resolution.
/// @throws BadConfiguration if the scale is out of range
[[nodiscard]] std::string toSvg(const Symbol& symbol, const Scale& scale);

/// A PDF file of one page, the symbol with its quiet zone at its size on paper. The same symbol gives the
/// same bytes.
/// @throws BadConfiguration if the scale is out of range or has no resolution
[[nodiscard]] Bytes toPdf(const Symbol& symbol, const Scale& scale);

/// Checks that what goes to the printer is read as the text it was made of, by the decoder that reads
/// pictures.
/// @throws Error if it is not
void requireReadable(const GreyImage& raster, BytesView content, SymbolKind kind = SymbolKind::QrCode);

} // namespace cancuoc::qr
