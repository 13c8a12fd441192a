// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/sample/drawn_image.hpp"

#include <cairo.h>

#include <memory>

namespace cancuoc::personalization {

/// Red, green and blue from 0 to 1.
struct Colour {
    double red;
    double green;
    double blue;

    /// Towards black below 1, towards white above 1.
    [[nodiscard]] Colour lit(double factor) const {
        const auto tone = [factor](double value) {
            return factor <= 1 ? value * factor : value + (1 - value) * (factor - 1);
        };
        return {tone(red), tone(green), tone(blue)};
    }
};

/// A picture of the size of a card portrait with a Cairo context to draw on it. Units are pixels.
class Canvas {
public:
    static constexpr int width = 300;
    static constexpr int height = 400;

    /// Throws Error when Cairo has no memory.
    Canvas();

    /// Lives as long as the canvas.
    [[nodiscard]] cairo_t* context() const { return context_.get(); }

    /// The picture as red, green, blue.
    [[nodiscard]] DrawnImage image() const;

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

void addStop(const Pattern& pattern, double offset, Colour colour, double alpha = 1);

void setColour(cairo_t* cr, Colour colour, double alpha = 1);

/// A soft round spot of colour that fades out at its radius.
void paintGlow(cairo_t* cr, double x, double y, double radiusX, double radiusY, Colour colour, double alpha);

/// Strokes a cubic curve from its first to its fourth point.
void strokeCurve(cairo_t* cr, double x0, double y0, double x1, double y1, double x2, double y2, double x3,
                 double y3);

/// Fills the path with one colour above running into another below.
void fillFromTo(cairo_t* cr, double topY, Colour top, double bottomY, Colour bottom);

/// Draws `half` on the viewer's right and mirrored on the left.
template <class Half>
void drawBothSides(cairo_t* cr, const Half& half) {
    half(cr);
    cairo_save(cr);
    cairo_translate(cr, Canvas::width, 0);
    cairo_scale(cr, -1, 1);
    half(cr);
    cairo_restore(cr);
}

} // namespace cancuoc::personalization
