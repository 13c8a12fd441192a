// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/cardface/face_renderer.hpp"

#include <string>
#include <vector>

namespace cancuoc::cardface {

/// Holds a rendered card against what it should say, from its pixels: as a scanner would see the printed
/// card, and before it is printed.
class FaceCheck {
public:
    /// Draws the font's glyphs for the MRZ once. `renderer` outlives the object.
    explicit FaceCheck(const FaceRenderer& renderer);

    /// What is wrong with the card, in sentences that name the element and hold no personal data; none when
    /// it is right: the QR and the seal are decoded to what was encoded, each of the 90 characters of the MRZ
    /// is the glyph that stands there by the font, and no
    /// other.
    [[nodiscard]] std::vector<std::string> check(const CardFaces& faces, const CardContent& content) const;

private:
    void checkSymbol(const Element& element, const biometric::Pixels& raster, const CardContent& content,
                     std::vector<std::string>& findings) const;
    void checkMrz(const Element& element, const MrzElement& mrz, const biometric::Pixels& raster,
                  const CardContent& content, std::vector<std::string>& findings) const;

    const FaceRenderer& renderer_;
    std::map<char, Bytes> glyphs_; ///< the pixels of a cell, row after row, by character
    std::size_t tolerance_ = 0;    ///< how far a printed glyph may be from the font's, in steps of grey
};

/// The part of a raster that a box covers, `margin` millimetres wider on each side. Parts outside of the
/// raster are white.
[[nodiscard]] biometric::Pixels cut(const biometric::Pixels& raster, const Box& box, double margin,
                                    int dotsPerInch);

/// The Vietnamese letters that a font of the layout lacks, each font's with its name; empty when all are
/// there. The font of the MRZ needs none.
/// @return such as "bold: ẴẶ"
[[nodiscard]] std::vector<std::string> missingLetters(const FaceRenderer& renderer);

} // namespace cancuoc::cardface
