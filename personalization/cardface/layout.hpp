// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qr/payload.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cancuoc::cardface {

/// A rectangle in millimetres; x and y count from the card's upper left corner.
struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

/// Red, green and blue from 0 to 1.
struct Colour {
    double red = 0;
    double green = 0;
    double blue = 0;

    friend bool operator==(const Colour&, const Colour&) = default;
};

/// What a card printer puts on the card in one pass of its own. Preview is none of them: what comes printed
/// on the blank, such as the chip's contacts, and is shown on the screen alone.
enum class Channel { Colour, Resin, Overlay, Laser, Ultraviolet, Preview };

/// "colour", "resin", "overlay", "laser", "uv" or "preview".
[[nodiscard]] std::string_view nameOf(Channel channel);

enum class Side { Front, Back };

/// "front" or "back".
[[nodiscard]] std::string_view nameOf(Side side);

/// When an element is drawn: what a field of the card must be like.
struct Condition {
    enum class Test { Present, Absent, Equals, AtLeast, Below };

    std::string field;
    Test test = Test::Present;
    std::string text;  ///< of Equals
    double number = 0; ///< of AtLeast and Below
};

/// A file of a font, looked for by its name, and the Debian package that has it.
struct FontFile {
    std::string file;
    std::string package;
};

/// How letters look.
struct TextStyle {
    std::string font; ///< a name among the layout's fonts
    double size = 2;  ///< of the em, in millimetres
    Colour colour;
    double lineSpacing = 1;   ///< distance of baselines, in what the font asks for
    double letterSpacing = 0; ///< added after every character, in millimetres
};

/// A part of a text: letters as they stand, or the name of a field of the card.
struct TextPiece {
    std::string text;
    bool isField = false;
};

/// Pieces of one style.
struct TextSpan {
    std::vector<TextPiece> pieces;
    std::string style; ///< a name among the layout's styles
};

/// What may be done to a text that is too long for its box. Each step leaves those before it allowed.
enum class FitStep { Shrink, Wrap, Abbreviate };

/// A word and what stands for it where there is no room, such as "Thành phố" and "TP.".
struct Abbreviation {
    std::string word;
    std::string abbreviated;
};

enum class Alignment { Start, Middle, End };

/// A text. One that does not fit its box, after all that `fit` allows, is refused; nothing is ever cut off.
struct TextElement {
    std::vector<TextSpan> spans;
    Alignment horizontal = Alignment::Start;
    Alignment vertical = Alignment::Start;
    std::optional<double> baseline; ///< of the first line, from the box's upper edge in millimetres
    bool capitals = false;
    std::vector<FitStep> fit;
    double smallest = 1;   ///< how far Shrink may go, in parts of the style's size
    std::size_t lines = 1; ///< how far Wrap may go
};

/// A picture of the card's holder, or artwork; with a tint it is a ghost image of one ink.
struct PictureElement {
    std::string source; ///< "portrait", "leftIndex", "rightIndex", or the name of a file of artwork
    bool cover = true;  ///< fills the box and loses its borders; otherwise whole inside of the box
    double opacity = 1;
    std::optional<Colour> tint;
};

/// What a shape is filled with: one colour, or two from the upper left to the lower right corner.
struct Fill {
    Colour from;
    Colour to;
    double opacity = 1;
};

struct Stroke {
    Colour colour;
    double width = 0.1; ///< millimetres
    double opacity = 1;
};

/// The forms a shape can have in its box.
enum class Form {
    Rectangle,
    Ellipse,
    Waves,   ///< curves that fill the box, as on banknotes
    Rosette, ///< petals around the middle
    Star,    ///< rays around the middle
};

struct ShapeElement {
    Form form = Form::Rectangle;
    double radius = 0;      ///< of a rectangle's corners, in millimetres
    std::size_t count = 12; ///< of waves, petals or rays
    double depth = 0.5;     ///< of waves, petals and rays, 0 to 1
    std::optional<Fill> fill;
    std::optional<Stroke> stroke;
    bool erase = false; ///< takes away what the channels have there
};

/// The card's QR, or a digital seal as a Data Matrix, as large as whole pixels a module allow in the box.
struct SymbolElement {
    enum class Kind { Qr, Seal } kind = Kind::Qr;
};

/// The three lines of the MRZ: 30 characters each, 2.54 mm apart (Doc 9303-3, 4.1; 9303-5, 4.2.1).
struct MrzElement {
    std::string font;
    double lineSpacing = 4; ///< millimetres
};

struct Element {
    std::string id; ///< in messages; once a side
    Box box;
    std::vector<Channel> channels;
    std::vector<Condition> when; ///< all must hold
    std::variant<TextElement, PictureElement, ShapeElement, SymbolElement, MrzElement> content;

    [[nodiscard]] bool isOn(Channel channel) const;
    /// Whether it is the same on every card.
    [[nodiscard]] bool isFixed() const;
};

/// The layout of a card's two faces. The form in JSON is described in face-layout.schema.json.
struct Layout {
    static constexpr std::size_t maximumFileSize = std::size_t{1} << 20U;
    static constexpr double width = 85.60; ///< ID-1, in millimetres (ISO/IEC 7810)
    static constexpr double height = 53.98;
    static constexpr double cornerRadius = 3.18;

    std::string name;
    qr::Profile qrProfile = qr::Profile::Cccd2021;
    std::map<std::string, FontFile> fonts;
    std::map<std::string, TextStyle> styles;
    std::vector<Abbreviation> abbreviations;
    std::vector<Element> front;
    std::vector<Element> back;

    [[nodiscard]] const std::vector<Element>& elements(Side side) const {
        return side == Side::Front ? front : back;
    }

    /// Reads the JSON form. `source` names it in messages.
    /// @throws BadConfiguration naming the element and the rule that it breaks
    [[nodiscard]] static Layout parse(std::string_view text, const std::string& source);

    /// The layout that ships under that name, or else the one in that file.
    /// @throws BadConfiguration when there is neither, and what parse throws
    [[nodiscard]] static Layout find(const std::string& nameOrFile);

    /// The JSON of that layout, after it was found right.
    [[nodiscard]] static std::string textOf(const std::string& nameOrFile);

    /// The names of the layouts that ship.
    [[nodiscard]] static std::vector<std::string> names();

    /// The JSON Schema (draft 7) of layout files.
    [[nodiscard]] static std::string_view schema();
};

/// The names of the card's fields that a text or a condition may use.
[[nodiscard]] const std::vector<std::string>& fieldNames();

} // namespace cancuoc::cardface
