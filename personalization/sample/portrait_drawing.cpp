// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/portrait_drawing.hpp"

#include "host/base/error.hpp"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <numbers>

namespace cancuoc::personalization {

namespace {

constexpr int width = 300;
constexpr int height = 400;

struct Colour {
    double red;
    double green;
    double blue;

    // Towards black below 1, towards white above 1.
    [[nodiscard]] Colour lit(double factor) const {
        const auto tone = [factor](double value) {
            return factor <= 1 ? value * factor : value + (1 - value) * (factor - 1);
        };
        return {tone(red), tone(green), tone(blue)};
    }
};

enum class HairStyle { Crop, SidePart, SweptUp, Receding, LongStraight, Bob, TiedBack, Bun };
enum class Garment { Shirt, Suit, HighCollar, RoundNeck, VeeNeck };

// What the lot decides about a person. Lengths are in pixels of the finished picture.
struct Looks {
    Colour skin;
    Colour hair;
    Colour garmentColour;
    Colour accentColour; // tie, under-shirt or piping
    Colour background;
    HairStyle hairStyle;
    Garment garment;
    double faceHalfWidth;
    double jawHalfWidth;
    double chinY;
    double eyeDistance; // from the middle of the face to the middle of an eye
    double eyeHalfWidth;
    double eyeOpening;
    double browThickness;
    double browArch;
    double noseHalfWidth;
    double mouthHalfWidth;
    double lipFullness;
    bool doubleEyelid;
    bool partedLeft;
    double wrinkles; // 0 young to 1 old
    Sex sex;
};

// Lines of the face on which all else hangs.
constexpr double middleX = 150;
constexpr double crownY = 72;
constexpr double browY = 157;
constexpr double eyeY = 176;
constexpr double noseY = 217;
constexpr double mouthY = 240;

constexpr std::array<Colour, 6> skinTones{{{0.98, 0.86, 0.75},
                                           {0.96, 0.82, 0.69},
                                           {0.93, 0.77, 0.62},
                                           {0.88, 0.70, 0.54},
                                           {0.82, 0.63, 0.47},
                                           {0.74, 0.55, 0.41}}};
constexpr std::array<Colour, 4> hairTones{
    {{0.08, 0.07, 0.08}, {0.11, 0.09, 0.09}, {0.16, 0.11, 0.09}, {0.22, 0.15, 0.11}}};
constexpr std::array<Colour, 3> greyHairTones{{{0.36, 0.35, 0.36}, {0.55, 0.54, 0.55}, {0.74, 0.73, 0.74}}};
constexpr std::array<Colour, 10> garmentTones{{{0.95, 0.96, 0.98},
                                               {0.73, 0.83, 0.94},
                                               {0.16, 0.23, 0.38},
                                               {0.24, 0.26, 0.29},
                                               {0.52, 0.16, 0.22},
                                               {0.15, 0.42, 0.40},
                                               {0.86, 0.72, 0.45},
                                               {0.80, 0.62, 0.72},
                                               {0.42, 0.36, 0.58},
                                               {0.33, 0.45, 0.29}}};
constexpr std::array<Colour, 4> accentTones{
    {{0.60, 0.14, 0.18}, {0.14, 0.28, 0.52}, {0.20, 0.22, 0.26}, {0.80, 0.66, 0.30}}};
constexpr std::array<Colour, 4> backgrounds{
    {{0.93, 0.95, 0.98}, {0.80, 0.88, 0.96}, {0.88, 0.90, 0.92}, {0.72, 0.84, 0.95}}};

constexpr std::array menStyles{HairStyle::Crop, HairStyle::SidePart, HairStyle::SweptUp};
constexpr std::array womenStyles{HairStyle::LongStraight, HairStyle::Bob, HairStyle::TiedBack, HairStyle::Bun};
constexpr std::array menGarments{Garment::Shirt, Garment::Suit, Garment::RoundNeck, Garment::VeeNeck};
constexpr std::array womenGarments{Garment::HighCollar, Garment::Shirt, Garment::RoundNeck, Garment::VeeNeck};

Looks drawLooks(const PortraitSubject& subject, Lot& lot) {
    const bool man = subject.sex == Sex::Male;
    Looks looks{};
    looks.sex = subject.sex;
    looks.skin = lot.pick(skinTones);
    const bool grey = subject.age > 48 && lot.chance((subject.age - 45) * 4);
    looks.hair = grey ? lot.pick(greyHairTones) : lot.pick(hairTones);
    looks.hairStyle = man ? lot.pick(menStyles) : lot.pick(womenStyles);
    if (man && subject.age > 45 && lot.chance(40)) {
        looks.hairStyle = HairStyle::Receding;
    }
    looks.garment = man ? lot.pick(menGarments) : lot.pick(womenGarments);
    looks.garmentColour = lot.pick(garmentTones);
    if (looks.garment == Garment::Suit) {
        looks.garmentColour = garmentTones[2 + lot.below(2)];
    }
    looks.accentColour = lot.pick(accentTones);
    looks.background = lot.pick(backgrounds);
    looks.faceHalfWidth = man ? lot.real(59, 66) : lot.real(56, 62);
    looks.jawHalfWidth = looks.faceHalfWidth * (man ? lot.real(0.70, 0.84) : lot.real(0.60, 0.74));
    looks.chinY = man ? lot.real(268, 279) : lot.real(264, 274);
    looks.eyeDistance = lot.real(27, 30.5);
    looks.eyeHalfWidth = lot.real(12, 14);
    looks.eyeOpening = lot.real(4.4, 6.4) + (man ? 0 : 0.6);
    looks.browThickness = man ? lot.real(3.6, 5.2) : lot.real(2.2, 3.4);
    looks.browArch = lot.real(-2, 3);
    looks.noseHalfWidth = lot.real(11, 14.5) + (man ? 1 : 0);
    looks.mouthHalfWidth = lot.real(19, 24);
    looks.lipFullness = lot.real(5, 7.5) + (man ? 0 : 1);
    looks.doubleEyelid = lot.chance(60);
    looks.partedLeft = lot.chance(50);
    looks.wrinkles = std::clamp((subject.age - 38) / 30.0, 0.0, 1.0);
    return looks;
}

// A Cairo context on its own surface.
class Canvas {
public:
    Canvas()
        : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)), context_(cairo_create(surface_.get())) {
        if (cairo_status(context_.get()) != CAIRO_STATUS_SUCCESS) {
            throw Error(std::string("A portrait cannot be drawn: ") +
                        cairo_status_to_string(cairo_status(context_.get())));
        }
    }

