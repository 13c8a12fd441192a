// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <string>
#include <vector>

namespace cancuoc::lds {

/// EF.COM: the versions of the LDS and the list of the data groups on the chip (Doc 9303-10, 4.6.1).
/// It is not signed: what counts is the list in the Document Security Object.
struct CommonData {
    static constexpr std::size_t maximumLength = 128;

    std::string ldsVersion = "0107";       ///< four digits: version and update level
    std::string unicodeVersion = "040000"; ///< six digits: major, minor, release
    std::vector<std::uint8_t> tagList;     ///< the tags of the data groups, as written

    /// For the data groups with these numbers (1 to 16), in this order.
    [[nodiscard]] static CommonData forDataGroups(const std::vector<int>& numbers);

    /// Reads the content of EF.COM. Throws MalformedData.
    [[nodiscard]] static CommonData decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    /// The numbers of the listed data groups; tags that name no data group are left out.
    [[nodiscard]] std::vector<int> dataGroups() const;

    friend bool operator==(const CommonData&, const CommonData&) = default;
};

} // namespace cancuoc::lds
