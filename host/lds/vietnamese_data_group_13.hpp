// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/date.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::lds {

/// What DG13 of a Vietnamese citizen card says about its holder. Every text is UTF-8 as written; empty means
/// the item has no value.
struct CitizenData {
    std::string number;                 ///< 1: 12 digits
    std::string fullName;               ///< 2
    std::string birthDate;              ///< 3: dd/mm/yyyy, or what the card says
    std::string sex;                    ///< 4: Nam or Nữ
    std::string nationality;            ///< 5
    std::string ethnicity;              ///< 6
    std::string religion;               ///< 7
    std::string placeOfOrigin;          ///< 8
    std::string residence;              ///< 9
    std::string distinguishingFeatures; ///< 10
    std::string issueDate;              ///< 11: dd/mm/yyyy
    std::string expiryDate;             ///< 12: dd/mm/yyyy, or words
    std::string fatherName;             ///< 13
    std::string motherName;             ///< 13
    std::string spouseName;             ///< 14
    std::string oldNumber;              ///< 15: 9 digits
    std::string chipCode;               ///< 16: 16 characters

    friend bool operator==(const CitizenData&, const CitizenData&) = default;
};

/// The day that a date of DG13 names, dd/mm/yyyy; nothing when it is written in another way or no calendar
/// has it.
[[nodiscard]] std::optional<Date> dateFromDataGroup13(std::string_view text);

/// DG13 in the layout of the Vietnamese citizen card of 2021 (tag 6D; the standard leaves the content to the
/// issuer). Items above 16 stand on later cards and are kept as they are.
struct VietnameseDataGroup13 {
    static constexpr std::size_t maximumLength = 16384;
    static constexpr std::size_t maximumItems = 64;

    /// An item this project has no name for.
    struct OtherItem {
        int number = 0;
        Bytes value; ///< everything behind the INTEGER, DER as written

        /// An item with one UTF8String.
        [[nodiscard]] static OtherItem ofText(int number, std::string_view text);

        /// The characters of the item when its value is one string or a SEQUENCE with one, otherwise the
        /// value in hexadecimal.
        [[nodiscard]] std::string text() const;

        friend bool operator==(const OtherItem&, const OtherItem&) = default;
    };

    CitizenData citizen;
    std::vector<OtherItem> other;

    /// Throws MalformedData.
    [[nodiscard]] static VietnameseDataGroup13 decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const VietnameseDataGroup13&, const VietnameseDataGroup13&) = default;
};

} // namespace cancuoc::lds
