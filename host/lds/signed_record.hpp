// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <string>

namespace cancuoc::lds {

/// What the records of LDS2 have in common: an inspection system or an embassy has written and signed them
/// after the document was issued (Doc 9303-10, 5.1.3 and 5.2.3).
struct SignedRecord {
    static constexpr std::size_t maximumLength = 4096;

    /// The tags in which kinds of records differ.
    struct Tags {
        std::uint32_t state;
        std::uint32_t signedInfo;
    };

    std::string state;                     ///< a copy of the State inside, for SEARCH RECORD
    Bytes signedInfo;                      ///< the data object that the signature covers, as written
    Bytes signature;                       ///< 5F37
    std::uint8_t certificateReference = 0; ///< 5F38: a record number in EF.Certificates, from 1

    /// Throws MalformedData. What is inside `signedInfo` is not looked at.
    [[nodiscard]] static SignedRecord decode(BytesView record, Tags tags);
    [[nodiscard]] Bytes encode(Tags tags) const;

    friend bool operator==(const SignedRecord&, const SignedRecord&) = default;
};

} // namespace cancuoc::lds
