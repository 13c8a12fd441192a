// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/sample/canvas.hpp"
#include "personalization/sample/portrait_drawing.hpp"

namespace cancuoc::personalization {

enum class HairStyle { Crop, SidePart, SweptUp, Receding, LongStraight, Bob, TiedBack, Bun };
enum class Garment { Shirt, Suit, HighCollar, RoundNeck, VeeNeck };

/// What the lot decides about a person. Lengths are in pixels of the finished picture.
struct Looks {
    Colour skin;
    Colour hair;
    Colour garmentColour;
    Colour accentColour; ///< tie, under-shirt or piping
    Colour background;
    HairStyle hairStyle;
    Garment garment;
    double faceHalfWidth;
    double jawHalfWidth;
    double chinY;
    double eyeDistance; ///< from the middle of the face to the middle of an eye
    double eyeHalfWidth;
    double eyeOpening;
    double browThickness;
    double browArch;
    double noseHalfWidth;
    double mouthHalfWidth;
    double lipFullness;
    bool doubleEyelid;
    bool partedLeft;
    double wrinkles; ///< 0 young to 1 old
    Sex sex;
};

/// Lines of the face on which all else hangs.
constexpr double middleX = 150;
constexpr double crownY = 72;
constexpr double browY = 157;
constexpr double eyeY = 176;
constexpr double noseY = 217;
constexpr double mouthY = 240;

/// The looks of a person who agrees with `subject`.
[[nodiscard]] Looks drawLooks(const PortraitSubject& subject, Lot& lot);

} // namespace cancuoc::personalization
