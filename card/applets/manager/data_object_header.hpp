// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::manager {

/// The header of a BER-TLV data object with a tag of one byte that arrives in pieces: tag, then a length of
/// one to three bytes (ISO/IEC 8825-1, 8.1).
class DataObjectHeader {
public:
    void reset() { size_ = 0; }

    [[nodiscard]] bool empty() const { return size_ == 0; }

    /// Takes one byte; false when it makes no header of this form.
    [[nodiscard]] bool take(std::uint8_t byte) {
        bytes_[size_++] = byte;
        return size_ != 2 || (byte <= 0x82 && byte != 0x80);
    }

    [[nodiscard]] bool complete() const {
        return size_ >= 2 && (bytes_[1] < 0x80 ? size_ == 2 : size_ == 2U + (bytes_[1] & 0x7FU));
    }

    [[nodiscard]] std::uint8_t tag() const { return bytes_[0]; }

    /// The length of the value in bytes.
    [[nodiscard]] std::size_t length() const {
        if (bytes_[1] < 0x80) {
            return bytes_[1];
        }
        std::size_t length = 0;
        for (std::size_t i = 2; i < size_; ++i) {
            length = length << 8 | bytes_[i];
        }
        return length;
    }

    /// The header's bytes so far.
    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return std::span(bytes_).first(size_); }

private:
    std::array<std::uint8_t, 4> bytes_{};
    std::size_t size_ = 0;
};

} // namespace cancuoc::card::manager
