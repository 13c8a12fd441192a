// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/cardface/layout.hpp"

#include "host/biometric/pixels.hpp"

#include <cairo.h>

#include <memory>
#include <optional>

namespace cancuoc::cardface {

struct SurfaceCloser {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextCloser {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceCloser>;
using Context = std::unique_ptr<cairo_t, ContextCloser>;

/// A picture as Cairo paints it.
struct Artwork {
    Surface colour;   ///< RGB24
    Surface darkness; ///< A8: what is black is opaque
    double width = 0; ///< pixels
    double height = 0;

    /// @throws Error when Cairo has no memory
    static Artwork of(const biometric::Pixels& pixels);
};

/// A place to draw on in points, with the ink of one channel: true colours for Channel::Colour, and otherwise
/// how much there is of the channel's one ink. Resin, overlay and ultraviolet ink are there or not; a laser
/// burns dark what is dark.
class Canvas {
public:
    /// Pixels of `dotsPerInch`, `width` x `height` of them: white, or no ink.
    Canvas(Channel channel, int width, int height, int dotsPerInch);
    /// Another surface in true colours, whose units are points, such as a page of a PDF; text stays text.
    /// Symbols are drawn in pixels of `dotsPerInch` all the same.
    Canvas(Surface surface, int dotsPerInch);

    [[nodiscard]] cairo_t* context() const { return context_.get(); }
    [[nodiscard]] Channel channel() const { return channel_; }
    [[nodiscard]] int dotsPerInch() const { return dotsPerInch_; }
    [[nodiscard]] bool isRaster() const { return isRaster_; }

    void setInk(Colour colour, double opacity = 1);
    /// Two colours, from the upper left to the lower right corner of a rectangle in points.
    void setInk(const Fill& fill, double x, double y, double width, double height);
    /// What is drawn takes away; ended by restoring the context.
    void erase();

    /// Makes the pixels those of `other`, which has the same channel and size.
    void copyFrom(const Canvas& other);

    /// Rows from the top; colours as they are, of other channels 0 where the ink is full. Resin is there or
    /// not: half covered is covered.
    [[nodiscard]] biometric::Pixels pixels() const;

    /// @throws Error when Cairo could not draw something
    void requireDrawn() const;

    [[nodiscard]] cairo_surface_t* surface() const { return surface_.get(); }

private:
    Channel channel_;
    Surface surface_;
    Context context_;
    int dotsPerInch_;
    bool isRaster_;
};

/// Draws a shape in its box.
void drawShape(Canvas& canvas, const Box& box, const ShapeElement& shape);

/// Draws a picture or ghost image in its box.
void drawPicture(Canvas& canvas, const Box& box, const PictureElement& picture, const Artwork& artwork);

} // namespace cancuoc::cardface
