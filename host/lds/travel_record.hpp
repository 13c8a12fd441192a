// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/details.hpp"
#include "host/lds/signed_record.hpp"

#include <optional>

namespace cancuoc::lds {

/// What an entry or exit record says, data object 73 (Doc 9303-10, table 86). Every text is as written, UTF-8
/// where the record follows the Doc; empty means absent.
struct TravelDetails {
    std::string state;               ///< 5F44: of embarkation or debarkation, three letters
    std::string visaStatus;          ///< 5F4C: approvals, refusals and revocations
    std::string date;                ///< 5F45: YYYYMMDD
    std::string inspectionAuthority; ///< 5F4B
    std::string inspectionLocation;  ///< 5F46: port of entry or exit
    std::string inspectorReference;  ///< 5F4A
    std::string inspectionResult;    ///< 5F4D
    std::string modeOfTravel;        ///< 5F49: A (air), S (sea) or L (land)
    Bytes durationOfStay;            ///< 5F48: days, a number of 1 or 2 bytes
    std::string conditions;          ///< 5F4E: that the holder has to observe
    std::vector<Detail> others;      ///< with tags that the Doc does not name here

    /// Reads data object 73. Throws MalformedData.
    [[nodiscard]] static TravelDetails decode(BytesView signedInfo);
    [[nodiscard]] Bytes encode() const;

    /// The days of stay; nothing when they are not stated.
    [[nodiscard]] std::optional<int> daysOfStay() const;

    friend bool operator==(const TravelDetails&, const TravelDetails&) = default;
};

/// A record of EF.EntryRecords or EF.ExitRecords.
struct TravelRecord : SignedRecord {
    /// Throws MalformedData. What is inside `signedInfo` is read by details().
    [[nodiscard]] static TravelRecord decode(BytesView record);
    [[nodiscard]] Bytes encode() const;

    /// What the record says. Throws MalformedData.
    [[nodiscard]] TravelDetails details() const;

    friend bool operator==(const TravelRecord&, const TravelRecord&) = default;
};

} // namespace cancuoc::lds
