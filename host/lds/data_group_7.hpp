// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <vector>

namespace cancuoc::lds {

/// DG7: the signatures or usual marks displayed on the document, JPEG or JPEG 2000 (Doc 9303-10, 4.7.7).
struct DataGroup7 {
    std::vector<Bytes> signatures; ///< up to 9, as written

    /// Throws MalformedData.
    [[nodiscard]] static DataGroup7 decode(BytesView file);
    /// Throws MalformedData for more than 9 pictures.
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const DataGroup7&, const DataGroup7&) = default;
};

} // namespace cancuoc::lds
