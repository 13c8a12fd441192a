// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/qr/card_picture.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "personalization/sample/lot.hpp"

namespace cancuoc::bench {

namespace {

using personalization::Lot;

constexpr double pixelsPerMillimetre = 8;

struct Rectangle {
    double left, top, width, height; ///< in millimetres
};

class Drawing {
public:
    Drawing()
        : image_{toPixels(CardPicture::width), toPixels(CardPicture::height),
                 Bytes(toPixels(CardPicture::width) * toPixels(CardPicture::height))} {}

    static std::size_t toPixels(double millimetres) {
        return static_cast<std::size_t>(std::max(0.0, std::round(millimetres * pixelsPerMillimetre)));
    }

    // Two crossing families of waves, as a security print's guilloches look in grey.
    void waves(Lot& lot) {
        const double first = lot.real(0.6, 1.6);
        const double second = lot.real(0.6, 1.6);
        const double tone = lot.real(190, 225);
        const double depth = lot.real(6, 18);
        for (std::size_t y = 0; y < image_.height; ++y) {
            for (std::size_t x = 0; x < image_.width; ++x) {
                const double across = static_cast<double>(x) / pixelsPerMillimetre;
                const double down = static_cast<double>(y) / pixelsPerMillimetre;
                const double wave = std::sin((across + std::sin(down * 0.7)) * 6.28 / first) +
                                    std::sin((down + std::sin(across * 0.5)) * 6.28 / second);
                image_.pixels[y * image_.width + x] = static_cast<std::uint8_t>(tone + depth * wave / 2);
            }
        }
    }

    void fill(const Rectangle& area, std::uint8_t tone) {
        const auto right = std::min(toPixels(area.left + area.width), image_.width);
        const auto bottom = std::min(toPixels(area.top + area.height), image_.height);
        for (auto y = toPixels(area.top); y < bottom; ++y) {
            for (auto x = toPixels(area.left); x < right; ++x) {
                image_.pixels[y * image_.width + x] = tone;
            }
        }
    }

    // Words of upright strokes: what a finder of symbols has to tell from one.
    void line(double left, double top, double width, double height, Lot& lot) {
        for (double x = left; x < left + width; x += lot.real(0.35, 0.8)) {
            if (lot.chance(85)) {
                fill({x, top, 0.22, height}, 60);
                fill({x, top + (lot.chance(50) ? 0 : height / 2), 0.5, 0.2}, 60);
            }
        }
    }

    void portrait(Lot& lot) {
        fill({5, 18, 20, 30}, static_cast<std::uint8_t>(lot.between(150, 220)));
        fill({10, 23, 10, 13}, static_cast<std::uint8_t>(lot.between(90, 170)));
        fill({8, 38, 14, 10}, static_cast<std::uint8_t>(lot.between(30, 90)));
    }

    qr::GreyImage take() && { return std::move(image_); }

private:
    qr::GreyImage image_;
};

qr::GreyImage drawBackground(std::uint64_t seed) {
    Lot lot(seed, /*stream*/ 1);
    Drawing drawing;
    drawing.waves(lot);
    drawing.portrait(lot);
    drawing.line(28, 6, 26, 2, lot);
    for (int line = 0; line < 6; ++line) {
        drawing.line(28, 27 + 4.2 * line, lot.real(20, 50), 1.6, lot);
    }
    return std::move(drawing).take();
}

} // namespace

CardPicture::CardPicture(qr::Symbol symbol, double symbolMillimetres, double inkSpread,
                         const Surroundings& surroundings, std::uint64_t seed)
    : symbol_(std::move(symbol)), module_(symbolMillimetres / static_cast<double>(symbol_.size())),
      inkSpread_(inkSpread), surroundings_(surroundings), left_(width - symbolMillimetres - 4.5), top_(4.5),
      background_(drawBackground(seed)) {}

bool CardPicture::isInk(double column, double row) const {
    const auto side = static_cast<double>(symbol_.size());
    return column >= 0 && row >= 0 && column < side && row < side &&
           symbol_.isDark(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
}

double CardPicture::toneAt(double x, double y) const {
    constexpr double paper = 235;
    constexpr double ink = 25;
    const double column = (x - left_) / module_;
    const double row = (y - top_) / module_;
    const double quiet = static_cast<double>(qr::quietZoneModules);
    const double end = static_cast<double>(symbol_.size()) + quiet;
    if (column > -quiet && row > -quiet && column < end && row < end) {
        const bool dark = isInk(column, row) || isInk(column - inkSpread_, row) ||
                          isInk(column + inkSpread_, row) || isInk(column, row - inkSpread_) ||
                          isInk(column, row + inkSpread_);
        return dark ? ink : paper;
    }
    if (x < 0 || y < 0 || x >= width || y >= height) {
        return surroundings_.toneAt(x, y);
    }
    const auto pixelX = std::min(static_cast<std::size_t>(x * pixelsPerMillimetre), background_.width - 1);
    const auto pixelY = std::min(static_cast<std::size_t>(y * pixelsPerMillimetre), background_.height - 1);
    return background_.pixels[pixelY * background_.width + pixelX];
}

} // namespace cancuoc::bench
