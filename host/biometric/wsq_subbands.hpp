// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace cancuoc::biometric::wsq {

/// One direction of a region of the transformed image.
struct Extent {
    std::uint32_t start = 0;
    std::uint32_t length = 0;
    /// Whether frequencies fall along this direction: decimation turns the upper half of a spectrum around.
    bool falling = false;

    /// The lower half of the spectrum, the larger one if they differ; where it lies depends on `falling`.
    [[nodiscard]] Extent low() const;
    [[nodiscard]] Extent high() const;
};

/// A rectangle of the transformed image.
struct Region {
    Extent columns;
    Extent rows;
};

/// The decomposition of a WSQ image into 64 subbands (IAFIS-IC-0110, part 1, annex A): four splits of the
/// lowest frequencies into quarters, with fewer of the others.
class SubbandTree {
public:
    SubbandTree(std::uint32_t width, std::uint32_t height);

    /// The subbands 0 to 63. Some are empty in small images.
    [[nodiscard]] const std::vector<Region>& subbands() const { return subbands_; }
    /// The regions that were split into quarters, each behind the region that holds it.
    [[nodiscard]] const std::vector<Region>& splits() const { return splits_; }

private:
    void divideUniformly(const Region& region, unsigned depth);
    void divideLowest(const Region& region, unsigned level);

    std::vector<Region> subbands_;
    std::vector<Region> splits_;
};

} // namespace cancuoc::biometric::wsq
