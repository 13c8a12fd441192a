// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/cardface/canvas.hpp"
#include "personalization/cardface/card_content.hpp"
#include "personalization/cardface/font_set.hpp"
#include "personalization/cardface/layout.hpp"
#include "personalization/cardface/text_fitting.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cancuoc::cardface {

/// What the printer's passes over one side of a card put there. Colour has three channels; the others one, 0
/// where the ink is full and 255 where there is none.
struct FaceRasters {
    static constexpr std::array channels{Channel::Colour, Channel::Resin, Channel::Overlay, Channel::Laser,
                                         Channel::Ultraviolet};

    std::array<biometric::Pixels, channels.size()> rasters;

    [[nodiscard]] const biometric::Pixels& of(Channel channel) const {
        return rasters.at(static_cast<std::size_t>(channel));
    }
};

/// Both faces of one card.
struct CardFaces {
    FaceRasters front;
    FaceRasters back;

    [[nodiscard]] const FaceRasters& of(Side side) const { return side == Side::Front ? front : back; }
};

/// Draws the faces of cards after one layout. What is the same on every card is drawn once. The same content
/// gives the same bytes, on every run and every machine with the same fonts and libraries. One thread at a
/// time; threads each have their own.
class FaceRenderer {
public:
    /// @param dotsPerInch 300 or 600, the printer's
    /// @param artworkFolder where pictures such as emblem.png and signature.png are; empty: there are none
    /// @throws BadConfiguration when a font or artwork is missing or the resolution is another
    FaceRenderer(Layout layout, int dotsPerInch, const std::filesystem::path& artworkFolder = {},
                 const std::vector<std::filesystem::path>& fontFolders = systemFontFolders());

    [[nodiscard]] const Layout& layout() const { return layout_; }
    [[nodiscard]] const FontSet& fonts() const { return fonts_; }
    [[nodiscard]] int dotsPerInch() const { return dotsPerInch_; }
    /// 1011 x 638 at 300 dpi, 2022 x 1275 at 600.
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }

    /// Every channel of both sides.
    /// @throws DoesNotFit when a text does not fit its box, MalformedData when a symbol does not
    [[nodiscard]] CardFaces render(const CardContent& content);

    /// The card as it will look: colour, what is on the blank, and resin over it; with round corners on
    /// white.
    [[nodiscard]] biometric::Pixels preview(const FaceRasters& rasters, const CardContent& content,
                                            Side side) const;

    /// A page for each side with colour and resin in place; the same content gives the same bytes.
    [[nodiscard]] Bytes toPdf(const CardContent& content) const;

    /// The same of one side.
    [[nodiscard]] Bytes toSvg(const CardContent& content, Side side) const;

private:
    struct Card;
    struct Layer;

    [[nodiscard]] std::vector<Canvas> newCanvases() const;
    [[nodiscard]] Card cardOf(const CardContent& content) const;
    void prepareBackground(Side side);
    void draw(const Element& element, const Card& card, const std::vector<Layer>& layers) const;
    [[nodiscard]] FaceRasters renderSide(Side side, const Card& card);
    void drawPage(Canvas& canvas, Side side, const Card& card) const;

    Layout layout_;
    FontSet fonts_;
    int dotsPerInch_;
    int width_;
    int height_;
    std::map<std::string, Artwork> artwork_;
    std::array<std::size_t, 2> fixedElements_{}; ///< of each side, how many come first and are on every card
    std::array<std::vector<Canvas>, 2> backgrounds_; ///< of each side, those drawn on a canvas a channel
    std::vector<Canvas> work_;
};

} // namespace cancuoc::cardface
