// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/canvas.hpp"

#include "host/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <string>

namespace cancuoc::cardface {

namespace {

struct PatternCloser {
    void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
};
using Pattern = std::unique_ptr<cairo_pattern_t, PatternCloser>;

// ITU-R BT.601.
double luminance(Colour colour) {
    return 0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue;
}

unsigned darknessOf(unsigned red, unsigned green, unsigned blue) {
    return 255 - (299 * red + 587 * green + 114 * blue + 500) / 1000;
}

cairo_format_t formatOf(Channel channel) {
    return channel == Channel::Colour ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_A8;
}

void requireSuccess(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS) {
        throw Error(std::string("A card's face cannot be drawn: ") + cairo_status_to_string(status) + ".");
    }
}

unsigned char* rowOf(cairo_surface_t* surface, std::size_t row) {
    return cairo_image_surface_get_data(surface) +
           row * static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
}

double amountOf(Channel channel, Colour colour, double opacity) {
    const bool hasTones = channel == Channel::Laser || channel == Channel::Resin;
    return hasTones ? (1 - luminance(colour)) * opacity : opacity;
}

int pixelsBefore(double millimetres, int dotsPerInch) {
    return static_cast<int>(std::floor(millimetres * pointsPerMillimetre / pointsPerInch * dotsPerInch)) - 1;
}

// Enough for a length wherever it begins, and a pixel on each side.
int pixelsAround(double millimetres, int dotsPerInch) {
    return static_cast<int>(std::ceil(millimetres * pointsPerMillimetre / pointsPerInch * dotsPerInch)) + 4;
}

// --- paths of shapes, in points

struct Area {
    double x;
    double y;
    double width;
    double height;

    [[nodiscard]] double middleX() const { return x + width / 2; }
    [[nodiscard]] double middleY() const { return y + height / 2; }
};

void traceRectangle(cairo_t* cr, const Area& area, double radius) {
    constexpr double right = std::numbers::pi / 2;
    if (radius == 0) {
        cairo_rectangle(cr, area.x, area.y, area.width, area.height);
        return;
    }
    const double r = std::min({radius, area.width / 2, area.height / 2});
    cairo_new_sub_path(cr);
    cairo_arc(cr, area.x + area.width - r, area.y + r, r, -right, 0);
    cairo_arc(cr, area.x + area.width - r, area.y + area.height - r, r, 0, right);
    cairo_arc(cr, area.x + r, area.y + area.height - r, r, right, 2 * right);
    cairo_arc(cr, area.x + r, area.y + r, r, 2 * right, 3 * right);
    cairo_close_path(cr);
}

void traceEllipse(cairo_t* cr, const Area& area) {
    cairo_save(cr);
    cairo_translate(cr, area.middleX(), area.middleY());
    cairo_scale(cr, area.width / 2, area.height / 2);
    cairo_new_sub_path(cr);
    cairo_arc(cr, 0, 0, 1, 0, 2 * std::numbers::pi);
    cairo_restore(cr);
}

// A closed curve around the middle; radiusAt tells it from the angle, in parts of the box.
template <class RadiusAt>
void traceAround(cairo_t* cr, const Area& area, std::size_t points, const RadiusAt& radiusAt) {
    for (std::size_t point = 0; point < points; ++point) {
        const double share = static_cast<double>(point) / static_cast<double>(points);
        const double angle = (share * 2 - 0.5) * std::numbers::pi;
        const double radius = radiusAt(point, angle);
        const double x = area.middleX() + radius * std::cos(angle) * area.width / 2;
        const double y = area.middleY() + radius * std::sin(angle) * area.height / 2;
        point == 0 ? cairo_move_to(cr, x, y) : cairo_line_to(cr, x, y);
    }
    cairo_close_path(cr);
}

// Curves that are shifted against each other, so that their crossings make a pattern of their own.
void traceRosette(cairo_t* cr, const Area& area, const ShapeElement& shape) {
    constexpr std::size_t curves = 8;
    constexpr std::size_t points = 720;
    for (std::size_t curve = 0; curve < curves; ++curve) {
        const double shift = 2 * std::numbers::pi * static_cast<double>(curve) / curves;
        traceAround(cr, area, points, [&](std::size_t, double angle) {
            const double wave = std::cos(static_cast<double>(shape.count) * angle + shift);
            return 1 - shape.depth / 2 + shape.depth / 2 * wave;
        });
    }
}

void traceStar(cairo_t* cr, const Area& area, const ShapeElement& shape) {
    traceAround(cr, area, 2 * shape.count,
                [&](std::size_t point, double) { return point % 2 == 0 ? 1 : 1 - shape.depth; });
}

void traceWaves(cairo_t* cr, const Area& area, const ShapeElement& shape) {
    constexpr double step = 1.5;
    const auto count = static_cast<double>(shape.count);
    const auto steps = static_cast<unsigned>(area.width / step) + 1;
    const double swing = area.height * shape.depth / 4;
    for (std::size_t wave = 0; wave < shape.count; ++wave) {
        const auto curve = static_cast<double>(wave);
        const double middle = area.y + area.height * (curve + 0.5) / count;
        for (unsigned point = 0; point <= steps; ++point) {
            const double x = point * step;
            const double turn = x / area.width * 2 * std::numbers::pi;
            const double y = middle + swing * (0.62 * std::sin(2 * turn + curve * 0.21) +
                                               0.38 * std::sin(3 * turn - curve * 0.13));
            point == 0 ? cairo_move_to(cr, area.x, y) : cairo_line_to(cr, area.x + x, y);
        }
    }
}

void traceShape(cairo_t* cr, const Area& area, const ShapeElement& shape) {
    cairo_new_path(cr);
    switch (shape.form) {
    case Form::Rectangle:
        return traceRectangle(cr, area, shape.radius * pointsPerMillimetre);
    case Form::Ellipse:
        return traceEllipse(cr, area);
    case Form::Waves:
        return traceWaves(cr, area, shape);
    case Form::Rosette:
        return traceRosette(cr, area, shape);
    case Form::Star:
        return traceStar(cr, area, shape);
    }
}

Area areaOf(const Box& box) {
    return {box.x * pointsPerMillimetre, box.y * pointsPerMillimetre, box.width * pointsPerMillimetre,
            box.height * pointsPerMillimetre};
}

} // namespace

