// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>

namespace cancuoc::personalization {

/// Draws lots for the sample: the same seed and stream give the same lots on every machine. The standard
/// fixes what the engine yields but not what its distributions do, so those stand here. Not for keys.
class Lot {
public:
    /// `stream` separates the lots of one citizen from those of another under the same seed.
    Lot(std::uint64_t seed, std::uint64_t stream);

    /// A number from 0 to `count` - 1; `count` at least 1.
    [[nodiscard]] std::size_t below(std::size_t count);

    /// A number from `lowest` to `highest`, both included.
    [[nodiscard]] int between(int lowest, int highest);

    /// A number from `lowest` up to `highest`.
    [[nodiscard]] double real(double lowest, double highest);

    /// True in `percent` of 100 draws.
    [[nodiscard]] bool chance(int percent) { return between(1, 100) <= percent; }

    /// One of `choices`.
    template <class T, std::size_t count>
    [[nodiscard]] const T& pick(const std::array<T, count>& choices) {
        return choices[below(count)];
    }

private:
    std::mt19937_64 engine_;
};

} // namespace cancuoc::personalization
