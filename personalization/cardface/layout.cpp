// SPDX-License-Identifier: Apache-2.0
#include "personalization/cardface/layout.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/cardface/layout_node.hpp"
#include "personalization/cardface/shipped_layouts.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace cancuoc::cardface {

namespace {

constexpr std::string_view channelNames[] = {"colour", "resin", "overlay", "laser", "uv", "preview"};

bool isFieldName(const std::string& name) {
    return std::find(fieldNames().begin(), fieldNames().end(), name) != fieldNames().end();
}

/// Reads elements that refer to what else stands in their layout.
class ElementReader {
public:
    explicit ElementReader(const Layout& layout) : layout_(layout) {}

    [[nodiscard]] Element read(const LayoutNode& node) const {
        Element element;
        element.id = node.text("id");
        element.box = readBox(node);
        element.channels = readChannels(node);
        if (node.has("when")) {
            for (const LayoutNode& condition : node.children("when")) {
                element.when.push_back(readCondition(condition));
            }
        }
        const std::string type = node.text("type");
        if (type == "text") {
            element.content = readText(node);
        } else if (type == "picture" || type == "ghost") {
            element.content = readPicture(node, type == "ghost");
        } else if (type == "shape") {
            element.content = readShape(node);
        } else if (type == "qr" || type == "seal") {
            element.content =
                SymbolElement{type == "qr" ? SymbolElement::Kind::Qr : SymbolElement::Kind::Seal};
        } else if (type == "mrz") {
            element.content = readMrz(node, element.box);
        } else {
            node.refuse("type", "must be of these: text, picture, ghost, shape, qr, seal, mrz");
        }
        node.expectNothingElse();
        return element;
    }

private:
    static Box readBox(const LayoutNode& node) {
        const auto numbers = node.numbers("box", 4);
        const Box box{numbers[0], numbers[1], numbers[2], numbers[3]};
        // Backgrounds bleed over the edge, because cards are not cut where they are printed to the hair.
        constexpr double bleed = 5;
        const bool inside = box.x >= -bleed && box.y >= -bleed && box.width > 0 && box.height > 0 &&
                            box.x + box.width <= Layout::width + bleed &&
                            box.y + box.height <= Layout::height + bleed;
        if (!inside) {
            node.refuse("box", "must be [x, y, width, height] in millimetres on a card of 85.60 x 53.98");
        }
        return box;
    }

    static std::vector<Channel> readChannels(const LayoutNode& node) {
        std::vector<Channel> channels;
        for (const std::string& name : node.texts("channels")) {
            channels.push_back(node.choice<Channel>("channels", name,
                                                    {{"colour", Channel::Colour},
                                                     {"resin", Channel::Resin},
                                                     {"overlay", Channel::Overlay},
                                                     {"laser", Channel::Laser},
                                                     {"uv", Channel::Ultraviolet},
                                                     {"preview", Channel::Preview}}));
        }
        return channels;
    }

    static Condition readCondition(const LayoutNode& node) {
        using Test = Condition::Test;
        Condition condition;
        condition.field = node.text("field");
        if (!isFieldName(condition.field)) {
            node.refuse("field", "must be a field of the card");
        }
        const std::string test = node.text("is");
        condition.test = node.choice<Test>("is", test,
                                           {{"present", Test::Present},
                                            {"absent", Test::Absent},
                                            {"equal", Test::Equals},
                                            {"at least", Test::AtLeast},
                                            {"below", Test::Below}});
        if (condition.test == Test::Equals) {
            condition.text = node.text("to");
        } else if (condition.test != Test::Present && condition.test != Test::Absent) {
            condition.number = node.number("to", 0, 1e6);
        }
        node.expectNothingElse();
        return condition;
    }

    [[nodiscard]] std::string readStyle(const LayoutNode& node) const {
        std::string style = node.text("style");
        if (layout_.styles.count(style) == 0) {
            node.refuse("style", "must be one of the layout's styles");
        }
        return style;
    }

    // "Số / No.: {number}": what stands in braces is a field.
    static std::vector<TextPiece> readPieces(const LayoutNode& node, const std::string& text) {
        std::vector<TextPiece> pieces;
        std::size_t at = 0;
        while (at < text.size()) {
            const auto open = text.find('{', at);
            if (open != at) {
                pieces.push_back({text.substr(at, open - at), false});
            }
            if (open == std::string::npos) {
                break;
            }
            const auto close = text.find('}', open);
            const std::string field =
                close == std::string::npos ? "" : text.substr(open + 1, close - open - 1);
            if (!isFieldName(field)) {
                node.refuse("text", "must have fields of the card, and nothing else, between braces");
            }
            pieces.push_back({field, true});
            at = close + 1;
        }
        return pieces;
    }

