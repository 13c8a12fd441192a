// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/cardface/layout.hpp"
#include "personalization/cardface/units.hpp"

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

    /// A part of it, in pixels, in another size. @throws Error when Cairo has no memory
    [[nodiscard]] Artwork part(double x, double y, double fromWidth, double fromHeight, int toWidth,
                               int toHeight) const;
};

/// A place to draw on in points, with the ink of one channel: true colours for Channel::Colour, and otherwise
/// how much there is of the channel's one ink. Resin, overlay and ultraviolet ink are there or not; a laser
/// burns dark what is dark.
class Canvas {
public:
    /// Pixels of `dotsPerInch`, `width` x `height` of them: white, or no ink.
    Canvas(Channel channel, int width, int height, int dotsPerInch);
    /// A stencil for the pixels around a box, to be painted on canvases of the whole card.
    Canvas(const Box& box, int dotsPerInch);
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

    /// Paints with the ink through a stencil of the same resolution.
    void paintThrough(const Canvas& stencil);

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
    int left_ = 0; ///< where the first pixel is on the card
    int top_ = 0;
};

/// Draws a shape in its box.
void drawShape(Canvas& canvas, const Box& box, const ShapeElement& shape);

/// A picture or ghost image at work: scaled to the pixels of its box once, whatever it is drawn on.
class PlacedPicture {
public:
    /// All outlive the object.
    PlacedPicture(const Box& box, const PictureElement& picture, const Artwork& artwork)
        : box_(box), picture_(picture), artwork_(artwork) {}

    void draw(Canvas& canvas);

private:
    void paint(Canvas& canvas, const Artwork& artwork) const;

    const Box& box_;
    const PictureElement& picture_;
    const Artwork& artwork_;
    std::optional<Artwork> scaled_;
};

} // namespace cancuoc::cardface
