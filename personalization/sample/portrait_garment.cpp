// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/portrait_garment.hpp"

#include <cmath>

namespace cancuoc::personalization {

namespace {

void pathShoulders(cairo_t* cr, double collarHalfWidth, double collarY) {
    cairo_new_path(cr);
    cairo_move_to(cr, -10, 410);
    cairo_curve_to(cr, -6, 352, 34, 346, 78, 332);
    cairo_line_to(cr, middleX - collarHalfWidth, collarY);
    cairo_line_to(cr, middleX + collarHalfWidth, collarY);
    cairo_line_to(cr, 222, 332);
    cairo_curve_to(cr, 266, 346, 306, 352, 310, 410);
    cairo_close_path(cr);
}

void shadeShoulders(cairo_t* cr, const Looks& looks) {
    setColour(cr, looks.garmentColour.lit(0.68), 0.7);
    cairo_set_line_width(cr, 2.2);
    drawBothSides(cr, [](cairo_t* c) { strokeCurve(c, 252, 410, 250, 388, 254, 374, 262, 362); });
    paintGlow(cr, 40, 372, 60, 40, looks.garmentColour.lit(1.4), 0.35);
}

// Everything worn has the same shoulders; the opening at the neck makes the garment.
void paintRoundNeck(cairo_t* cr, const Looks& looks, double depth, bool pointed) {
    pathShoulders(cr, 46, 322);
    cairo_save(cr);
    cairo_clip(cr);
    cairo_new_path(cr);
    cairo_rectangle(cr, 0, 300, Canvas::width, 110);
    cairo_move_to(cr, middleX - 47, 318);
    if (pointed) {
        cairo_line_to(cr, middleX - 40, 336);
        cairo_line_to(cr, middleX, 336 + depth);
        cairo_line_to(cr, middleX + 40, 336);
        cairo_line_to(cr, middleX + 47, 318);
    } else {
        cairo_curve_to(cr, middleX - 40, 336 + depth, middleX + 40, 336 + depth, middleX + 47, 318);
    }
    cairo_close_path(cr);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    fillFromTo(cr, 320, looks.garmentColour.lit(1.06), 400, looks.garmentColour.lit(0.88));
    cairo_restore(cr);
    setColour(cr, looks.garmentColour.lit(0.78));
    cairo_set_line_width(cr, 3);
    if (pointed) {
        cairo_move_to(cr, middleX - 45, 322);
        cairo_line_to(cr, middleX - 40, 336);
        cairo_line_to(cr, middleX, 336 + depth);
        cairo_line_to(cr, middleX + 40, 336);
        cairo_line_to(cr, middleX + 45, 322);
        cairo_stroke(cr);
    } else {
        strokeCurve(cr, middleX - 46, 321, middleX - 38, 336 + depth, middleX + 38, 336 + depth, middleX + 46,
                    321);
    }
}

void paintHighCollar(cairo_t* cr, const Looks& looks) {
    pathShoulders(cr, 36, 318);
    fillFromTo(cr, 318, looks.garmentColour.lit(1.06), 400, looks.garmentColour.lit(0.86));
    cairo_new_path(cr);
    cairo_move_to(cr, middleX - 36, 304);
    cairo_curve_to(cr, middleX - 24, 322, middleX - 8, 330, middleX, 331);
    cairo_curve_to(cr, middleX + 8, 330, middleX + 24, 322, middleX + 36, 304);
    cairo_line_to(cr, middleX + 40, 324);
    cairo_curve_to(cr, middleX + 26, 342, middleX + 8, 350, middleX, 351);
    cairo_curve_to(cr, middleX - 8, 350, middleX - 26, 342, middleX - 40, 324);
    cairo_close_path(cr);
    fillFromTo(cr, 304, looks.garmentColour.lit(1.16), 351, looks.garmentColour.lit(0.92));
    setColour(cr, looks.accentColour, 0.8);
    cairo_set_line_width(cr, 1.6);
    strokeCurve(cr, middleX, 351, middleX + 12, 362, middleX + 36, 366, middleX + 62,
                352); // the slanted closing
    for (const double along : {0.0, 1.0, 2.0}) {
        paintGlow(cr, middleX + 4 + along * 24, 352 + 9 * std::sin(along * 1.2), 3.4, 3.4, looks.accentColour,
                  1);
    }
}

void paintCollarPoints(cairo_t* cr, Colour cloth) {
    drawBothSides(cr, [cloth](cairo_t* c) {
        cairo_new_path(c);
        cairo_move_to(c, middleX + 43, 308);
        cairo_line_to(c, middleX + 52, 326);
        cairo_line_to(c, middleX + 29, 371);
        cairo_line_to(c, middleX + 1, 347);
        cairo_curve_to(c, middleX + 22, 340, middleX + 36, 326, middleX + 43, 308);
        cairo_close_path(c);
        fillFromTo(c, 308, cloth.lit(1.25), 371, cloth.lit(0.93));
        setColour(c, cloth.lit(0.66), 0.8);
        cairo_set_line_width(c, 1.4);
        cairo_move_to(c, middleX + 52, 326);
        cairo_line_to(c, middleX + 29, 371);
        cairo_line_to(c, middleX + 1, 347);
        cairo_stroke(c);
    });
}

void paintShirt(cairo_t* cr, const Looks& looks) {
    pathShoulders(cr, 44, 316);
    fillFromTo(cr, 316, looks.garmentColour.lit(1.05), 400, looks.garmentColour.lit(0.88));
    cairo_new_path(cr); // the open neck
    cairo_move_to(cr, middleX - 40, 312);
    cairo_line_to(cr, middleX, 350);
    cairo_line_to(cr, middleX + 40, 312);
    cairo_close_path(cr);
    fillFromTo(cr, 312, looks.skin.lit(0.78), 350, looks.skin.lit(0.92));
    paintCollarPoints(cr, looks.garmentColour);
    setColour(cr, looks.garmentColour.lit(0.66), 0.8);
    cairo_set_line_width(cr, 1.4);
    cairo_move_to(cr, middleX + 2, 350);
    cairo_line_to(cr, middleX + 2, 400);
    cairo_stroke(cr);
    paintGlow(cr, middleX - 3, 378, 2.6, 2.6, looks.garmentColour.lit(0.5), 1);
}

void paintSuit(cairo_t* cr, const Looks& looks) {
    const Colour white{0.95, 0.96, 0.98};
    pathShoulders(cr, 44, 316);
    fillFromTo(cr, 316, looks.garmentColour.lit(1.12), 400, looks.garmentColour.lit(0.85));
    cairo_new_path(cr); // the shirt between the lapels
    cairo_move_to(cr, middleX - 44, 316);
    cairo_line_to(cr, middleX - 20, 400);
    cairo_line_to(cr, middleX + 20, 400);
    cairo_line_to(cr, middleX + 44, 316);
    cairo_close_path(cr);
    setColour(cr, white);
    cairo_fill(cr);
    cairo_new_path(cr); // the tie
    cairo_move_to(cr, middleX - 10, 345);
    cairo_line_to(cr, middleX + 10, 345);
    cairo_line_to(cr, middleX + 7, 360);
    cairo_line_to(cr, middleX + 16, 404);
    cairo_line_to(cr, middleX - 16, 404);
    cairo_line_to(cr, middleX - 7, 360);
    cairo_close_path(cr);
    fillFromTo(cr, 340, looks.accentColour.lit(1.15), 400, looks.accentColour.lit(0.85));
    paintCollarPoints(cr, white);
    drawBothSides(cr, [&looks](cairo_t* c) {
        cairo_new_path(c);
        cairo_move_to(c, middleX + 50, 318);
        cairo_line_to(c, middleX + 72, 346);
        cairo_line_to(c, middleX + 62, 360);
        cairo_line_to(c, middleX + 68, 368);
        cairo_line_to(c, middleX + 24, 410);
        cairo_line_to(c, middleX + 30, 372);
        cairo_close_path(c);
        fillFromTo(c, 318, looks.garmentColour.lit(1.22), 404, looks.garmentColour.lit(0.98));
        setColour(c, looks.garmentColour.lit(0.55), 0.8);
        cairo_set_line_width(c, 1.2);
        cairo_move_to(c, middleX + 72, 346);
        cairo_line_to(c, middleX + 62, 360);
        cairo_line_to(c, middleX + 68, 368);
        cairo_line_to(c, middleX + 24, 410);
        cairo_stroke(c);
    });
}

} // namespace

void paintGarment(cairo_t* cr, const Looks& looks) {
    switch (looks.garment) {
    case Garment::Shirt:
        paintShirt(cr, looks);
        break;
    case Garment::Suit:
        paintSuit(cr, looks);
        break;
    case Garment::HighCollar:
        paintHighCollar(cr, looks);
        break;
    case Garment::RoundNeck:
        paintRoundNeck(cr, looks, 18, false);
        break;
    case Garment::VeeNeck:
        paintRoundNeck(cr, looks, 44, true);
        break;
    }
    shadeShoulders(cr, looks);
}

} // namespace cancuoc::personalization