    [[nodiscard]] std::vector<TextSpan> readSpans(const LayoutNode& node) const {
        std::vector<TextSpan> spans;
        if (!node.raw("text").is_array()) {
            spans.push_back({readPieces(node, node.text("text")), readStyle(node)});
            return spans;
        }
        for (const LayoutNode& span : node.children("text")) {
            spans.push_back({readPieces(span, span.text("text")), readStyle(span)});
            span.expectNothingElse();
        }
        if (spans.empty()) {
            node.refuse("text", "must be a text, or a list of spans with text and style");
        }
        const auto hasOtherColour = [&](const TextSpan& span) {
            return !(layout_.styles.at(span.style).colour == layout_.styles.at(spans.front().style).colour);
        };
        if (std::any_of(spans.begin(), spans.end(), hasOtherColour)) {
            node.refuse("text", "must have spans of one colour");
        }
        return spans;
    }

    static Alignment readAlignment(const LayoutNode& node, const char* name, const char* start,
                                   const char* middle, const char* end) {
        return node.choice<Alignment>(
            name, node.text(name, start),
            {{start, Alignment::Start}, {middle, Alignment::Middle}, {end, Alignment::End}});
    }

    [[nodiscard]] TextElement readText(const LayoutNode& node) const {
        TextElement text;
        text.spans = readSpans(node);
        text.horizontal = readAlignment(node, "align", "left", "centre", "right");
        text.vertical = readAlignment(node, "vertical", "top", "middle", "bottom");
        if (node.has("baseline")) {
            text.baseline = node.number("baseline", 0, Layout::height);
        }
        text.capitals = node.flag("capitals");
        if (node.has("fit")) {
            for (const std::string& step : node.texts("fit")) {
                text.fit.push_back(node.choice<FitStep>("fit", step,
                                                        {{"shrink", FitStep::Shrink},
                                                         {"wrap", FitStep::Wrap},
                                                         {"abbreviate", FitStep::Abbreviate}}));
            }
        }
        readFitLimits(node, text);
        return text;
    }

    // A step without its limit, or a limit without its step, is a mistake in the file.
    void readFitLimits(const LayoutNode& node, TextElement& text) const {
        const auto has = [&text](FitStep step) {
            return std::find(text.fit.begin(), text.fit.end(), step) != text.fit.end();
        };
        if (has(FitStep::Shrink)) {
            text.smallest = node.number("smallest", 0.3, 1);
        }
        if (has(FitStep::Wrap)) {
            text.lines = node.count("lines", 2, 8, 0);
            if (text.lines == 0) {
                node.refuse("lines", "is missing, and fit holds \"wrap\"");
            }
        }
        if (has(FitStep::Abbreviate) && layout_.abbreviations.empty()) {
            node.refuse("fit", "holds \"abbreviate\", and the layout has no abbreviations");
        }
    }

    static PictureElement readPicture(const LayoutNode& node, bool isGhost) {
        PictureElement picture;
        picture.source = node.text("source");
        picture.cover =
            node.choice<bool>("scale", node.text("scale", "cover"), {{"cover", true}, {"contain", false}});
        picture.opacity = isGhost ? node.number("opacity", 0.02, 1) : node.number("opacity", 0.02, 1, 1);
        if (isGhost) {
            picture.tint = node.colour("tint");
        }
        return picture;
    }

    static ShapeElement readShape(const LayoutNode& node) {
        ShapeElement shape;
        shape.form = node.choice<Form>("form", node.text("form"),
                                       {{"rectangle", Form::Rectangle},
                                        {"ellipse", Form::Ellipse},
                                        {"waves", Form::Waves},
                                        {"rosette", Form::Rosette},
                                        {"star", Form::Star}});
        shape.radius = node.number("radius", 0, 30, 0);
        shape.count = node.count("count", 1, 400, shape.count);
        shape.depth = node.number("depth", 0, 1, shape.depth);
        if (node.has("fill")) {
            const LayoutNode fill = node.child("fill");
            const Colour from = fill.colour("colour");
            shape.fill =
                Fill{from, fill.has("to") ? fill.colour("to") : from, fill.number("opacity", 0, 1, 1)};
            fill.expectNothingElse();
        }
        if (node.has("stroke")) {
            const LayoutNode stroke = node.child("stroke");
            shape.stroke = Stroke{stroke.colour("colour"), stroke.number("width", 0.02, 10),
                                  stroke.number("opacity", 0, 1, 1)};
            stroke.expectNothingElse();
        }
        shape.erase = node.flag("erase");
        if (!shape.fill && !shape.stroke && !shape.erase) {
            node.refuse("fill", "or stroke or erase must be there, or nothing is drawn");
        }
        return shape;
    }

    [[nodiscard]] MrzElement readMrz(const LayoutNode& node, const Box& box) const {
        MrzElement mrz;
        mrz.font = node.text("font");
        if (layout_.fonts.count(mrz.font) == 0) {
            node.refuse("font", "must be one of the layout's fonts");
        }
        mrz.lineSpacing = node.number("lineSpacing", 3, 7, mrz.lineSpacing);
        constexpr double widthOfLine = 30 * 2.54;
        constexpr double heightOfLetters = 2.8;
        if (box.width < widthOfLine || box.height < heightOfLetters + 2 * mrz.lineSpacing) {
            node.refuse("box", "must hold three lines of 76.2 mm and the line spacing");
        }
        return mrz;
    }

