// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/details.hpp"
#include "host/lds/signed_record.hpp"

#include <optional>

namespace cancuoc::lds {

/// What a visa record says, data object 71 (Doc 9303-10, table 90). Every text is as written, UTF-8 where the
/// record follows the Doc; empty means absent.
struct VisaDetails {
    std::string issuingState;          ///< 5F28: or organization, three letters
    std::string documentType;          ///< 43: VS
    std::string machineReadableVisaA;  ///< 5F71
    std::string machineReadableVisaB;  ///< 5F72
    Bytes numberOfEntries;             ///< 5F73: one byte
    Bytes durationOfStay;              ///< 5F74: days, months and years, a byte each
    std::string passportNumber;        ///< 5F75
    Bytes visaType;                    ///< 5F76: type, class or category
    Bytes territory;                   ///< 5F77
    std::string placeOfIssuance;       ///< 49
    std::string effectiveDate;         ///< 5F25: YYYYMMDD
    std::string expirationDate;        ///< 5F24: YYYYMMDD
    std::string documentNumber;        ///< 5A
    std::string additionalInformation; ///< 5F32: endorsements, limitations and fees
    std::string fullName;              ///< 5B
    std::string primaryIdentifier;     ///< 5F33
    std::string secondaryIdentifier;   ///< 5F34
    std::string sex;                   ///< 5F35: F, M or <
    std::string birthDate;             ///< 5F2B: YYYYMMDD
    std::string nationality;           ///< 5F2C: three letters
    std::string machineReadableZone;   ///< 5F1F
    Bytes
        additionalBiometricsIdentifier; ///< 5F40: of a file in the Additional Biometrics application, 2 bytes
    std::vector<Detail> others;         ///< with tags that the Doc does not name here

    /// Reads data object 71. Throws MalformedData.
    [[nodiscard]] static VisaDetails decode(BytesView signedInfo);
    [[nodiscard]] Bytes encode() const;

    /// How often the holder may enter; nothing when it is not stated.
    [[nodiscard]] std::optional<int> entries() const;

    friend bool operator==(const VisaDetails&, const VisaDetails&) = default;
};

/// A record of EF.VisaRecords.
struct VisaRecord : SignedRecord {
    /// Throws MalformedData. What is inside `signedInfo` is read by details().
    [[nodiscard]] static VisaRecord decode(BytesView record);
    [[nodiscard]] Bytes encode() const;

    /// What the record says. Throws MalformedData.
    [[nodiscard]] VisaDetails details() const;

    friend bool operator==(const VisaRecord&, const VisaRecord&) = default;
};

} // namespace cancuoc::lds
