// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card {

/// The data field of a response while an application builds it. It never grows past its capacity: an append
/// that does not fit changes nothing and returns false.
class Response {
public:
    /// Room for response data, secure messaging included.
    static constexpr std::size_t capacity = configuration::maximumResponse - 2;

    /// The data so far.
    [[nodiscard]] std::span<const std::uint8_t> data() const { return {bytes_.data(), size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }
    /// The data so far, for secure messaging that works in place.
    [[nodiscard]] std::span<std::uint8_t> writableData() { return {bytes_.data(), size_}; }

    /// Appends one byte.
    [[nodiscard]] bool append(std::uint8_t byte) { return append(std::span<const std::uint8_t>(&byte, 1)); }

    /// Appends `data`, which must not view this buffer.
    [[nodiscard]] bool append(std::span<const std::uint8_t> data) {
        const std::span<std::uint8_t> room = extend(data.size());
        if (room.size() != data.size()) {
            return false;
        }
        std::copy(data.begin(), data.end(), room.begin());
        return true;
    }

    /// Lengthens the data by `count` zero bytes and returns them to be filled; empty when they do not fit.
    [[nodiscard]] std::span<std::uint8_t> extend(std::size_t count) {
        if (count > capacity - size_) {
            return {};
        }
        const std::span<std::uint8_t> added(bytes_.data() + size_, count);
        std::fill(added.begin(), added.end(), std::uint8_t{0});
        size_ += count;
        return added;
    }

    /// Shortens the data to `size` bytes; a larger size changes nothing.
    void truncate(std::size_t size) { size_ = std::min(size, size_); }

    /// Empties the buffer and overwrites what it held.
    void clear() {
        bytes_.fill(0);
        size_ = 0;
    }

private:
    std::array<std::uint8_t, capacity> bytes_{};
    std::size_t size_ = 0;
};

} // namespace cancuoc::card
