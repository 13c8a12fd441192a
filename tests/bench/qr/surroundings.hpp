// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cancuoc::bench {

/// What lies around a card in a picture: an even dark table, or a cloth of small squares in many greys, which
/// are as dense in edges as a symbol's modules are.
class Surroundings {
public:
    [[nodiscard]] static Surroundings table() { return {}; }

    /// @param seed the same seed weaves the same cloth
    [[nodiscard]] static Surroundings cloth(std::uint64_t seed);

    /// The grey level at a point in millimetres.
    [[nodiscard]] double toneAt(double x, double y) const;

private:
    std::uint64_t seed_ = 0;
    double tone_ = 70;
    double depth_ = 0;  ///< by which squares are lighter or darker
    double square_ = 1; ///< side in millimetres
};

} // namespace cancuoc::bench
