// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/machine_marks.hpp"

#include "host/base/error.hpp"
#include "qr/drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cancuoc::cardface {

namespace {

constexpr double pitchPoints = 7.2; // 2.54 mm (Doc 9303-3, 4.4)

// The size at which the font's characters, which are all equally wide, are 2.54 mm apart.
double sizeForPitch(cairo_t* cr) {
    cairo_text_extents_t extents;
    cairo_set_font_size(cr, 100);
    cairo_text_extents(cr, "0", &extents);
    return pitchPoints / extents.x_advance * 100;
}

double toPoints(int pixels, int dotsPerInch) {
    return pixels * pointsPerInch / dotsPerInch;
}

std::vector<cairo_glyph_t> glyphsOf(cairo_t* cr, const std::string& line, double left, double baseline) {
    cairo_glyph_t* found = nullptr;
    int count = 0;
    const auto status = cairo_scaled_font_text_to_glyphs(cairo_get_scaled_font(cr), left, baseline,
                                                         line.data(), static_cast<int>(line.size()), &found,
                                                         &count, nullptr, nullptr, nullptr);
    if (status != CAIRO_STATUS_SUCCESS || static_cast<std::size_t>(count) != line.size()) {
        throw Error("The MRZ cannot be drawn with its font.");
    }
    std::vector<cairo_glyph_t> glyphs(found, found + count);
    cairo_glyph_free(found);
    for (std::size_t index = 0; index < glyphs.size(); ++index) {
        glyphs[index].x = left + static_cast<double>(index) * pitchPoints;
    }
    return glyphs;
}

} // namespace

MrzGrid::MrzGrid(const Box& box, const MrzElement& mrz, int dotsPerInch)
    : left(0), pitch(dotsPerInch / 10), ascent(0), descent(0), baselines{} {
    const auto pixels = [dotsPerInch](double millimetres) {
        return static_cast<int>(std::lround(millimetres / millimetresPerInch * dotsPerInch));
    };
    constexpr double tallest = 2.76; // the digits of OCR-B size 1, with half a stroke
    left = pixels(box.x + (box.width - 30 * 2.54) / 2);
    ascent = pixels(tallest + 0.2);
    descent = pixels(0.3);
    for (std::size_t line = 0; line < baselines.size(); ++line) {
        baselines[line] = pixels(box.y + tallest + static_cast<double>(line) * mrz.lineSpacing);
    }
}

void drawMrz(Canvas& canvas, const Box& box, const MrzElement& mrz, const FontSet& fonts,
             const std::vector<std::string>& lines) {
    cairo_t* cr = canvas.context();
    const MrzGrid grid(box, mrz, canvas.dotsPerInch());
    cairo_save(cr);
    cairo_set_font_face(cr, fonts.face(mrz.font));
    cairo_set_font_size(cr, sizeForPitch(cr));
    canvas.setInk(Colour{});
    for (std::size_t line = 0; line < lines.size() && line < grid.baselines.size(); ++line) {
        const auto glyphs = glyphsOf(cr, lines[line], toPoints(grid.left, canvas.dotsPerInch()),
                                     toPoints(grid.baselines[line], canvas.dotsPerInch()));
        // As outlines: what a machine reads depends on no font of whoever opens a PDF.
        cairo_glyph_path(cr, glyphs.data(), static_cast<int>(glyphs.size()));
        cairo_fill(cr);
    }
    cairo_restore(cr);
}

void drawSymbol(Canvas& canvas, const Box& box, const qr::Symbol& symbol) {
    const auto dotsPerInch = static_cast<std::size_t>(canvas.dotsPerInch());
    const double place = std::min(box.width, box.height);
    qr::Scale scale;
    try {
        scale = qr::scaleFor(symbol, place, dotsPerInch);
    } catch (const BadConfiguration& tooSmall) {
        throw MalformedData(tooSmall.what());
    }
    cairo_t* cr = canvas.context();
    cairo_save(cr);
    const double side = static_cast<double>(symbol.size() * scale.modulePixels);
    const auto pixels = [&](double start, double length) {
        return std::floor((start + length / 2) / millimetresPerInch * static_cast<double>(dotsPerInch) -
                          side / 2);
    };
    const double pixel = pointsPerInch / static_cast<double>(dotsPerInch);
    cairo_scale(cr, pixel, pixel);
    cairo_translate(cr, pixels(box.x, box.width), pixels(box.y, box.height));
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
    canvas.setInk(Colour{});
    const auto module = static_cast<double>(scale.modulePixels);
    for (std::size_t row = 0; row < symbol.size(); ++row) {
        for (std::size_t column = 0; column < symbol.size(); ++column) {
            std::size_t end = column;
            while (end < symbol.size() && symbol.isDark(row, end)) {
                ++end;
            }
            if (end > column) {
                cairo_rectangle(cr, static_cast<double>(column) * module, static_cast<double>(row) * module,
                                static_cast<double>(end - column) * module, module);
                column = end;
            }
        }
    }
    cairo_fill(cr);
    cairo_restore(cr);
}

} // namespace cancuoc::cardface