namespace {

Artwork newArtwork(int width, int height) {
    Artwork artwork{Surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)),
                    Surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height)),
                    static_cast<double>(width), static_cast<double>(height)};
    requireSuccess(cairo_surface_status(artwork.colour.get()));
    requireSuccess(cairo_surface_status(artwork.darkness.get()));
    return artwork;
}

// Fills the darkness from the colours.
void darken(Artwork& artwork) {
    cairo_surface_flush(artwork.colour.get());
    const auto width = static_cast<std::size_t>(artwork.width);
    for (std::size_t row = 0; row < static_cast<std::size_t>(artwork.height); ++row) {
        const unsigned char* colour = rowOf(artwork.colour.get(), row);
        unsigned char* darkness = rowOf(artwork.darkness.get(), row);
        for (std::size_t x = 0; x < width; ++x) {
            std::uint32_t pixel = 0;
            std::memcpy(&pixel, colour + 4 * x, sizeof pixel);
            darkness[x] = static_cast<unsigned char>(
                darknessOf(pixel >> 16U & 0xFFU, pixel >> 8U & 0xFFU, pixel & 0xFFU));
        }
    }
    cairo_surface_mark_dirty(artwork.darkness.get());
}

} // namespace

Artwork Artwork::of(const biometric::Pixels& pixels) {
    Artwork artwork = newArtwork(static_cast<int>(pixels.width), static_cast<int>(pixels.height));
    const std::uint8_t* from = pixels.data.data();
    for (std::size_t row = 0; row < pixels.height; ++row) {
        auto* colour = rowOf(artwork.colour.get(), row);
        for (std::size_t x = 0; x < pixels.width; ++x, from += pixels.channels) {
            const unsigned red = from[0];
            const unsigned green = pixels.channels == 3 ? from[1] : red;
            const unsigned blue = pixels.channels == 3 ? from[2] : red;
            const std::uint32_t pixel = red << 16U | green << 8U | blue;
            std::memcpy(colour + 4 * x, &pixel, sizeof pixel);
        }
    }
    cairo_surface_mark_dirty(artwork.colour.get());
    darken(artwork);
    return artwork;
}

