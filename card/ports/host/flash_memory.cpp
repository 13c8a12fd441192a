// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/flash_memory.hpp"

#include "card/core/configuration.hpp"
#include "card/ports/host/flash_range.hpp"

#include <algorithm>

namespace cancuoc::card::host {

FlashMemory::FlashMemory() : bytes_(configuration::flashSize, 0xFF) {}

bool FlashMemory::read(std::size_t address, std::span<std::uint8_t> output) const {
    if (!isReadable(address, output.size())) {
        return false;
    }
    std::copy_n(bytes_.data() + address, output.size(), output.begin());
    return true;
}

bool FlashMemory::program(std::size_t address, std::span<const std::uint8_t> data) {
    if (!isProgrammable(address, data.size())) {
        return false;
    }
    std::transform(
        data.begin(), data.end(), bytes_.data() + address, bytes_.data() + address,
        [](std::uint8_t value, std::uint8_t old) { return static_cast<std::uint8_t>(value & old); });
    return true;
}

bool FlashMemory::erase(std::size_t page) {
    if (page >= configuration::flashPages) {
        return false;
    }
    std::fill_n(bytes_.data() + page * configuration::flashPageSize, configuration::flashPageSize,
                std::uint8_t{0xFF});
    return true;
}

} // namespace cancuoc::card::host
