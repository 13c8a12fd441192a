// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstdint>
#include <string_view>

namespace cancuoc::biometric {

/// Reads the fixed-width, big-endian fields of an ISO/IEC 19794 record one after another.
class RecordReader {
public:
    /// `name` stands in errors ("The facial record"). Both must outlive the reader.
    RecordReader(BytesView record, std::string_view name) : remaining_(record), name_(name) {}

    /// The next `size` bytes. Throws MalformedData when fewer are left.
    BytesView take(std::size_t size);

    /// The next number of 1, 2, 3, 4 or 6 bytes. Throws MalformedData when fewer are left.
    std::uint8_t takeByte() { return static_cast<std::uint8_t>(takeNumber(1)); }
    std::uint16_t takeTwoBytes() { return static_cast<std::uint16_t>(takeNumber(2)); }
    std::uint64_t takeNumber(std::size_t size);

    /// Throws MalformedData unless the next bytes are `expected`; `what` names them.
    void expect(std::string_view expected, std::string_view what);

    [[nodiscard]] std::size_t remaining() const { return remaining_.size(); }

private:
    BytesView remaining_;
    std::string_view name_;
};

} // namespace cancuoc::biometric
