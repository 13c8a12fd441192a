// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "qr/image.hpp"
#include "qr/symbol.hpp"
#include "tests/bench/qr/surroundings.hpp"

namespace cancuoc::bench {

/// A whole card, ID-1, flat and sharp: a background of fine waves, lines of something like text, a portrait's
/// place, and the symbol on white in its quiet zone.
class CardPicture {
public:
    /// @param symbolMillimetres side of the symbol without its quiet zone
    /// @param inkSpread by which dark modules grow on each side, in modules, 0 to 0.5
    /// @param seed the same seed draws the same card
    CardPicture(qr::Symbol symbol, double symbolMillimetres, double inkSpread,
                const Surroundings& surroundings, std::uint64_t seed);

    static constexpr double width = 85.6;   ///< in millimetres
    static constexpr double height = 53.98; ///< in millimetres

    /// The grey level at a point in millimetres from the upper left corner, on the card or beside it.
    [[nodiscard]] double toneAt(double x, double y) const;

    /// The side of a module in millimetres.
    [[nodiscard]] double module() const { return module_; }

private:
    [[nodiscard]] bool isInk(double column, double row) const;

    qr::Symbol symbol_;
    double module_;
    double inkSpread_;
    Surroundings surroundings_;
    double left_; ///< of the symbol, in millimetres
    double top_;
    qr::GreyImage background_;
};

} // namespace cancuoc::bench
