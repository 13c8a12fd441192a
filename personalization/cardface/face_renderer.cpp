// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/face_renderer.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/cardface/machine_marks.hpp"
#include "qr/symbol.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>

namespace cancuoc::cardface {

namespace {

constexpr double widthInPoints = Layout::width * pointsPerMillimetre;
constexpr double heightInPoints = Layout::height * pointsPerMillimetre;
constexpr Side sides[] = {Side::Front, Side::Back};

int pixelsOf(double millimetres, int dotsPerInch) {
    if (dotsPerInch != 300 && dotsPerInch != 600) {
        throw BadConfiguration(
            fmt::format("A card printer has 300 or 600 dots per inch, not {}.", dotsPerInch));
    }
    return static_cast<int>(std::lround(millimetres / millimetresPerInch * dotsPerInch));
}

cairo_status_t appendPage(void* file, const unsigned char* data, unsigned length) {
    append(*static_cast<Bytes*>(file), BytesView(data, length));
    return CAIRO_STATUS_SUCCESS;
}

// Cairo numbers the pictures of an SVG by what the process drew before; here, by their order in the file.
std::string withOwnNumbers(const std::string& svg) {
    std::map<std::string, std::size_t> numbers;
    std::string own;
    std::size_t done = 0;
    for (std::size_t at = 0; (at = svg.find_first_of("\"#", at)) != std::string::npos;) {
        ++at;
        for (const std::string_view kind : {"image", "surface"}) {
            const std::size_t start = at + kind.size();
            const std::size_t end = svg.find_first_not_of("0123456789", start);
            if (svg.compare(at, kind.size(), kind) == 0 && end != start && end != std::string::npos) {
                const std::string name = svg.substr(at, end - at);
                const std::size_t number = numbers.emplace(name, numbers.size() + 1).first->second;
                own += svg.substr(done, start - done) + std::to_string(number);
                done = end;
            }
        }
    }
    return own + svg.substr(done);
}

void showText(Canvas& canvas, const FittedText& text) {
    cairo_t* cr = canvas.context();
    canvas.setInk(text.colour);
    cairo_move_to(cr, text.x, text.y);
    if (canvas.isRaster()) {
        // As outlines, because Cairo puts glyphs on whole pixels, which spoils the distances of small
        // letters.
        pango_cairo_layout_path(cr, text.layout.get());
        cairo_fill(cr);
    } else {
        pango_cairo_show_layout(cr, text.layout.get());
    }
}

bool holds(const Condition& condition, const std::map<std::string, std::string>& fields) {
    const auto field = fields.find(condition.field);
    const std::string text = field == fields.end() ? std::string() : field->second;
    switch (condition.test) {
    case Condition::Test::Present:
        return !text.empty();
    case Condition::Test::Absent:
        return text.empty();
    case Condition::Test::Equals:
        return text == condition.text;
    case Condition::Test::AtLeast:
    case Condition::Test::Below:
        break;
    }
    const bool isNumber = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    if (!isNumber) {
        return false;
    }
    const bool atLeast = std::stod(text) >= condition.number;
    return atLeast == (condition.test == Condition::Test::AtLeast);
}

std::map<std::string, Artwork> readArtwork(const Layout& layout, const std::filesystem::path& folder) {
    if (!folder.empty() && !std::filesystem::is_directory(folder)) {
        throw BadConfiguration("There is no folder of artwork \"" + folder.string() + "\".");
    }
    std::map<std::string, Artwork> artwork;
    for (const Side side : sides) {
        for (const Element& element : layout.elements(side)) {
            const auto* picture = std::get_if<PictureElement>(&element.content);
            if (picture == nullptr || folder.empty()) {
                continue;
            }
            const auto file = folder / (picture->source + ".png");
            if (std::filesystem::exists(file)) {
                const biometric::ImageLimits limits;
                artwork[picture->source] =
                    Artwork::of(biometric::decodePixels(readFile(file, limits.maximumFileSize), limits));
            }
        }
    }
    return artwork;
}

} // namespace

/// A card at work: what its elements may ask for.
struct FaceRenderer::Card {
    const CardContent& content;
    std::map<std::string, std::string> fields;
    std::map<std::string, Artwork> pictures;
};

/// A canvas and the channels whose elements it shows.
struct FaceRenderer::Layer {
    Canvas* canvas;
    std::vector<Channel> channels;

