// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/details.hpp"

namespace cancuoc::lds {

/// DG16: persons to notify (Doc 9303-10, 4.7.16).
struct DataGroup16 {
    static constexpr std::size_t maximumLength = 65536;
    static constexpr std::size_t maximumCount = 15; ///< the tags are A1 to AF

    /// Every text is as written, UTF-8 where the card follows the Doc.
    struct Person {
        std::string dateRecorded;   ///< 5F50: YYYYMMDD
        std::string name;           ///< 5F51: with fillers as in the MRZ
        std::string telephone;      ///< 5F52
        std::string address;        ///< 5F53: fields separated by fillers
        std::vector<Detail> others; ///< with tags that the Doc does not name here

        friend bool operator==(const Person&, const Person&) = default;
    };

    std::vector<Person> persons;

    /// How many templates there are counts, not how many the file says there are. Throws MalformedData.
    [[nodiscard]] static DataGroup16 decode(BytesView file);
    /// Throws MalformedData for more than 15 persons.
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const DataGroup16&, const DataGroup16&) = default;
};

} // namespace cancuoc::lds
