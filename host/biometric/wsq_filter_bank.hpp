// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/wsq_subbands.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace cancuoc::biometric::wsq {

/// One analysis filter as a WSQ file states it: `length` taps, symmetric (or, the high-pass one of even
/// length, antisymmetric), given from the centre to the right end.
struct AnalysisFilter {
    static constexpr std::size_t maximumLength = 32;
    static constexpr double largestTap = 8; ///< so that no image, however made, leaves the range of float

    std::size_t length = 0;
    std::vector<double> rightHalf; ///< (length + 1) / 2 taps
};

/// The synthesis half of the two-channel filter bank of WSQ (IAFIS-IC-0110, part 1, annex A): puts the low
/// and the high band of a signal together again.
class FilterBank {
public:
    /// Throws MalformedData unless both lengths are odd, or both even, and 1 to maximumLength.
    FilterBank(const AnalysisFilter& low, const AnalysisFilter& high);

    /// Puts a region's four quarters together, in place. `plane` holds `pitch` samples a row.
    void join(std::span<float> plane, std::size_t pitch, const Region& region);

private:
    void joinLine(float* first, std::size_t stride, const Extent& extent);
    [[nodiscard]] double interleaved(std::ptrdiff_t position) const;
    [[nodiscard]] double wholeSampleSymmetric(std::ptrdiff_t position) const;
    [[nodiscard]] double halfSampleSymmetric(std::ptrdiff_t position) const;

    bool oddLength_;
    std::ptrdiff_t reach_; ///< taps left and right of the centre
    /// For samples at even and at odd places: the weight of each interleaved band sample around it
    std::array<std::vector<double>, 2> weights_;
    std::vector<float> low_;
    std::vector<float> high_;
    std::vector<double> extended_;
};

} // namespace cancuoc::biometric::wsq