Artwork Artwork::part(double x, double y, double fromWidth, double fromHeight, int toWidth,
                      int toHeight) const {
    Artwork artwork = newArtwork(toWidth, toHeight);
    const Context context(cairo_create(artwork.colour.get()));
    cairo_scale(context.get(), toWidth / fromWidth, toHeight / fromHeight);
    cairo_set_source_surface(context.get(), colour.get(), -x, -y);
    // What lies beyond the edge is like the edge, or the borders would be dark.
    cairo_pattern_set_extend(cairo_get_source(context.get()), CAIRO_EXTEND_PAD);
    cairo_pattern_set_filter(cairo_get_source(context.get()), CAIRO_FILTER_GOOD);
    cairo_paint(context.get());
    requireSuccess(cairo_status(context.get()));
    darken(artwork);
    return artwork;
}

Canvas::Canvas(Channel channel, int width, int height, int dotsPerInch)
    : channel_(channel), surface_(cairo_image_surface_create(formatOf(channel), width, height)),
      context_(cairo_create(surface_.get())), dotsPerInch_(dotsPerInch), isRaster_(true) {
    requireDrawn();
    if (channel == Channel::Colour) {
        cairo_set_source_rgb(context(), 1, 1, 1);
        cairo_paint(context());
    }
    cairo_scale(context(), dotsPerInch / pointsPerInch, dotsPerInch / pointsPerInch);
}

Canvas::Canvas(const Box& box, int dotsPerInch)
    : Canvas(Channel::Ultraviolet, pixelsAround(box.width, dotsPerInch),
             pixelsAround(box.height, dotsPerInch), dotsPerInch) {
    left_ = pixelsBefore(box.x, dotsPerInch);
    top_ = pixelsBefore(box.y, dotsPerInch);
    cairo_translate(context(), -left_ * pointsPerInch / dotsPerInch, -top_ * pointsPerInch / dotsPerInch);
}

Canvas::Canvas(Surface surface, int dotsPerInch)
    : channel_(Channel::Colour), surface_(std::move(surface)), context_(cairo_create(surface_.get())),
      dotsPerInch_(dotsPerInch), isRaster_(false) {
    requireDrawn();
}

void Canvas::setInk(Colour colour, double opacity) {
    if (channel_ == Channel::Colour) {
        cairo_set_source_rgba(context(), colour.red, colour.green, colour.blue, opacity);
    } else {
        cairo_set_source_rgba(context(), 0, 0, 0, amountOf(channel_, colour, opacity));
    }
}

void Canvas::setInk(const Fill& fill, double x, double y, double width, double height) {
    const Pattern gradient(cairo_pattern_create_linear(x, y, x + width, y + height));
    const auto add = [&](double offset, Colour colour) {
        const double alpha =
            channel_ == Channel::Colour ? fill.opacity : amountOf(channel_, colour, fill.opacity);
        cairo_pattern_add_color_stop_rgba(gradient.get(), offset, colour.red, colour.green, colour.blue,
                                          alpha);
    };
    add(0, fill.from);
    add(1, fill.to);
    cairo_set_source(context(), gradient.get());
}

void Canvas::erase() {
    if (channel_ == Channel::Colour) {
        cairo_set_source_rgb(context(), 1, 1, 1);
    } else {
        cairo_set_operator(context(), CAIRO_OPERATOR_CLEAR);
    }
}

void Canvas::paintThrough(const Canvas& stencil) {
    cairo_surface_flush(stencil.surface());
    cairo_save(context());
    cairo_identity_matrix(context());
    cairo_mask_surface(context(), stencil.surface(), stencil.left_, stencil.top_);
    cairo_restore(context());
}

void Canvas::copyFrom(const Canvas& other) {
    cairo_surface_flush(surface());
    const auto bytes = static_cast<std::size_t>(cairo_image_surface_get_stride(surface())) *
                       static_cast<std::size_t>(cairo_image_surface_get_height(surface()));
    std::memcpy(cairo_image_surface_get_data(surface()), cairo_image_surface_get_data(other.surface()),
                bytes);
    cairo_surface_mark_dirty(surface());
}

