// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/qr/surroundings.hpp"

#include <cmath>

#include "personalization/sample/lot.hpp"

namespace cancuoc::bench {

namespace {

// The finishing steps of SplitMix64: neighbours get unlike numbers.
std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31U);
}

} // namespace

Surroundings Surroundings::cloth(std::uint64_t seed) {
    personalization::Lot lot(seed, /*stream*/ 4);
    Surroundings cloth;
    cloth.seed_ = seed;
    cloth.tone_ = lot.real(70, 150);
    cloth.depth_ = lot.real(15, 70);
    cloth.square_ = lot.real(0.3, 2);
    return cloth;
}

double Surroundings::toneAt(double x, double y) const {
    const auto column = static_cast<std::int64_t>(std::floor(x / square_));
    const auto row = static_cast<std::int64_t>(std::floor(y / square_));
    const auto number =
        mixed(mixed(mixed(seed_) + static_cast<std::uint64_t>(column)) + static_cast<std::uint64_t>(row));
    const double share = static_cast<double>(number >> 11U) / 9007199254740992.0; // 2^53
    return tone_ + depth_ * (2 * share - 1);
}

} // namespace cancuoc::bench