    const Layout& layout_;
};

void readFonts(const LayoutNode& node, Layout& layout) {
    for (const auto& [name, font] : node.members("fonts")) {
        layout.fonts[name] = {font.text("file"), font.text("package", "")};
        if (layout.fonts[name].file.find('/') != std::string::npos) {
            font.refuse("file", "must be the name of a file without its folder");
        }
        font.expectNothingElse();
    }
    if (layout.fonts.empty()) {
        node.refuse("fonts", "must have one at least");
    }
}

void readStyles(const LayoutNode& node, Layout& layout) {
    for (const auto& [name, style] : node.members("styles")) {
        TextStyle read;
        read.font = style.text("font");
        if (layout.fonts.count(read.font) == 0) {
            style.refuse("font", "must be one of the layout's fonts");
        }
        read.size = style.number("size", 0.5, 20);
        read.colour = style.colour("colour");
        read.lineSpacing = style.number("lineSpacing", 0.7, 2, read.lineSpacing);
        read.letterSpacing = style.number("letterSpacing", -0.5, 5, read.letterSpacing);
        style.expectNothingElse();
        layout.styles[name] = read;
    }
}

std::vector<Element> readElements(const LayoutNode& node, const char* side, const ElementReader& reader) {
    std::vector<Element> elements;
    std::set<std::string> ids;
    for (const LayoutNode& child : node.children(side)) {
        elements.push_back(reader.read(child));
        if (!ids.insert(elements.back().id).second) {
            child.refuse("id", "must differ from that of every other element of the side");
        }
    }
    return elements;
}

bool isOfTheCard(const std::string& source) {
    return source == "portrait" || source == "leftIndex" || source == "rightIndex";
}

bool hasFields(const TextElement& text) {
    return std::any_of(text.spans.begin(), text.spans.end(), [](const TextSpan& span) {
        return std::any_of(span.pieces.begin(), span.pieces.end(),
                           [](const TextPiece& piece) { return piece.isField; });
    });
}

std::string readLayout(const std::string& nameOrFile) {
    std::string known;
    for (const ShippedLayout& layout : shippedLayouts()) {
        if (layout.name == nameOrFile) {
            return std::string(layout.text);
        }
        known += (known.empty() ? "" : ", ") + std::string(layout.name);
    }
    if (!std::filesystem::exists(nameOrFile)) {
        throw BadConfiguration("There is no layout " + nameOrFile + ": name a file, or one of " + known +
                               ".");
    }
    return toText(readFile(nameOrFile, Layout::maximumFileSize));
}

} // namespace

std::string_view nameOf(Channel channel) {
    return channelNames[static_cast<std::size_t>(channel)];
}

std::string_view nameOf(Side side) {
    return side == Side::Front ? "front" : "back";
}

bool Element::isOn(Channel channel) const {
    return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

bool Element::isFixed() const {
    const bool dependsOnCard = std::any_of(when.begin(), when.end(), [](const Condition& condition) {
        return condition.field != "emblem" && condition.field != "signature";
    });
    if (dependsOnCard) {
        return false;
    }
    if (const auto* text = std::get_if<TextElement>(&content)) {
        return !hasFields(*text);
    }
    if (const auto* picture = std::get_if<PictureElement>(&content)) {
        return !isOfTheCard(picture->source);
    }
    return std::holds_alternative<ShapeElement>(content);
}

Layout Layout::parse(std::string_view text, const std::string& source) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const std::string prefix = "The layout " + source + ": ";
    if (json.is_discarded()) {
        throw BadConfiguration("The layout " + source + " is no JSON.");
    }
    const LayoutNode node(json, prefix, "");
    Layout layout;
    static_cast<void>(node.text("$schema", "-"));
    layout.name = node.text("name");
    layout.qrProfile = node.choice<qr::Profile>(
        "qr", node.text("qr"),
        {{"cccd-2021", qr::Profile::Cccd2021}, {"cancuoc-2024", qr::Profile::Cancuoc2024}});
    readFonts(node, layout);
    readStyles(node, layout);
    if (node.has("abbreviations")) {
        for (const LayoutNode& rule : node.children("abbreviations")) {
            layout.abbreviations.push_back({rule.text("word"), rule.text("abbreviated")});
            rule.expectNothingElse();
        }
    }
    const ElementReader reader(layout);
    layout.front = readElements(node, "front", reader);
    layout.back = readElements(node, "back", reader);
    node.expectNothingElse();
    return layout;
}

std::string Layout::textOf(const std::string& nameOrFile) {
    std::string text = readLayout(nameOrFile);
    static_cast<void>(parse(text, nameOrFile));
    return text;
}

Layout Layout::find(const std::string& nameOrFile) {
    return parse(readLayout(nameOrFile), nameOrFile);
}

std::vector<std::string> Layout::names() {
    std::vector<std::string> names;
    for (const ShippedLayout& layout : shippedLayouts()) {
        names.emplace_back(layout.name);
    }
    return names;
}

std::string_view Layout::schema() {
    return layoutSchema();
}

} // namespace cancuoc::cardface
