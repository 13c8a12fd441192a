// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/status_word.hpp"
#include "host/base/bytes.hpp"

namespace cancuoc {

/// A response APDU (ISO/IEC 7816-4, 5.1).
struct ResponseApdu {
    Bytes data{};
    StatusWord sw{};

    /// Splits the bytes received into data and status word; their memory becomes that of the data. Throws
    /// MalformedData for less than 2 bytes and for more than 65538.
    [[nodiscard]] static ResponseApdu decode(Bytes encoded);
};

} // namespace cancuoc
