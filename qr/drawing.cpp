// SPDX-License-Identifier: Apache-2.0
#include "qr/drawing.hpp"

#include <algorithm>
#include <memory>

#include <cairo-pdf.h>
#include <fmt/format.h>

#include "host/base/error.hpp"
#include "qr/decoder.hpp"
#include "qr/png_file.hpp"

namespace cancuoc::qr {

namespace {

constexpr double millimetresPerInch = 25.4;
constexpr double pointsPerInch = 72;

void requireResolution(std::size_t dotsPerInch) {
    constexpr std::size_t lowest = 72;
    constexpr std::size_t highest = 4800;
    if (dotsPerInch < lowest || dotsPerInch > highest) {
        throw BadConfiguration(
            fmt::format("A printer has {} to {} dots per inch, not {}.", lowest, highest, dotsPerInch));
    }
}

void requireScale(const Scale& scale) {
    if (scale.modulePixels < 1 || scale.modulePixels > maximumModulePixels) {
        throw BadConfiguration(
            fmt::format("A module is 1 to {} pixels wide, not {}.", maximumModulePixels, scale.modulePixels));
    }
    if (scale.dotsPerInch != 0) {
        requireResolution(scale.dotsPerInch);
    }
}

std::size_t sideInModules(const Symbol& symbol) {
    return symbol.size() + 2 * quietZoneModules;
}

double inchesPerModule(const Scale& scale) {
    return static_cast<double>(scale.modulePixels) / static_cast<double>(scale.dotsPerInch);
}

// Calls draw(row, column, length) for each run of dark modules; both count from the quiet zone's corner.
template <class Draw>
void drawRuns(const Symbol& symbol, Draw&& draw) {
    for (std::size_t row = 0; row < symbol.size(); ++row) {
        for (std::size_t column = 0; column < symbol.size();) {
            std::size_t run = 0;
            while (column + run < symbol.size() && symbol.isDark(row, column + run)) {
                ++run;
            }
            if (run > 0) {
                draw(row + quietZoneModules, column + quietZoneModules, run);
            }
            column += run + 1;
        }
    }
}

cairo_status_t appendTo(void* file, const unsigned char* data, unsigned length) {
    append(*static_cast<Bytes*>(file), BytesView(data, length));
    return CAIRO_STATUS_SUCCESS;
}

} // namespace

Scale scaleFor(const Symbol& symbol, double millimetres, std::size_t dotsPerInch) {
    constexpr double largest = 100;
    constexpr std::size_t fewestPixels = 2;
    requireResolution(dotsPerInch);
    if (!(millimetres >= 1 && millimetres <= largest)) {
        throw BadConfiguration(
            fmt::format("The place for the QR is 1 to {} mm wide, not {}.", largest, millimetres));
    }
    const auto pixels =
        static_cast<std::size_t>(millimetres / millimetresPerInch * static_cast<double>(dotsPerInch));
    const auto modulePixels = pixels / symbol.size();
    if (modulePixels < fewestPixels) {
        throw BadConfiguration(fmt::format("A symbol of {0} x {0} modules needs at least {1:.1f} mm at {2} "
                                           "dots per inch, not {3}; print with "
                                           "more dots per inch, with less error correction, or larger.",
                                           symbol.size(),
                                           static_cast<double>(symbol.size() * fewestPixels) *
                                               millimetresPerInch / static_cast<double>(dotsPerInch),
                                           dotsPerInch, millimetres));
    }
    return {std::min(modulePixels, maximumModulePixels), dotsPerInch};
}

double printedMillimetres(const Symbol& symbol, const Scale& scale) {
    requireResolution(scale.dotsPerInch);
    return static_cast<double>(symbol.size()) * inchesPerModule(scale) * millimetresPerInch;
}

GreyImage toRaster(const Symbol& symbol, const Scale& scale) {
    requireScale(scale);
    const auto side = sideInModules(symbol) * scale.modulePixels;
    GreyImage raster{side, side, Bytes(side * side, 0xFF)};
    drawRuns(symbol, [&](std::size_t row, std::size_t column, std::size_t length) {
        const auto first =
            raster.pixels.begin() + static_cast<std::ptrdiff_t>((row * side + column) * scale.modulePixels);
        const auto width = static_cast<std::ptrdiff_t>(length * scale.modulePixels);
        for (std::size_t line = 0; line < scale.modulePixels; ++line) {
            const auto begin = first + static_cast<std::ptrdiff_t>(line * side);
            std::fill(begin, begin + width, std::uint8_t{0x00});
        }
    });
    return raster;
}

Bytes toPng(const Symbol& symbol, const Scale& scale) {
    return writeBlackAndWhitePng(toRaster(symbol, scale), scale.dotsPerInch);
}

std::string toSvg(const Symbol& symbol, const Scale& scale) {
    requireScale(scale);
    const auto side = sideInModules(symbol);
    const auto length = scale.dotsPerInch == 0
                            ? fmt::format("{}", side * scale.modulePixels)
                            : fmt::format("{:.4f}mm", static_cast<double>(side) * inchesPerModule(scale) *
                                                          millimetresPerInch);
    std::string path;
    drawRuns(symbol, [&](std::size_t row, std::size_t column, std::size_t run) {
        path += fmt::format("M{} {}h{}v1h-{}z", column, row, run, run);
    });
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{0}\" "
        "viewBox=\"0 0 {1} {1}\" shape-rendering=\"crispEdges\">\n"
        "<rect width=\"{1}\" height=\"{1}\" fill=\"#fff\"/>\n<path fill=\"#000\" d=\"{2}\"/>\n</svg>\n",
        length, side, path);
}

Bytes toPdf(const Symbol& symbol, const Scale& scale) {
    requireScale(scale);
    requireResolution(scale.dotsPerInch);
    const auto module = inchesPerModule(scale) * pointsPerInch;
    const auto side = static_cast<double>(sideInModules(symbol)) * module;
    Bytes file;
    {
        const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
            cairo_pdf_surface_create_for_stream(&appendTo, &file, side, side), &cairo_surface_destroy);
        // Otherwise the date of today.
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
        const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> context(cairo_create(surface.get()),
                                                                         &cairo_destroy);
        cairo_scale(context.get(), module, module);
        drawRuns(symbol, [&](std::size_t row, std::size_t column, std::size_t run) {
            cairo_rectangle(context.get(), static_cast<double>(column), static_cast<double>(row),
                            static_cast<double>(run), 1);
        });
        cairo_fill(context.get());
        cairo_show_page(context.get());
        cairo_surface_finish(surface.get());
        const auto status = cairo_surface_status(surface.get());
        if (status != CAIRO_STATUS_SUCCESS) {
            throw Error(
                fmt::format("The PDF library cannot draw the QR: {}.", cairo_status_to_string(status)));
        }
    }
    return file;
}

void requireReadable(const GreyImage& raster, BytesView content, SymbolKind kind) {
    const auto symbols = kind == SymbolKind::QrCode ? decodeSymbols(raster) : decodeDataMatrixSymbols(raster);
    if (symbols.size() != 1 || !equal(viewOf(symbols.front()), content)) {
        throw Error("The drawn symbol is not read back as what it was made of; draw it larger.");
    }
}

} // namespace cancuoc::qr
