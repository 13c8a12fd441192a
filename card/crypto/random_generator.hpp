// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/random.hpp"

#include <cstdint>
#include <span>

#include <mbedtls/ctr_drbg.h>

namespace cancuoc::card::crypto {

/// The chip's random bytes: CTR_DRBG with AES-256 (NIST SP 800-90A, 10.2.1) with a derivation function,
/// seeded with 48 bytes of the port's entropy. Its state lives in the object, no heap is used.
class RandomGenerator final : public RandomSource {
public:
    /// Bytes of entropy that one seeding takes.
    static constexpr std::size_t seedSize = 48;

    /// The entropy source outlives the generator; the first `fill` draws on it.
    explicit RandomGenerator(RandomSource& entropy);
    ~RandomGenerator();
    RandomGenerator(const RandomGenerator&) = delete;
    RandomGenerator& operator=(const RandomGenerator&) = delete;

    /// Fills `output` of any length; takes entropy again after 10000 requests. False when there is no
    /// entropy; the next call tries again.
    [[nodiscard]] bool fill(std::span<std::uint8_t> output) override;

private:
    [[nodiscard]] bool seed();

    RandomSource* entropy_;
    mbedtls_ctr_drbg_context context_;
    bool seeded_ = false;
};

} // namespace cancuoc::card::crypto
