// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/canvas.hpp"

#include "host/base/error.hpp"

#include <cstring>
#include <numbers>

namespace cancuoc::personalization {

Canvas::Canvas()
    : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)),
      context_(cairo_create(surface_.get())) {
    if (cairo_status(context_.get()) != CAIRO_STATUS_SUCCESS) {
        throw Error(std::string("A portrait cannot be drawn: ") +
                    cairo_status_to_string(cairo_status(context_.get())));
    }
}

DrawnImage Canvas::image() const {
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

void addStop(const Pattern& pattern, double offset, Colour colour, double alpha) {
    cairo_pattern_add_color_stop_rgba(pattern.get(), offset, colour.red, colour.green, colour.blue, alpha);
}

void setColour(cairo_t* cr, Colour colour, double alpha) {
    cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, alpha);
}

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

void strokeCurve(cairo_t* cr, double x0, double y0, double x1, double y1, double x2, double y2, double x3,
                 double y3) {
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

} // namespace cancuoc::personalization