    [[nodiscard]] cairo_t* context() const { return context_.get(); }

    // The picture as red, green, blue.
    [[nodiscard]] DrawnImage image() const {
        cairo_surface_flush(surface_.get());
        const unsigned char* data = cairo_image_surface_get_data(surface_.get());
        const int stride = cairo_image_surface_get_stride(surface_.get());
        DrawnImage image{width, height, 3, {}};
        image.pixels.reserve(static_cast<std::size_t>(width) * height * 3);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                std::uint32_t pixel = 0; // in the machine's byte order: 00 red green blue
                std::memcpy(&pixel, data + static_cast<std::ptrdiff_t>(y) * stride + std::ptrdiff_t{4} * x, 4);
                for (const int shift : {16, 8, 0}) {
                    image.pixels.push_back(static_cast<std::uint8_t>(pixel >> shift));
                }
            }
        }
        return image;
    }

private:
    struct SurfaceCloser {
        void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    };
    struct ContextCloser {
        void operator()(cairo_t* context) const { cairo_destroy(context); }
    };
    std::unique_ptr<cairo_surface_t, SurfaceCloser> surface_;
    std::unique_ptr<cairo_t, ContextCloser> context_;
};

struct PatternCloser {
    void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
};
using Pattern = std::unique_ptr<cairo_pattern_t, PatternCloser>;

void addStop(const Pattern& pattern, double offset, Colour colour, double alpha = 1) {
    cairo_pattern_add_color_stop_rgba(pattern.get(), offset, colour.red, colour.green, colour.blue, alpha);
}

void setColour(cairo_t* cr, Colour colour, double alpha = 1) {
    cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, alpha);
}

