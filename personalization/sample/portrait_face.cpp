// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/portrait_face.hpp"

#include <numbers>

namespace cancuoc::personalization {

namespace {

void pathFace(cairo_t* cr, const Looks& looks) {
    const double face = looks.faceHalfWidth;
    const double jaw = looks.jawHalfWidth;
    cairo_new_path(cr);
    cairo_move_to(cr, middleX, crownY + 14);
    cairo_curve_to(cr, middleX + face * 0.66, crownY + 14, middleX + face, 122, middleX + face, 168);
    cairo_curve_to(cr, middleX + face, 205, middleX + jaw * 1.12, 232, middleX + jaw * 0.80,
                   looks.chinY - 22);
    cairo_curve_to(cr, middleX + jaw * 0.52, looks.chinY - 2, middleX + 14, looks.chinY, middleX,
                   looks.chinY);
    cairo_curve_to(cr, middleX - 14, looks.chinY, middleX - jaw * 0.52, looks.chinY - 2, middleX - jaw * 0.80,
                   looks.chinY - 22);
    cairo_curve_to(cr, middleX - jaw * 1.12, 232, middleX - face, 205, middleX - face, 168);
    cairo_curve_to(cr, middleX - face, 122, middleX - face * 0.66, crownY + 14, middleX, crownY + 14);
    cairo_close_path(cr);
}

void paintEars(cairo_t* cr, const Looks& looks) {
    const double x = middleX + looks.faceHalfWidth;
    drawBothSides(cr, [&](cairo_t* c) {
        cairo_new_path(c);
        cairo_move_to(c, x - 3, 168);
        cairo_curve_to(c, x + 7, 158, x + 14, 168, x + 11, 186);
        cairo_curve_to(c, x + 9, 202, x + 3, 212, x - 5, 206);
        cairo_close_path(c);
        fillFromTo(c, 160, looks.skin.lit(0.95), 210, looks.skin.lit(0.82));
        setColour(c, looks.skin.lit(0.66), 0.8);
        cairo_set_line_width(c, 1.5);
        strokeCurve(c, x + 1, 174, x + 8, 168, x + 9, 184, x + 2, 194);
    });
}

void paintFace(cairo_t* cr, const Looks& looks) {
    pathFace(cr, looks);
    const Pattern light(cairo_pattern_create_radial(middleX - 14, 168, 16, middleX, 182, 112));
    addStop(light, 0, looks.skin.lit(1.22));
    addStop(light, 0.55, looks.skin);
    addStop(light, 1, looks.skin.lit(0.74));
    cairo_set_source(cr, light.get());
    cairo_fill_preserve(cr);
    cairo_save(cr);
    cairo_clip(cr);
    const Colour blush{0.86, 0.42, 0.36};
    drawBothSides(cr, [&](cairo_t* c) {
        paintGlow(c, middleX + 37, 212, 24, 18, blush, looks.sex == Sex::Female ? 0.26 : 0.14);
        paintGlow(c, middleX + looks.eyeDistance, eyeY - 2, 23, 15, looks.skin.lit(0.62), 0.36); // eye socket
    });
    paintGlow(cr, middleX, looks.chinY - 6, 30, 12, looks.skin.lit(1.3), 0.35);
    if (looks.sex == Sex::Male) {
        paintGlow(cr, middleX, looks.chinY - 18, 62, 38, Colour{0.32, 0.32, 0.36}, 0.13); // shaven chin
    }
    cairo_restore(cr);
}

void pathEye(cairo_t* cr, double x, double halfWidth, double opening) {
    cairo_new_path(cr);
    cairo_move_to(cr, x - halfWidth, eyeY + 1.5); // the corner towards the nose
    cairo_curve_to(cr, x - halfWidth * 0.5, eyeY - opening * 1.25, x + halfWidth * 0.45,
                   eyeY - opening * 1.35, x + halfWidth, eyeY - 1.2);
    cairo_curve_to(cr, x + halfWidth * 0.5, eyeY + opening * 0.85, x - halfWidth * 0.4, eyeY + opening * 0.95,
                   x - halfWidth, eyeY + 1.5);
    cairo_close_path(cr);
}

// One eye on the viewer's right; the other is its mirror image, but for the light in it.
void paintEye(cairo_t* cr, const Looks& looks) {
    const double x = middleX + looks.eyeDistance;
    const double half = looks.eyeHalfWidth;
    const double opening = looks.eyeOpening;
    pathEye(cr, x, half, opening);
    setColour(cr, {0.97, 0.96, 0.95});
    cairo_fill_preserve(cr);
    cairo_save(cr);
    cairo_clip(cr);
    const double iris = 6.3;
    paintGlow(cr, x, eyeY - 0.8, iris * 1.25, iris * 1.25, {0.10, 0.06, 0.04}, 0.9);
    const Pattern ring(cairo_pattern_create_radial(x, eyeY, 1.5, x, eyeY - 0.8, iris));
    addStop(ring, 0, {0.36, 0.22, 0.13});
    addStop(ring, 1, {0.14, 0.08, 0.06});
    cairo_set_source(cr, ring.get());
    cairo_arc(cr, x, eyeY - 0.8, iris, 0, 2 * std::numbers::pi);
    cairo_fill(cr);
    setColour(cr, {0.03, 0.02, 0.02});
    cairo_arc(cr, x, eyeY - 0.8, 2.7, 0, 2 * std::numbers::pi);
    cairo_fill(cr);
    paintGlow(cr, x, eyeY - opening * 1.3, half * 1.3, 4.5, {0.2, 0.12, 0.1}, 0.5); // shadow of the lid
    cairo_restore(cr);

    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    setColour(cr, {0.10, 0.07, 0.07});
    cairo_set_line_width(cr, looks.sex == Sex::Female ? 2.5 : 1.9);
    strokeCurve(cr, x - half, eyeY + 1.5, x - half * 0.5, eyeY - opening * 1.25, x + half * 0.45,
                eyeY - opening * 1.35, x + half + 1, eyeY - 1.6);
    setColour(cr, looks.skin.lit(0.5), 0.55);
    cairo_set_line_width(cr, 1.1);
    strokeCurve(cr, x - half * 0.8, eyeY + 3, x - half * 0.3, eyeY + opening * 1.15, x + half * 0.5,
                eyeY + opening * 1.05, x + half, eyeY);
    if (looks.doubleEyelid) {
        strokeCurve(cr, x - half * 0.8, eyeY - 3.5, x - half * 0.4, eyeY - opening * 1.85, x + half * 0.5,
                    eyeY - opening * 1.95, x + half + 2, eyeY - 4.5);
    }
    if (looks.wrinkles > 0) {
        setColour(cr, looks.skin.lit(0.55), 0.5 * looks.wrinkles);
        strokeCurve(cr, x - half + 2, eyeY + 12, x - 3, eyeY + 17, x + 6, eyeY + 16, x + half, eyeY + 11);
        strokeCurve(cr, x + half + 6, eyeY - 3, x + half + 9, eyeY - 5, x + half + 11, eyeY - 6,
                    x + half + 14, eyeY - 9);
        strokeCurve(cr, x + half + 6, eyeY + 2, x + half + 9, eyeY + 2, x + half + 12, eyeY + 3,
                    x + half + 15, eyeY + 5);
    }
}

void paintBrow(cairo_t* cr, const Looks& looks) {
    const double x = middleX + looks.eyeDistance;
    const double thick = looks.browThickness;
    const double arch = looks.browArch;
    cairo_new_path(cr);
    cairo_move_to(cr, x - 15, browY + 0.5);
    cairo_curve_to(cr, x - 6, browY - 4 - arch * 0.5, x + 8, browY - 5 - arch * 0.5, x + 20, browY + 3);
    cairo_curve_to(cr, x + 8, browY - 5 - arch * 0.5 + thick, x - 6, browY - 4 - arch * 0.5 + thick * 1.2,
                   x - 15, browY + 0.5 + thick);
    cairo_close_path(cr);
    setColour(cr, looks.hair.lit(0.9), 0.86);
    cairo_fill(cr);
}

void paintNose(cairo_t* cr, const Looks& looks) {
    const double half = looks.noseHalfWidth;
    paintGlow(cr, middleX, noseY - 12, 8, 26, looks.skin.lit(1.4), 0.5);
    paintGlow(cr, middleX, noseY + 5, half + 5, 7, looks.skin.lit(0.5), 0.4);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    drawBothSides(cr, [&](cairo_t* c) {
        paintGlow(c, middleX + 10, 188, 7, 24, looks.skin.lit(0.6), 0.18);
        setColour(c, looks.skin.lit(0.52), 0.8);
        cairo_set_line_width(c, 1.6);
        strokeCurve(c, middleX + half - 2, noseY - 9, middleX + half + 3, noseY - 3, middleX + half + 1,
                    noseY + 4, middleX + half - 4, noseY + 2);
        paintGlow(c, middleX + half * 0.48, noseY + 2, 4.4, 2.4, Colour{0.28, 0.13, 0.10}, 0.85);
    });
    setColour(cr, looks.skin.lit(0.55), 0.6);
    cairo_set_line_width(cr, 1.4);
    strokeCurve(cr, middleX - 5, noseY + 3, middleX - 2, noseY + 5.5, middleX + 2, noseY + 5.5, middleX + 5,
                noseY + 3);
}

void paintMouth(cairo_t* cr, const Looks& looks) {
    const double half = looks.mouthHalfWidth;
    const double full = looks.lipFullness;
    const Colour lip = looks.sex == Sex::Female ? Colour{0.76, 0.34, 0.34} : Colour{0.70, 0.42, 0.37};
    cairo_new_path(cr); // upper lip
    cairo_move_to(cr, middleX - half, mouthY);
    cairo_curve_to(cr, middleX - half * 0.5, mouthY - full * 0.8, middleX - 6, mouthY - full, middleX,
                   mouthY - full * 0.6);
    cairo_curve_to(cr, middleX + 6, mouthY - full, middleX + half * 0.5, mouthY - full * 0.8, middleX + half,
                   mouthY);
    cairo_curve_to(cr, middleX + half * 0.4, mouthY + 3, middleX - half * 0.4, mouthY + 3, middleX - half,
                   mouthY);
    cairo_close_path(cr);
    fillFromTo(cr, mouthY - full, lip.lit(0.98), mouthY + 2, lip.lit(0.80));
    cairo_new_path(cr); // lower lip
    cairo_move_to(cr, middleX - half, mouthY);
    cairo_curve_to(cr, middleX - half * 0.5, mouthY + full * 1.5, middleX + half * 0.5, mouthY + full * 1.5,
                   middleX + half, mouthY);
    cairo_curve_to(cr, middleX + half * 0.4, mouthY + 3, middleX - half * 0.4, mouthY + 3, middleX - half,
                   mouthY);
    cairo_close_path(cr);
    fillFromTo(cr, mouthY, lip.lit(1.04), mouthY + full * 1.2, lip.lit(1.16));
    paintGlow(cr, middleX, mouthY + full * 0.55, half * 0.45, 2.2, {1, 0.93, 0.9}, 0.4);
    setColour(cr, lip.lit(0.42), 0.85);
    cairo_set_line_width(cr, 1.5);
    strokeCurve(cr, middleX - half, mouthY, middleX - half * 0.4, mouthY + 3, middleX + half * 0.4,
                mouthY + 3, middleX + half, mouthY);
    paintGlow(cr, middleX, mouthY + full * 1.5 + 3, half * 0.7, 4, looks.skin.lit(0.55), 0.4);
    if (looks.wrinkles > 0) {
        setColour(cr, looks.skin.lit(0.55), 0.6 * looks.wrinkles);
        cairo_set_line_width(cr, 1.6);
        drawBothSides(cr, [&](cairo_t* c) {
            strokeCurve(c, middleX + looks.noseHalfWidth + 4, noseY - 2, middleX + half + 2, noseY + 6,
                        middleX + half + 7, mouthY - 8, middleX + half + 7, mouthY + 3);
        });
    }
}

void paintForeheadLines(cairo_t* cr, const Looks& looks) {
    if (looks.wrinkles < 0.35) {
        return;
    }
    setColour(cr, looks.skin.lit(0.6), 0.45 * looks.wrinkles);
    cairo_set_line_width(cr, 1.4);
    for (const double y : {128.0, 137.0}) {
        strokeCurve(cr, middleX - 30, y, middleX - 12, y - 4, middleX + 12, y - 4, middleX + 30, y);
    }
}

} // namespace

void paintNeck(cairo_t* cr, const Looks& looks) {
    const double half = looks.sex == Sex::Male ? 39 : 32;
    const double top = looks.chinY - 40;
    cairo_new_path(cr);
    cairo_move_to(cr, middleX - half, top);
    cairo_curve_to(cr, middleX - half, 302, middleX - half - 4, 320, middleX - half - 40, 336);
    cairo_line_to(cr, middleX - half - 40, Canvas::height);
    cairo_line_to(cr, middleX + half + 40, Canvas::height);
    cairo_line_to(cr, middleX + half + 40, 336);
    cairo_curve_to(cr, middleX + half + 4, 320, middleX + half, 302, middleX + half, top);
    cairo_close_path(cr);
    cairo_save(cr);
    cairo_clip_preserve(cr);
    fillFromTo(cr, top, looks.skin.lit(0.84), 360, looks.skin.lit(0.98));
    paintGlow(cr, middleX, looks.chinY + 2, half + 24, 30, looks.skin.lit(0.45), 0.6); // the chin's shadow
    cairo_restore(cr);
    setColour(cr, looks.skin.lit(0.72), 0.5);
    cairo_set_line_width(cr, 2);
    drawBothSides(cr, [](cairo_t* c) {
        strokeCurve(c, middleX + 8, 352, middleX + 20, 344, middleX + 34, 341, middleX + 48, 340);
    });
}

void paintHead(cairo_t* cr, const Looks& looks) {
    paintEars(cr, looks);
    paintFace(cr, looks);
    paintForeheadLines(cr, looks);
    drawBothSides(cr, [&](cairo_t* c) {
        paintEye(c, looks);
        paintBrow(c, looks);
    });
    for (const double x : {middleX - looks.eyeDistance, middleX + looks.eyeDistance}) {
        paintGlow(cr, x - 2, eyeY - 3, 2, 2, {1, 1, 1}, 0.95); // the same window shines in both eyes
    }
    paintNose(cr, looks);
    paintMouth(cr, looks);
}

// Where the portrait shows the place that a mark is described by; the holder's left is the viewer's right.
void paintMark(cairo_t* cr, const Looks& looks, const DistinguishingMark& mark) {
    using Place = DistinguishingMark::Place;
    constexpr double pixelsPerCentimetre = 9; // a face is 13 to 14 cm wide
    double offset = 0;
    double y = 0;
    bool left = true;
    switch (mark.place) {
    case Place::LeftEyeCorner:
    case Place::RightEyeCorner:
        left = mark.place == Place::LeftEyeCorner;
        offset = looks.eyeDistance + looks.eyeHalfWidth;
        y = eyeY + 4;
        break;
    case Place::LeftBrow:
    case Place::RightBrow:
        left = mark.place == Place::LeftBrow;
        offset = looks.eyeDistance - 15;
        y = browY;
        break;
    case Place::LeftNostril:
    case Place::RightNostril:
        left = mark.place == Place::LeftNostril;
        offset = looks.noseHalfWidth;
        y = noseY;
        break;
    case Place::LeftMouthCorner:
        offset = looks.mouthHalfWidth;
        y = mouthY;
        break;
    }
    const double step = mark.centimetres * pixelsPerCentimetre * std::numbers::sqrt2 / 2;
    offset += mark.outwards ? step : -step;
    y += mark.below ? step : -step;
    const double x = middleX + (left ? offset : -offset);
    if (mark.kind == DistinguishingMark::Kind::Mole) {
        paintGlow(cr, x, y, 2.6, 2.4, {0.20, 0.11, 0.08}, 0.95);
        paintGlow(cr, x, y, 1.8, 1.7, {0.16, 0.08, 0.06}, 0.9);
    } else {
        setColour(cr, looks.skin.lit(1.5), 0.85);
        cairo_set_line_width(cr, 1.7);
        strokeCurve(cr, x - 3, y - 1, x - 1, y - 2, x + 1, y, x + 3.5, y + 1);
        setColour(cr, looks.skin.lit(0.6), 0.6);
        cairo_set_line_width(cr, 0.9);
        strokeCurve(cr, x - 3, y + 0.5, x - 1, y - 0.5, x + 1, y + 1.5, x + 3.5, y + 2.5);
    }
}

} // namespace cancuoc::personalization
