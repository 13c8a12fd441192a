// SPDX-License-Identifier: Apache-2.0
#include "qr/symbol_region.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>

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

// A square of cells.
struct Place {
    std::size_t column = 0;
    std::size_t row = 0;
    std::size_t side = 0;

    [[nodiscard]] bool overlaps(const Place& other) const {
        return column < other.column + other.side && other.column < column + side &&
               row < other.row + other.side && other.row < row + side;
    }
};

// The densest square of that side that overlaps none of the others.
std::optional<Place> densestSquare(const EdgeDensity& density, std::size_t side,
                                   const std::vector<Place>& others) {
    std::optional<Place> densest;
    std::uint32_t best = 0;
    for (std::size_t row = 0; row + side <= density.rows(); ++row) {
        for (std::size_t column = 0; column + side <= density.columns(); ++column) {
            const Place place{column, row, side};
            const auto sum = density.sum(column, row, side);
            if ((!densest || sum > best) &&
                std::none_of(others.begin(), others.end(),
                             [&](const Place& other) { return place.overlaps(other); })) {
                best = sum;
                densest = place;
            }
        }
    }
    return densest;
}

std::vector<Place> densestSquares(const EdgeDensity& density, std::size_t side, std::size_t count) {
    std::vector<Place> places;
    while (places.size() < count) {
        const auto place = densestSquare(density, side, places);
        if (!place) {
            break;
        }
        places.push_back(*place);
    }
    return places;
}

// With as much around it on each side as `margin` cells.
Region regionOf(const Place& place, std::size_t margin, const GreyImage& image) {
    Region region;
    region.left = (place.column - std::min(place.column, margin)) * cellPixels;
    region.top = (place.row - std::min(place.row, margin)) * cellPixels;
    region.width = std::min((place.column + place.side + margin) * cellPixels, image.width) - region.left;
    region.height = std::min((place.row + place.side + margin) * cellPixels, image.height) - region.top;
    return region;
}

struct Size {
    std::size_t percent; ///< of the picture's shorter side
    std::size_t places;
};

std::vector<Region> densestRegions(const GreyImage& image, std::span<const Size> sizes,
                                   std::size_t fewestCells) {
    const EdgeDensity density(image);
    const auto shorter = std::min(density.columns(), density.rows());
    if (shorter < fewestCells) {
        return {};
    }
    std::vector<Region> regions;
    for (const auto& [percent, places] : sizes) {
        const auto side = std::max<std::size_t>(shorter * percent / 100, 4);
        for (const auto& place : densestSquares(density, side, places)) {
            regions.push_back(regionOf(place, side / 4 + 1, image));
        }
    }
    return regions;
}

} // namespace

std::vector<Region> likelyRegions(const GreyImage& image) {
    // The symbol is 12 or 18 mm of a card 54 mm high; the card fills most of the picture, or half of it.
    constexpr Size sizes[] = {{34, 1}, {20, 1}, {50, 1}};
    return densestRegions(image, sizes, 20);
}

std::vector<Region> likelySmallRegions(const GreyImage& image) {
    constexpr Size sizes[] = {{12, 3}, {7, 3}};
    return densestRegions(image, sizes, 100);
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
