// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

namespace cancuoc::lds {

/// DG15: the public key of Active Authentication (Doc 9303-10, 4.7.15).
struct DataGroup15 {
    static constexpr std::size_t maximumLength = 4096;

    Bytes subjectPublicKeyInfo; ///< SubjectPublicKeyInfo, DER, as written

    /// Throws MalformedData.
    [[nodiscard]] static DataGroup15 decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const DataGroup15&, const DataGroup15&) = default;
};

} // namespace cancuoc::lds
