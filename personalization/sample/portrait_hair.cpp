// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/portrait_hair.hpp"

#include <numbers>

namespace cancuoc::personalization {

namespace {

// The outline of hair over the forehead: from the temple, up over the head, down to the other temple, and
// back along the hair line with its low points at `lineY`.
void pathHairCap(cairo_t* cr, const Looks& looks, double rise, double templeY, double lineY, double partX,
                 double notch) {
    const double face = looks.faceHalfWidth;
    cairo_new_path(cr);
    cairo_move_to(cr, middleX - face - 2, templeY);
    cairo_curve_to(cr, middleX - face - 13, 118, middleX - face * 0.8, crownY - rise, middleX, crownY - rise);
    cairo_curve_to(cr, middleX + face * 0.8, crownY - rise, middleX + face + 13, 118, middleX + face + 2,
                   templeY);
    cairo_curve_to(cr, middleX + face - 5, templeY - 18, middleX + face - 9, lineY + 4, middleX + face * 0.62,
                   lineY);
    cairo_curve_to(cr, middleX + face * 0.3, lineY - notch * 0.5, partX + 10, lineY - notch * 0.75, partX,
                   lineY - notch);
    cairo_curve_to(cr, partX - 10, lineY - notch * 0.62, middleX - face * 0.5, lineY - notch * 0.25,
                   middleX - face * 0.66, lineY + 2);
    cairo_curve_to(cr, middleX - face + 9, lineY + 8, middleX - face + 5, templeY - 18, middleX - face - 2,
                   templeY);
    cairo_close_path(cr);
}

// Thin strands over the filled hair follow the head from the parting outwards.
void paintStrands(cairo_t* cr, const Looks& looks, double rise, double partX, double endY) {
    const double face = looks.faceHalfWidth;
    cairo_set_line_width(cr, 1.1);
    for (int i = 0; i < 9; ++i) {
        const double share = (i + 1) / 10.0;
        setColour(cr, looks.hair.lit(i % 2 == 0 ? 1.26 : 0.6), 0.4);
        const double rightX = partX + (middleX + face + 4 - partX) * share;
        const double leftX = partX - (partX - middleX + face + 4) * share;
        const double top = crownY - rise + 10 + 26 * share * share;
        strokeCurve(cr, partX, crownY - rise + 7, partX + (rightX - partX) * 0.5, top, rightX, top + 14,
                    rightX + 2, endY - 26 * (1 - share));
        strokeCurve(cr, partX, crownY - rise + 7, partX - (partX - leftX) * 0.5, top, leftX, top + 14,
                    leftX - 2, endY - 26 * (1 - share));
    }
}

// Locks that fall beside the face, over its edge.
void paintSideLocks(cairo_t* cr, const Looks& looks, double end) {
    const double face = looks.faceHalfWidth;
    drawBothSides(cr, [&](cairo_t* c) {
        cairo_new_path(c);
        cairo_move_to(c, middleX + 16, crownY + 6);
        cairo_curve_to(c, middleX + face * 0.8, crownY + 18, middleX + face - 4, 140, middleX + face - 4,
                       196);
        cairo_curve_to(c, middleX + face - 4, 232, middleX + face - 8, end - 30, middleX + face - 2, end);
        cairo_curve_to(c, middleX + face + 12, end + 4, middleX + face + 20, end - 2, middleX + face + 22,
                       end - 12);
        cairo_curve_to(c, middleX + face + 26, 260, middleX + face + 24, 160, middleX + face + 8, 112);
        cairo_curve_to(c, middleX + face - 10, crownY - 4, middleX + 40, crownY - 8, middleX, crownY - 10);
        cairo_close_path(c);
        fillFromTo(c, crownY, looks.hair.lit(1.05), end, looks.hair.lit(0.92));
        cairo_set_line_width(c, 1.1);
        for (int i = 0; i < 4; ++i) {
            setColour(c, looks.hair.lit(i % 2 == 0 ? 1.3 : 0.6), 0.45);
            const double x = middleX + face + 1 + 5 * i;
            strokeCurve(c, x - 10, 120, x - 2, 160, x, 200, x - 1, end - 8);
        }
    });
}

} // namespace

// Hair that falls behind head and neck, before the face is painted over it.
void paintHairBehind(cairo_t* cr, const Looks& looks) {
    const double face = looks.faceHalfWidth;
    if (looks.hairStyle == HairStyle::Bun) {
        cairo_new_path(cr);
        cairo_arc(cr, middleX, crownY - 8, 29, 0, 2 * std::numbers::pi);
        fillFromTo(cr, crownY - 38, looks.hair.lit(1.14), crownY + 20, looks.hair);
    }
    if (looks.hairStyle != HairStyle::LongStraight && looks.hairStyle != HairStyle::Bob) {
        return;
    }
    const bool longHair = looks.hairStyle == HairStyle::LongStraight;
    const double end = longHair ? 392 : 288;
    const double spread = longHair ? face + 22 : face + 20;
    cairo_new_path(cr);
    cairo_move_to(cr, middleX, crownY - 10);
    cairo_curve_to(cr, middleX + face * 1.05, crownY - 12, middleX + spread + 2, 130, middleX + spread, 200);
    cairo_curve_to(cr, middleX + spread, 250, middleX + spread + 8, end - 50, middleX + spread - 2, end);
    cairo_curve_to(cr, middleX + 40, end + 10, middleX - 40, end + 10, middleX - spread + 2, end);
    cairo_curve_to(cr, middleX - spread - 8, end - 50, middleX - spread, 250, middleX - spread, 200);
    cairo_curve_to(cr, middleX - spread - 2, 130, middleX - face * 1.05, crownY - 12, middleX, crownY - 10);
    cairo_close_path(cr);
    fillFromTo(cr, crownY, looks.hair.lit(1.06), end, looks.hair.lit(0.8));
}

void paintHair(cairo_t* cr, const Looks& looks) {
    const double side = looks.partedLeft ? -1 : 1;
    double rise = 8;
    double templeY = 172;
    double lineY = 124;
    double partX = middleX;
    double notch = 16; // how far the parting rises above the hair line
    switch (looks.hairStyle) {
    case HairStyle::Crop:
        rise = 4;
        lineY = 124;
        notch = 3;
        break;
    case HairStyle::SidePart:
        rise = 12;
        partX = middleX + side * 26;
        lineY = 130;
        break;
    case HairStyle::SweptUp:
        rise = 22;
        lineY = 118;
        notch = -5;
        break;
    case HairStyle::Receding:
        rise = 0;
        lineY = 108;
        templeY = 176;
        break;
    case HairStyle::LongStraight:
    case HairStyle::Bob:
        paintSideLocks(cr, looks, looks.hairStyle == HairStyle::Bob ? 284 : 372);
        rise = 10;
        lineY = 116;
        templeY = 160;
        partX = middleX + side * 8;
        break;
    case HairStyle::TiedBack:
    case HairStyle::Bun:
        rise = 6;
        lineY = 112;
        templeY = 166;
        partX = middleX + side * 14;
        break;
    }
    pathHairCap(cr, looks, rise, templeY, lineY, partX, notch);
    const Pattern sheen(cairo_pattern_create_radial(middleX - 18, crownY + 16, 6, middleX, crownY + 40, 92));
    addStop(sheen, 0, looks.hair.lit(1.24));
    addStop(sheen, 0.6, looks.hair);
    addStop(sheen, 1, looks.hair.lit(0.75));
    cairo_set_source(cr, sheen.get());
    cairo_fill_preserve(cr);
    cairo_save(cr);
    cairo_clip(cr);
    paintStrands(cr, looks, rise, partX, templeY - 8);
    cairo_restore(cr);
}

} // namespace cancuoc::personalization
