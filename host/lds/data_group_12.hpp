// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/details.hpp"

namespace cancuoc::lds {

/// DG12: additional details of the document (Doc 9303-10, 4.7.12). Every text is as written, UTF-8 where the
/// card follows the Doc; empty means that the detail is absent or has no value.
struct DataGroup12 {
    std::string issuingAuthority;          ///< 5F19
    std::string issueDate;                 ///< 5F26: YYYYMMDD
    std::vector<std::string> otherPersons; ///< 5F1A: their names, with fillers as in the MRZ
    std::string endorsements;              ///< 5F1B: and observations
    std::string taxOrExitRequirements;     ///< 5F1C
    Bytes frontImage;                      ///< 5F1D: a picture of the front of the document
    Bytes rearImage;                       ///< 5F1E
    std::string personalizationTime;       ///< 5F55: YYYYMMDDhhmmss
    std::string personalizationSystem;     ///< 5F56: its serial number
    std::vector<Detail> others;            ///< with tags that the Doc does not name here

    /// Throws MalformedData.
    [[nodiscard]] static DataGroup12 decode(BytesView file);
    /// In the order of the Doc, dates and times as characters.
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const DataGroup12&, const DataGroup12&) = default;
};

} // namespace cancuoc::lds
