// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/error.hpp"
#include "host/biometric/pixels.hpp"

#include <cstdlib>

namespace cancuoc::fuzz {

/// Whatever `decode` accepts has as many samples as it says and stays within the limits. It may refuse with
/// MalformedData and must do nothing else.
template <class Decode>
void decodeWithinLimits(BytesView input, Decode decode) {
    constexpr biometric::ImageLimits limits{2048, std::size_t{1} << 20, std::size_t{1} << 20};
    try {
        const biometric::Pixels pixels = decode(input, limits);
        if (pixels.width == 0 || pixels.height == 0 || pixels.width > limits.maximumSide ||
            pixels.height > limits.maximumSide || pixels.data.size() > limits.maximumMemory ||
            pixels.data.size() != std::size_t{pixels.width} * pixels.height * pixels.channels) {
            std::abort();
        }
    } catch (const MalformedData&) {
        return;
    }
}

} // namespace cancuoc::fuzz