// A soft round spot of colour that fades out at its radius.
void paintGlow(cairo_t* cr, double x, double y, double radiusX, double radiusY, Colour colour, double alpha) {
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, radiusX, radiusY);
    const Pattern glow(cairo_pattern_create_radial(0, 0, 0, 0, 0, 1));
    addStop(glow, 0, colour, alpha);
    addStop(glow, 1, colour, 0);
    cairo_set_source(cr, glow.get());
    cairo_arc(cr, 0, 0, 1, 0, 2 * std::numbers::pi);
    cairo_fill(cr);
    cairo_restore(cr);
}

void strokeCurve(cairo_t* cr, double x0, double y0, double x1, double y1, double x2, double y2, double x3, double y3) {
    cairo_move_to(cr, x0, y0);
    cairo_curve_to(cr, x1, y1, x2, y2, x3, y3);
    cairo_stroke(cr);
}

void fillFromTo(cairo_t* cr, double topY, Colour top, double bottomY, Colour bottom) {
    const Pattern gradient(cairo_pattern_create_linear(0, topY, 0, bottomY));
    addStop(gradient, 0, top);
    addStop(gradient, 1, bottom);
    cairo_set_source(cr, gradient.get());
    cairo_fill(cr);
}

// Draws `half` on the viewer's right and mirrored on the left.
template <class Half>
void drawBothSides(cairo_t* cr, const Half& half) {
    half(cr);
    cairo_save(cr);
    cairo_translate(cr, 2 * middleX, 0);
    cairo_scale(cr, -1, 1);
    half(cr);
    cairo_restore(cr);
}

void paintBackground(cairo_t* cr, const Looks& looks) {
    const Pattern light(cairo_pattern_create_radial(middleX, 150, 40, middleX, 180, 320));
    addStop(light, 0, looks.background.lit(1.35));
    addStop(light, 1, looks.background.lit(0.93));
    cairo_set_source(cr, light.get());
    cairo_paint(cr);
}

void pathFace(cairo_t* cr, const Looks& looks) {
    const double face = looks.faceHalfWidth;
    const double jaw = looks.jawHalfWidth;
    cairo_new_path(cr);
    cairo_move_to(cr, middleX, crownY + 14);
    cairo_curve_to(cr, middleX + face * 0.66, crownY + 14, middleX + face, 122, middleX + face, 168);
    cairo_curve_to(cr, middleX + face, 205, middleX + jaw * 1.12, 232, middleX + jaw * 0.80, looks.chinY - 22);
    cairo_curve_to(cr, middleX + jaw * 0.52, looks.chinY - 2, middleX + 14, looks.chinY, middleX, looks.chinY);
    cairo_curve_to(cr, middleX - 14, looks.chinY, middleX - jaw * 0.52, looks.chinY - 2, middleX - jaw * 0.80,
                   looks.chinY - 22);
    cairo_curve_to(cr, middleX - jaw * 1.12, 232, middleX - face, 205, middleX - face, 168);
    cairo_curve_to(cr, middleX - face, 122, middleX - face * 0.66, crownY + 14, middleX, crownY + 14);
    cairo_close_path(cr);
}

void paintNeck(cairo_t* cr, const Looks& looks) {
    const double half = looks.sex == Sex::Male ? 39 : 32;
    const double top = looks.chinY - 40;
    cairo_new_path(cr);
    cairo_move_to(cr, middleX - half, top);
    cairo_curve_to(cr, middleX - half, 302, middleX - half - 4, 320, middleX - half - 40, 336);
    cairo_line_to(cr, middleX - half - 40, height);
    cairo_line_to(cr, middleX + half + 40, height);
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
    drawBothSides(cr, [](cairo_t* c) { strokeCurve(c, middleX + 8, 352, middleX + 20, 344, middleX + 34, 341, middleX + 48, 340); });
}

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
    cairo_rectangle(cr, 0, 300, width, 110);
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
        strokeCurve(cr, middleX - 46, 321, middleX - 38, 336 + depth, middleX + 38, 336 + depth, middleX + 46, 321);
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
    strokeCurve(cr, middleX, 351, middleX + 12, 362, middleX + 36, 366, middleX + 62, 352); // the slanted closing
    for (const double along : {0.0, 1.0, 2.0}) {
        paintGlow(cr, middleX + 4 + along * 24, 352 + 9 * std::sin(along * 1.2), 3.4, 3.4, looks.accentColour, 1);
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
    cairo_curve_to(cr, x - halfWidth * 0.5, eyeY - opening * 1.25, x + halfWidth * 0.45, eyeY - opening * 1.35,
                   x + halfWidth, eyeY - 1.2);
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
        strokeCurve(cr, x + half + 6, eyeY - 3, x + half + 9, eyeY - 5, x + half + 11, eyeY - 6, x + half + 14, eyeY - 9);
        strokeCurve(cr, x + half + 6, eyeY + 2, x + half + 9, eyeY + 2, x + half + 12, eyeY + 3, x + half + 15, eyeY + 5);
    }
}

