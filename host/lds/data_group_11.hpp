// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/details.hpp"

namespace cancuoc::lds {

/// DG11: additional personal details (Doc 9303-10, 4.7.11). Every text is as written, UTF-8 where the card
/// follows the Doc; empty means that the detail is absent or has no value.
struct DataGroup11 {
    std::string fullName;                ///< 5F0E: in national characters, with fillers as in the MRZ
    std::vector<std::string> otherNames; ///< 5F0F: likewise
    std::string personalNumber;          ///< 5F10
    std::string birthDate;               ///< 5F2B: YYYYMMDD, zeros where unknown
    std::string placeOfBirth;            ///< 5F11: fields separated by fillers
    std::string address;                 ///< 5F42: likewise
    std::string telephone;               ///< 5F12
    std::string profession;              ///< 5F13
    std::string title;                   ///< 5F14
    std::string personalSummary;         ///< 5F15
    Bytes proofOfCitizenship;            ///< 5F16: a picture
    std::string otherDocumentNumbers;    ///< 5F17: of travel documents, separated by fillers
    std::string custodyInformation;      ///< 5F18
    std::vector<Detail> others;          ///< with tags that the Doc does not name here

    /// Throws MalformedData.
    [[nodiscard]] static DataGroup11 decode(BytesView file);
    /// In the order of the Doc, the birth date as eight characters.
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const DataGroup11&, const DataGroup11&) = default;
};

} // namespace cancuoc::lds
