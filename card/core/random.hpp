// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace cancuoc::card {

/// Where random bytes come from: the port's entropy, the chip's generator that it seeds, a script in a
/// known-answer test.
class RandomSource {
public:
    /// Fills all of `output`; false when no randomness can be had, and then `output` must not be used.
    [[nodiscard]] virtual bool fill(std::span<std::uint8_t> output) = 0;

protected:
    ~RandomSource() = default;
};

} // namespace cancuoc::card
