// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

namespace cancuoc {

/// Where random bytes come from. Every protocol takes one, so that a published dialogue can be replayed.
class RandomSource {
public:
    RandomSource() = default;
    RandomSource(const RandomSource&) = delete;
    RandomSource& operator=(const RandomSource&) = delete;
    virtual ~RandomSource() = default;

    /// Fills all of `output` or throws CryptographyError.
    virtual void fill(std::span<std::uint8_t> output) = 0;

    /// `size` fresh bytes.
    [[nodiscard]] Bytes bytes(std::size_t size);
};

/// OpenSSL's generator for private values, seeded by the operating system.
class SystemRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> output) override;
};

} // namespace cancuoc
