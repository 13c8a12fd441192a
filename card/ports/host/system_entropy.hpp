// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/random.hpp"

namespace cancuoc::card::host {

/// Random bytes of the operating system.
class SystemEntropy final : public RandomSource {
public:
    [[nodiscard]] bool fill(std::span<std::uint8_t> output) override;
};

} // namespace cancuoc::card::host
