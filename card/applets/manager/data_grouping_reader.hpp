// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::manager {

/// Takes a stream of data groupings apart, however the commands cut it: identifier (2 bytes), length (00 to
/// FE, or FF and 2 bytes), value (GlobalPlatform Card Specification, 11.11.2.2 with the EMV CPS coding).
class DataGroupingReader {
public:
    /// Begins a new stream.
    void reset() {
        headerSize_ = 0;
        remaining_ = 0;
    }

    /// Whether the stream stands between two groupings.
    [[nodiscard]] bool betweenGroupings() const { return headerSize_ == 0; }

    /// Takes the bytes of the header that `input` begins with and shortens it by them. True when the header
    /// is complete by them.
    [[nodiscard]] bool readHeader(std::span<const std::uint8_t>& input) {
        while (!input.empty() && !headerComplete()) {
            header_[headerSize_++] = input.front();
            input = input.subspan(1);
        }
        remaining_ = headerComplete() ? length() : 0;
        return headerComplete();
    }

    /// The identifier of the grouping whose header is complete.
    [[nodiscard]] std::uint16_t identifier() const {
        return static_cast<std::uint16_t>(header_[0] << 8 | header_[1]);
    }

    /// The length of its value in bytes.
    [[nodiscard]] std::size_t length() const {
        return header_[2] != longForm ? header_[2] : static_cast<std::size_t>(header_[3] << 8 | header_[4]);
    }

    /// Whether the header is complete, so that value bytes come next.
    [[nodiscard]] bool headerComplete() const {
        return headerSize_ >= 3 && headerSize_ == (header_[2] == longForm ? header_.size() : 3);
    }

    /// Takes the bytes of the value that `input` begins with and shortens it by them. After the last one the
    /// stream stands between groupings.
    [[nodiscard]] std::span<const std::uint8_t> readValue(std::span<const std::uint8_t>& input) {
        const std::span<const std::uint8_t> part = input.first(std::min(remaining_, input.size()));
        input = input.subspan(part.size());
        remaining_ -= part.size();
        if (remaining_ == 0) {
            reset();
        }
        return part;
    }

private:
    static constexpr std::uint8_t longForm = 0xFF;

    std::array<std::uint8_t, 5> header_{};
    std::size_t headerSize_ = 0;
    std::size_t remaining_ = 0;
};

} // namespace cancuoc::card::manager
