// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/pixels.hpp"

#include <algorithm>
#include <cstdlib>

namespace cancuoc::test {

/// How far two images of the same size are apart.
struct PixelDifference {
    int largest = 0;            ///< of any sample
    std::size_t differing = 0;  ///< samples
    double meanSquare = 0;      ///< over all samples
    bool sameDimensions = true; ///< width, height and channels
};

inline PixelDifference difference(const biometric::Pixels& left, const biometric::Pixels& right) {
    PixelDifference result;
    result.sameDimensions = left.width == right.width && left.height == right.height &&
                            left.channels == right.channels && left.data.size() == right.data.size();
    for (std::size_t index = 0; result.sameDimensions && index < left.data.size(); ++index) {
        const int distance = std::abs(left.data[index] - right.data[index]);
        result.largest = std::max(result.largest, distance);
        result.differing += distance != 0 ? 1U : 0U;
        result.meanSquare += static_cast<double>(distance) * distance / static_cast<double>(left.data.size());
    }
    return result;
}

} // namespace cancuoc::test
