// SPDX-License-Identifier: Apache-2.0
#include "qr/symbol_region.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace cancuoc::qr {

namespace {

constexpr std::size_t cellPixels = 8;

/// The picture in cells of 8 by 8 pixels: how much of both upright and level edges is in all cells above and
/// to the left of a corner, so that the sum of any rectangle takes four look-ups.
class EdgeDensity {
public:
    explicit EdgeDensity(const GreyImage& image)
        : columns_(image.width / cellPixels), rows_(image.height / cellPixels),
          sums_((columns_ + 1) * (rows_ + 1)) {
        for (std::size_t row = 0; row < rows_; ++row) {
            std::uint32_t sumOfRow = 0;
            for (std::size_t column = 0; column < columns_; ++column) {
                sumOfRow += edgesOf(image, column * cellPixels, row * cellPixels);
                sums_[(row + 1) * (columns_ + 1) + column + 1] =
                    sums_[row * (columns_ + 1) + column + 1] + sumOfRow;
            }
        }
    }

    [[nodiscard]] std::size_t columns() const { return columns_; }
    [[nodiscard]] std::size_t rows() const { return rows_; }

    [[nodiscard]] std::uint32_t sum(std::size_t column, std::size_t row, std::size_t side) const {
        const auto at = [&](std::size_t c, std::size_t r) { return sums_[r * (columns_ + 1) + c]; };
        return at(column + side, row + side) - at(column, row + side) - at(column + side, row) +
               at(column, row);
    }

private:
    // Lines of text have edges of mostly one direction, a symbol of both: the weaker counts. Squares of two
    // by two pixels are compared, because single ones are mostly noise where a picture has noise.
    static std::uint32_t edgesOf(const GreyImage& image, std::size_t left, std::size_t top) {
        constexpr std::size_t squares = cellPixels / 2;
        int across = 0;
        int down = 0;
        std::array<int, squares> above{};
        for (std::size_t y = 0; y < squares; ++y) {
            const auto* row = image.pixels.data() + (top + 2 * y) * image.width + left;
            int before = 0;
            for (std::size_t x = 0; x < squares; ++x) {
                const auto* corner = row + 2 * x;
                const int square = corner[0] + corner[1] + corner[image.width] + corner[image.width + 1];
                across += x > 0 ? std::abs(square - before) : 0;
                down += y > 0 ? std::abs(square - above[x]) : 0;
                before = square;
                above[x] = square;
            }
        }
        return static_cast<std::uint32_t>(std::min(across, down));
    }

    std::size_t columns_;
    std::size_t rows_;
    std::vector<std::uint32_t> sums_;
};

// The densest square of that side, with as much around it on each side as `margin` cells.
Region densestSquare(const EdgeDensity& density, std::size_t side, std::size_t margin,
                     const GreyImage& image) {
    std::size_t bestColumn = 0;
    std::size_t bestRow = 0;
    std::uint32_t best = 0;
    for (std::size_t row = 0; row + side <= density.rows(); ++row) {
        for (std::size_t column = 0; column + side <= density.columns(); ++column) {
            const auto sum = density.sum(column, row, side);
            if (sum > best) {
                best = sum;
                bestColumn = column;
                bestRow = row;
            }
        }
    }
    Region region;
    region.left = (bestColumn - std::min(bestColumn, margin)) * cellPixels;
    region.top = (bestRow - std::min(bestRow, margin)) * cellPixels;
    region.width = std::min((bestColumn + side + margin) * cellPixels, image.width) - region.left;
    region.height = std::min((bestRow + side + margin) * cellPixels, image.height) - region.top;
    return region;
}

} // namespace

std::vector<Region> likelyRegions(const GreyImage& image) {
    constexpr std::size_t fewestCells = 20;
    const EdgeDensity density(image);
    const auto shorter = std::min(density.columns(), density.rows());
    if (shorter < fewestCells) {
        return {};
    }
    // The symbol is 12 or 18 mm of a card 54 mm high; the card fills most of the picture, or half of it.
    std::vector<Region> regions;
    for (const std::size_t percent : {34U, 20U, 50U}) {
        const auto side = std::max<std::size_t>(shorter * percent / 100, 4);
        regions.push_back(densestSquare(density, side, side / 4 + 1, image));
    }
    return regions;
}

std::vector<Region> tilesOf(const GreyImage& image, std::size_t side, std::size_t step) {
    const auto startsOf = [&](std::size_t length) {
        std::vector<std::size_t> starts;
        for (std::size_t start = 0; start + side < length; start += step) {
            starts.push_back(start);
        }
        starts.push_back(length - std::min(side, length));
        return starts;
    };
    std::vector<Region> tiles;
    for (const auto top : startsOf(image.height)) {
        for (const auto left : startsOf(image.width)) {
            tiles.push_back({left, top, std::min(side, image.width), std::min(side, image.height)});
        }
    }
    return tiles;
}

} // namespace cancuoc::qr
