// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card {

/// The chip's non-volatile memory as the port offers it: `configuration::flashPages` pages that are erased to
/// FF whole and programmed word by word, each word at most once between two erases. Power may fail in any
/// operation: the words being programmed, or the page being erased, then hold anything.
class Flash {
public:
    /// Reads `output.size()` bytes at `address`. False when the memory cannot be read or the range is outside
    /// it.
    [[nodiscard]] virtual bool read(std::size_t address, std::span<std::uint8_t> output) const = 0;

    /// Programs `data` at `address`; both are multiples of `configuration::flashWordSize`, and the words are
    /// erased. Words are written in ascending order.
    [[nodiscard]] virtual bool program(std::size_t address, std::span<const std::uint8_t> data) = 0;

    /// Erases page number `page` to FF.
    [[nodiscard]] virtual bool erase(std::size_t page) = 0;

protected:
    ~Flash() = default;
};

} // namespace cancuoc::card