void paintBrow(cairo_t* cr, const Looks& looks) {
    const double x = middleX + looks.eyeDistance;
    const double thick = looks.browThickness;
    const double arch = looks.browArch;
    cairo_new_path(cr);
    cairo_move_to(cr, x - 15, browY + 0.5);
    cairo_curve_to(cr, x - 6, browY - 4 - arch * 0.5, x + 8, browY - 5 - arch * 0.5, x + 20, browY + 3);
    cairo_curve_to(cr, x + 8, browY - 5 - arch * 0.5 + thick, x - 6, browY - 4 - arch * 0.5 + thick * 1.2, x - 15,
                   browY + 0.5 + thick);
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
        strokeCurve(c, middleX + half - 2, noseY - 9, middleX + half + 3, noseY - 3, middleX + half + 1, noseY + 4,
                    middleX + half - 4, noseY + 2);
        paintGlow(c, middleX + half * 0.48, noseY + 2, 4.4, 2.4, Colour{0.28, 0.13, 0.10}, 0.85);
    });
    setColour(cr, looks.skin.lit(0.55), 0.6);
    cairo_set_line_width(cr, 1.4);
    strokeCurve(cr, middleX - 5, noseY + 3, middleX - 2, noseY + 5.5, middleX + 2, noseY + 5.5, middleX + 5, noseY + 3);
}