biometric::Pixels Canvas::pixels() const {
    cairo_surface_flush(surface());
    const auto width = static_cast<std::size_t>(cairo_image_surface_get_width(surface()));
    const auto height = static_cast<std::size_t>(cairo_image_surface_get_height(surface()));
    const bool isColour = channel_ == Channel::Colour;
    biometric::Pixels pixels{static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height),
                             static_cast<std::uint8_t>(isColour ? 3 : 1),
                             Bytes(width * height * (isColour ? 3U : 1U))};
    for (std::size_t row = 0; row < height; ++row) {
        const unsigned char* from = rowOf(surface(), row);
        std::uint8_t* to = pixels.data.data() + row * width * pixels.channels;
        if (isColour) {
            for (std::size_t x = 0; x < width; ++x) {
                std::uint32_t pixel = 0; // in the machine's byte order: 00 red green blue
                std::memcpy(&pixel, from + 4 * x, sizeof pixel);
                to[3 * x] = static_cast<std::uint8_t>(pixel >> 16U);
                to[3 * x + 1] = static_cast<std::uint8_t>(pixel >> 8U);
                to[3 * x + 2] = static_cast<std::uint8_t>(pixel);
            }
        } else if (channel_ == Channel::Resin) {
            std::transform(from, from + width, to,
                           [](unsigned char ink) { return static_cast<std::uint8_t>(ink >= 128 ? 0 : 255); });
        } else {
            std::transform(from, from + width, to,
                           [](unsigned char ink) { return static_cast<std::uint8_t>(255 - ink); });
        }
    }
    return pixels;
}

void Canvas::requireDrawn() const {
    requireSuccess(cairo_surface_status(surface()));
    requireSuccess(cairo_status(context()));
}

void drawShape(Canvas& canvas, const Box& box, const ShapeElement& shape) {
    cairo_t* cr = canvas.context();
    const Area area = areaOf(box);
    cairo_save(cr);
    traceShape(cr, area, shape);
    if (shape.erase) {
        canvas.erase();
        cairo_fill_preserve(cr);
    }
    if (shape.fill) {
        canvas.setInk(*shape.fill, area.x, area.y, area.width, area.height);
        cairo_fill_preserve(cr);
    }
    if (shape.stroke) {
        canvas.setInk(shape.stroke->colour, shape.stroke->opacity);
        cairo_set_line_width(cr, shape.stroke->width * pointsPerMillimetre);
        cairo_stroke_preserve(cr);
    }
    cairo_new_path(cr);
    cairo_restore(cr);
}

void PlacedPicture::draw(Canvas& canvas) {
    cairo_t* cr = canvas.context();
    const Area box = areaOf(box_);
    const double across = box.width / artwork_.width;
    const double down = box.height / artwork_.height;
    const double scale = picture_.cover ? std::max(across, down) : std::min(across, down);
    const Area whole{box.middleX() - artwork_.width * scale / 2, box.middleY() - artwork_.height * scale / 2,
                     artwork_.width * scale, artwork_.height * scale};
    const Area seen = picture_.cover ? box : whole;
    cairo_save(cr);
    if (!canvas.isRaster()) {
        cairo_rectangle(cr, seen.x, seen.y, seen.width, seen.height);
        cairo_clip(cr);
        cairo_translate(cr, whole.x, whole.y);
        cairo_scale(cr, scale, scale);
        paint(canvas, artwork_);
    } else {
        const double pixel = pointsPerInch / canvas.dotsPerInch();
        const auto snapped = [pixel](double points) { return std::round(points / pixel); };
        const double left = snapped(seen.x);
        const double top = snapped(seen.y);
        if (!scaled_) {
            const double width = std::max(1.0, snapped(seen.x + seen.width) - left);
            const double height = std::max(1.0, snapped(seen.y + seen.height) - top);
            scaled_ =
                artwork_.part((seen.x - whole.x) / scale, (seen.y - whole.y) / scale, seen.width / scale,
                              seen.height / scale, static_cast<int>(width), static_cast<int>(height));
        }
        cairo_identity_matrix(cr);
        cairo_translate(cr, left, top);
        paint(canvas, *scaled_);
    }
    cairo_restore(cr);
}

void PlacedPicture::paint(Canvas& canvas, const Artwork& artwork) const {
    cairo_t* cr = canvas.context();
    if (canvas.channel() == Channel::Colour && !picture_.tint) {
        cairo_set_source_surface(cr, artwork.colour.get(), 0, 0);
        picture_.opacity < 1 ? cairo_paint_with_alpha(cr, picture_.opacity) : cairo_paint(cr);
    } else {
        // The mask tells how dark; the ink, what of.
        canvas.channel() == Channel::Colour ? canvas.setInk(*picture_.tint, picture_.opacity)
                                            : canvas.setInk(Colour{}, picture_.opacity);
        cairo_mask_surface(cr, artwork.darkness.get(), 0, 0);
    }
}

} // namespace cancuoc::cardface
