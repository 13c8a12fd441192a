// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <vector>

namespace cancuoc::lds {

/// DG5: the portraits displayed on the document, JPEG or JPEG 2000 (Doc 9303-10, 4.7.5).
struct DataGroup5 {
    std::vector<Bytes> portraits; ///< up to 9, as written

    /// Throws MalformedData.
    [[nodiscard]] static DataGroup5 decode(BytesView file);
    /// Throws MalformedData for more than 9 pictures.
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const DataGroup5&, const DataGroup5&) = default;
};

} // namespace cancuoc::lds
