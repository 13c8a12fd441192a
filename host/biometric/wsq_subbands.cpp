// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/wsq_subbands.hpp"

#include <array>
#include <cstddef>

namespace cancuoc::biometric::wsq {

namespace {

/// How often the other quarters are split further, level by level on the way to the lowest frequencies.
constexpr std::array<std::array<unsigned, 3>, 5> depths = {
    {{1, 1, 1}, {2, 2, 0}, {1, 1, 1}, {0, 0, 0}, {0, 0, 0}}};

/// The quarters from left to right, then from top to bottom: the order of the subbands.
std::array<Region, 4> quartersOf(const Region& region) {
    const auto inOrder = [](const Extent& extent) {
        return extent.falling ? std::array<Extent, 2>{extent.high(), extent.low()}
                              : std::array<Extent, 2>{extent.low(), extent.high()};
    };
    const auto columns = inOrder(region.columns);
    const auto rows = inOrder(region.rows);
    return {Region{columns[0], rows[0]}, Region{columns[1], rows[0]}, Region{columns[0], rows[1]},
            Region{columns[1], rows[1]}};
}

} // namespace

Extent Extent::low() const {
    const std::uint32_t size = length - length / 2;
    return {falling ? start + length / 2 : start, size, falling};
}

Extent Extent::high() const {
    const std::uint32_t size = length / 2;
    return {falling ? start : start + (length - size), size, !falling};
}

SubbandTree::SubbandTree(std::uint32_t width, std::uint32_t height) {
    divideLowest(Region{{0, width, false}, {0, height, false}}, 0);
}

void SubbandTree::divideUniformly(const Region& region, unsigned depth) {
    if (depth == 0) {
        subbands_.push_back(region);
        return;
    }
    splits_.push_back(region);
    for (const Region& quarter : quartersOf(region)) {
        divideUniformly(quarter, depth - 1);
    }
}

void SubbandTree::divideLowest(const Region& region, unsigned level) {
    if (level == depths.size()) {
        subbands_.push_back(region);
        return;
    }
    splits_.push_back(region);
    const auto quarters = quartersOf(region);
    divideLowest(quarters[0], level + 1);
    for (std::size_t index = 1; index < quarters.size(); ++index) {
        divideUniformly(quarters[index], depths[level][index - 1]);
    }
}

} // namespace cancuoc::biometric::wsq