    [[nodiscard]] bool shows(const Element& element) const {
        return std::any_of(channels.begin(), channels.end(),
                           [&element](Channel channel) { return element.isOn(channel); });
    }
};

FaceRenderer::FaceRenderer(Layout layout, int dotsPerInch, const std::filesystem::path& artworkFolder,
                           const std::vector<std::filesystem::path>& fontFolders)
    : layout_(std::move(layout)), fonts_(layout_.fonts, fontFolders), dotsPerInch_(dotsPerInch),
      width_(pixelsOf(Layout::width, dotsPerInch)), height_(pixelsOf(Layout::height, dotsPerInch)),
      artwork_(readArtwork(layout_, artworkFolder)), work_(newCanvases()) {
    for (const Side side : sides) {
        prepareBackground(side);
    }
}

std::vector<Canvas> FaceRenderer::newCanvases() const {
    std::vector<Canvas> canvases;
    canvases.reserve(FaceRasters::channels.size());
    for (const Channel channel : FaceRasters::channels) {
        canvases.emplace_back(channel, width_, height_, dotsPerInch_);
    }
    return canvases;
}

FaceRenderer::Card FaceRenderer::cardOf(const CardContent& content) const {
    Card card{content, content.fields, {}};
    card.fields["seal"] = content.seal.empty() ? "" : "present";
    for (const auto& [name, artwork] : artwork_) {
        card.fields[name] = "present";
    }
    for (const auto& [name, pixels] : content.pictures) {
        card.pictures[name] = Artwork::of(pixels);
        card.fields[name] = "present";
    }
    return card;
}

void FaceRenderer::prepareBackground(Side side) {
    const auto& elements = layout_.elements(side);
    const auto firstOfACard = std::find_if(elements.begin(), elements.end(),
                                           [](const Element& element) { return !element.isFixed(); });
    const auto index = static_cast<std::size_t>(side);
    fixedElements_.at(index) = static_cast<std::size_t>(firstOfACard - elements.begin());
    backgrounds_.at(index) = newCanvases();
    std::vector<Layer> layers;
    for (Canvas& canvas : backgrounds_.at(index)) {
        layers.push_back({&canvas, {canvas.channel()}});
    }
    const CardContent nobody;
    const Card card = cardOf(nobody);
    std::for_each(elements.begin(), firstOfACard,
                  [&](const Element& element) { draw(element, card, layers); });
}

// Draws one element on every layer that shows it; what costs time is done once.
void FaceRenderer::draw(const Element& element, const Card& card, const std::vector<Layer>& layers) const {
    const bool isShown =
        std::all_of(element.when.begin(), element.when.end(),
                    [&card](const Condition& condition) { return holds(condition, card.fields); });
    if (!isShown) {
        return;
    }
    const auto onEachLayer = [&](const auto& drawOn) {
        for (const Layer& layer : layers) {
            if (layer.shows(element)) {
                drawOn(*layer.canvas);
            }
        }
    };
    // What is of one ink is drawn once, as a stencil for all the rasters.
    const auto asStencil = [&](Colour colour, const auto& drawOn) {
        std::optional<Canvas> stencil;
        onEachLayer([&](Canvas& canvas) {
            if (!canvas.isRaster()) {
                drawOn(canvas);
                return;
            }
            if (!stencil) {
                stencil.emplace(element.box, dotsPerInch_);
                drawOn(*stencil);
            }
            canvas.setInk(colour);
            canvas.paintThrough(*stencil);
        });
    };
    if (const auto* text = std::get_if<TextElement>(&element.content)) {
        const FittedText fitted = TextFitter(layout_, fonts_).fit(element, *text, card.fields);
        if (fitted.layout) {
            asStencil(fitted.colour, [&](Canvas& canvas) { showText(canvas, fitted); });
        }
    } else if (const auto* picture = std::get_if<PictureElement>(&element.content)) {
        const auto ofCard = card.pictures.find(picture->source);
        const auto ofLayout = artwork_.find(picture->source);
        if (ofCard == card.pictures.end() && ofLayout == artwork_.end()) {
            throw MalformedData(element.id + " shows " + picture->source + ", and the card has none.");
        }
        const Artwork& artwork = ofCard != card.pictures.end() ? ofCard->second : ofLayout->second;
        PlacedPicture placed(element.box, *picture, artwork);
        onEachLayer([&](Canvas& canvas) { placed.draw(canvas); });
    } else if (const auto* shape = std::get_if<ShapeElement>(&element.content)) {
        onEachLayer([&](Canvas& canvas) { drawShape(canvas, element.box, *shape); });
    } else if (const auto* mark = std::get_if<SymbolElement>(&element.content)) {
        const auto symbol = mark->kind == SymbolElement::Kind::Qr
                                ? qr::Symbol::encode(card.content.qr)
                                : qr::Symbol::encodeDataMatrix(card.content.seal);
        asStencil({}, [&](Canvas& canvas) { drawSymbol(canvas, element.box, symbol); });
    } else if (const auto* mrz = std::get_if<MrzElement>(&element.content)) {
        asStencil({}, [&](Canvas& canvas) { drawMrz(canvas, element.box, *mrz, fonts_, card.content.mrz); });
    }
}

FaceRasters FaceRenderer::renderSide(Side side, const Card& card) {
    const auto index = static_cast<std::size_t>(side);
    std::vector<Layer> layers;
    for (std::size_t channel = 0; channel < work_.size(); ++channel) {
        work_[channel].copyFrom(backgrounds_.at(index).at(channel));
        layers.push_back({&work_[channel], {work_[channel].channel()}});
    }
    const auto& elements = layout_.elements(side);
    for (std::size_t at = fixedElements_.at(index); at < elements.size(); ++at) {
        draw(elements[at], card, layers);
    }
    FaceRasters rasters;
    for (std::size_t channel = 0; channel < work_.size(); ++channel) {
        work_[channel].requireDrawn();
        rasters.rasters.at(channel) = work_[channel].pixels();
    }
    return rasters;
}

CardFaces FaceRenderer::render(const CardContent& content) {
    const Card card = cardOf(content);
    CardFaces faces;
    faces.front = renderSide(Side::Front, card);
    faces.back = renderSide(Side::Back, card);
    return faces;
}

biometric::Pixels FaceRenderer::preview(const FaceRasters& rasters, const CardContent& content,
                                        Side side) const {
    Canvas canvas(Channel::Colour, width_, height_, dotsPerInch_);
    cairo_t* cr = canvas.context();
    const auto paint = [&](const biometric::Pixels& raster, bool asInk) {
        const Artwork artwork = Artwork::of(raster);
        cairo_save(cr);
        cairo_identity_matrix(cr);
        if (asInk) {
            canvas.setInk(Colour{});
            cairo_mask_surface(cr, artwork.darkness.get(), 0, 0);
        } else {
            cairo_set_source_surface(cr, artwork.colour.get(), 0, 0);
            cairo_paint(cr);
        }
        cairo_restore(cr);
    };
    paint(rasters.of(Channel::Colour), false);
    const Card card = cardOf(content);
    for (const Element& element : layout_.elements(side)) {
        draw(element, card, {{&canvas, {Channel::Preview}}});
    }
    paint(rasters.of(Channel::Resin), true);
    ShapeElement corners;
    corners.radius = Layout::cornerRadius;
    corners.stroke = Stroke{{1, 1, 1}, 4, 1};
    // A white frame whose inner edge is the card's.
    corners.radius += 2;
    drawShape(canvas, {-2, -2, Layout::width + 4, Layout::height + 4}, corners);
    canvas.requireDrawn();
    return canvas.pixels();
}

void FaceRenderer::drawPage(Canvas& canvas, Side side, const Card& card) const {
    const std::vector<Layer> layers{{&canvas, {Channel::Colour, Channel::Resin}}};
    for (const Element& element : layout_.elements(side)) {
        draw(element, card, layers);
    }
    cairo_show_page(canvas.context());
    canvas.requireDrawn();
}

Bytes FaceRenderer::toPdf(const CardContent& content) const {
    Bytes file;
    {
        Surface surface(
            cairo_pdf_surface_create_for_stream(&appendPage, &file, widthInPoints, heightInPoints));
        // Otherwise the date of today.
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
        Canvas canvas(std::move(surface), dotsPerInch_);
        const Card card = cardOf(content);
        for (const Side side : sides) {
            drawPage(canvas, side, card);
        }
        cairo_surface_finish(canvas.surface());
        canvas.requireDrawn();
    }
    return file;
}

Bytes FaceRenderer::toSvg(const CardContent& content, Side side) const {
    Bytes file;
    {
        Surface surface(
            cairo_svg_surface_create_for_stream(&appendPage, &file, widthInPoints, heightInPoints));
        cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PT);
        Canvas canvas(std::move(surface), dotsPerInch_);
        drawPage(canvas, side, cardOf(content));
        cairo_surface_finish(canvas.surface());
    }
    return toBytes(viewOf(withOwnNumbers(toText(file))));
}

} // namespace cancuoc::cardface