void paintMouth(cairo_t* cr, const Looks& looks) {
    const double half = looks.mouthHalfWidth;
    const double full = looks.lipFullness;
    const Colour lip = looks.sex == Sex::Female ? Colour{0.76, 0.34, 0.34} : Colour{0.70, 0.42, 0.37};
    cairo_new_path(cr); // upper lip
    cairo_move_to(cr, middleX - half, mouthY);
    cairo_curve_to(cr, middleX - half * 0.5, mouthY - full * 0.8, middleX - 6, mouthY - full, middleX, mouthY - full * 0.6);
    cairo_curve_to(cr, middleX + 6, mouthY - full, middleX + half * 0.5, mouthY - full * 0.8, middleX + half, mouthY);
    cairo_curve_to(cr, middleX + half * 0.4, mouthY + 3, middleX - half * 0.4, mouthY + 3, middleX - half, mouthY);
    cairo_close_path(cr);
    fillFromTo(cr, mouthY - full, lip.lit(0.98), mouthY + 2, lip.lit(0.80));
    cairo_new_path(cr); // lower lip
    cairo_move_to(cr, middleX - half, mouthY);
    cairo_curve_to(cr, middleX - half * 0.5, mouthY + full * 1.5, middleX + half * 0.5, mouthY + full * 1.5, middleX + half,
                   mouthY);
    cairo_curve_to(cr, middleX + half * 0.4, mouthY + 3, middleX - half * 0.4, mouthY + 3, middleX - half, mouthY);
    cairo_close_path(cr);
    fillFromTo(cr, mouthY, lip.lit(1.04), mouthY + full * 1.2, lip.lit(1.16));
    paintGlow(cr, middleX, mouthY + full * 0.55, half * 0.45, 2.2, {1, 0.93, 0.9}, 0.4);
    setColour(cr, lip.lit(0.42), 0.85);
    cairo_set_line_width(cr, 1.5);
    strokeCurve(cr, middleX - half, mouthY, middleX - half * 0.4, mouthY + 3, middleX + half * 0.4, mouthY + 3,
                middleX + half, mouthY);
    paintGlow(cr, middleX, mouthY + full * 1.5 + 3, half * 0.7, 4, looks.skin.lit(0.55), 0.4);
    if (looks.wrinkles > 0) {
        setColour(cr, looks.skin.lit(0.55), 0.6 * looks.wrinkles);
        cairo_set_line_width(cr, 1.6);
        drawBothSides(cr, [&](cairo_t* c) {
            strokeCurve(c, middleX + looks.noseHalfWidth + 4, noseY - 2, middleX + half + 2, noseY + 6, middleX + half + 7,
                        mouthY - 8, middleX + half + 7, mouthY + 3);
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

// The outline of hair over the forehead: from the temple, up over the head, down to the other temple, and back along
// the hair line with its low points at `lineY`.
void pathHairCap(cairo_t* cr, const Looks& looks, double rise, double templeY, double lineY, double partX,
                 double notch) {
    const double face = looks.faceHalfWidth;
    cairo_new_path(cr);
    cairo_move_to(cr, middleX - face - 2, templeY);
    cairo_curve_to(cr, middleX - face - 13, 118, middleX - face * 0.8, crownY - rise, middleX, crownY - rise);
    cairo_curve_to(cr, middleX + face * 0.8, crownY - rise, middleX + face + 13, 118, middleX + face + 2, templeY);
    cairo_curve_to(cr, middleX + face - 5, templeY - 18, middleX + face - 9, lineY + 4, middleX + face * 0.62, lineY);
    cairo_curve_to(cr, middleX + face * 0.3, lineY - notch * 0.5, partX + 10, lineY - notch * 0.75, partX, lineY - notch);
    cairo_curve_to(cr, partX - 10, lineY - notch * 0.62, middleX - face * 0.5, lineY - notch * 0.25, middleX - face * 0.66, lineY + 2);
    cairo_curve_to(cr, middleX - face + 9, lineY + 8, middleX - face + 5, templeY - 18, middleX - face - 2, templeY);
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
        strokeCurve(cr, partX, crownY - rise + 7, partX + (rightX - partX) * 0.5, top, rightX, top + 14, rightX + 2, endY - 26 * (1 - share));
        strokeCurve(cr, partX, crownY - rise + 7, partX - (partX - leftX) * 0.5, top, leftX, top + 14, leftX - 2, endY - 26 * (1 - share));
    }
}

// Locks that fall beside the face, over its edge.
void paintSideLocks(cairo_t* cr, const Looks& looks, double end) {
    const double face = looks.faceHalfWidth;
    drawBothSides(cr, [&](cairo_t* c) {
        cairo_new_path(c);
        cairo_move_to(c, middleX + 16, crownY + 6);
        cairo_curve_to(c, middleX + face * 0.8, crownY + 18, middleX + face - 4, 140, middleX + face - 4, 196);
        cairo_curve_to(c, middleX + face - 4, 232, middleX + face - 8, end - 30, middleX + face - 2, end);
        cairo_curve_to(c, middleX + face + 12, end + 4, middleX + face + 20, end - 2, middleX + face + 22, end - 12);
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

// The noise of a camera: without it the file would be a fraction of the size that real portraits have.
void addGrain(DrawnImage& image, Lot& lot) {
    for (std::size_t i = 0; i < image.pixels.size(); i += 3) {
        const int grain = lot.between(-3, 3) + lot.between(-3, 3);
        for (std::size_t channel = 0; channel < 3; ++channel) {
            image.pixels[i + channel] = static_cast<std::uint8_t>(std::clamp(image.pixels[i + channel] + grain, 0, 255));
        }
    }
}

} // namespace

DrawnImage drawPortrait(const PortraitSubject& subject, Lot& lot) {
    const Looks looks = drawLooks(subject, lot);
    const Canvas canvas;
    cairo_t* cr = canvas.context();
    paintBackground(cr, looks);
    paintHairBehind(cr, looks);
    paintNeck(cr, looks);
    paintGarment(cr, looks);
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
    paintHair(cr, looks);
    paintMark(cr, looks, subject.mark);
    DrawnImage image = canvas.image();
    addGrain(image, lot);
    return image;
}

} // namespace cancuoc::personalization
