// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"

#include <cstddef>

namespace cancuoc::card::host {

/// Whether the flash holds `size` bytes at `address`.
[[nodiscard]] constexpr bool isReadable(std::size_t address, std::size_t size) {
    return address <= configuration::flashSize && size <= configuration::flashSize - address;
}

/// Whether these bytes are whole words of the flash.
[[nodiscard]] constexpr bool isProgrammable(std::size_t address, std::size_t size) {
    return isReadable(address, size) && address % configuration::flashWordSize == 0 &&
           size % configuration::flashWordSize == 0;
}

} // namespace cancuoc::card::host
