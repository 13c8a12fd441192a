// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/base/date.hpp"
#include "host/lds/data_group_1.hpp"
#include "host/lds/vietnamese_data_group_13.hpp"

namespace cancuoc::teller {

/// What a card says about its holder, item by item, in the order in which it is shown.
enum class PersonItem {
    FullName,
    Number,
    BirthDate,
    Sex,
    Nationality,
    PlaceOfOrigin,
    Residence,
    IssueDate,
    ExpiryDate,
    OldNumber,
    Ethnicity,
    Religion,
    DistinguishingFeatures,
    FatherName,
    MotherName,
    SpouseName
};

/// The holder of a card as the chip describes them. Personal data.
struct Person {
    struct Entry {
        PersonItem item{};
        std::string value; ///< UTF-8; dates as printed on the card, dd/mm/yyyy

        friend bool operator==(const Entry&, const Entry&) = default;
    };

    std::vector<Entry> entries;         ///< those that have a value
    std::optional<Date> expiryDate;     ///< nothing: the card does not expire, or does not say when
    bool expired = false;               ///< on the day of the reading
    bool nameWithoutDiacritics = false; ///< there is no DG13: the name is that of the MRZ

    friend bool operator==(const Person&, const Person&) = default;
};

/// The holder as DG13 describes them, and DG1 where there is no DG13 that is known here.
/// @param dataGroup1 null if it was not read
/// @param dataGroup13 null likewise
/// @param today by which a card has expired, or not
[[nodiscard]] Person personOf(const lds::DataGroup1* dataGroup1,
                              const lds::VietnameseDataGroup13* dataGroup13, Date today);

} // namespace cancuoc::teller
