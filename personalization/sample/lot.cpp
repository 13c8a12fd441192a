// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/lot.hpp"

namespace cancuoc::personalization {

namespace {

// seed_seq takes 32-bit words.
std::mt19937_64 seeded(std::uint64_t seed, std::uint64_t stream) {
    std::seed_seq words{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                        static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32)};
    return std::mt19937_64(words);
}

} // namespace

Lot::Lot(std::uint64_t seed, std::uint64_t stream) : engine_(seeded(seed, stream)) {}

std::size_t Lot::below(std::size_t count) {
    return static_cast<std::size_t>(engine_() % count);
}

int Lot::between(int lowest, int highest) {
    return lowest + static_cast<int>(below(static_cast<std::size_t>(highest - lowest) + 1));
}

double Lot::real(double lowest, double highest) {
    // The upper 53 bits are what a double holds exactly.
    return lowest + (highest - lowest) * static_cast<double>(engine_() >> 11) * 0x1.0p-53;
}

} // namespace cancuoc::personalization
