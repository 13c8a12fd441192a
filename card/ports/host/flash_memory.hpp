// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/storage/flash.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cancuoc::card::host {

/// A chip's non-volatile memory that lives as long as this object; erased at first.
class FlashMemory final : public Flash {
public:
    FlashMemory();

    [[nodiscard]] bool read(std::size_t address, std::span<std::uint8_t> output) const override;
    /// Clears bits as flash does: programming a word that is not erased keeps its zeros.
    [[nodiscard]] bool program(std::size_t address, std::span<const std::uint8_t> data) override;
    [[nodiscard]] bool erase(std::size_t page) override;

private:
    std::vector<std::uint8_t> bytes_;
};

} // namespace cancuoc::card::host
