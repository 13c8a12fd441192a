// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/lds/data_group.hpp"

#include <optional>

namespace cancuoc::lds {

/// A data group whose content the issuing State decides on: DG6 is reserved (Doc 9303-10, 4.7.6), DG8 to DG10
/// (data, structure and substance features) are free until they are defined (4.7.8 to 4.7.10), and DG13 holds
/// optional details (4.7.13). The content is kept as it is written, whatever it is.
struct IssuerDataGroup {
    static constexpr std::size_t maximumLength = std::size_t{1} << 20;

    int number = 13; ///< 6, 8, 9, 10 or 13
    Bytes content;   ///< inside the data group's tag

    /// Reads any of the five; the tag tells which it is. Throws MalformedData.
    [[nodiscard]] static IssuerDataGroup decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    /// How many features DG8, DG9 or DG10 says that it has; nothing when it does not begin with that number,
    /// or is another data group.
    [[nodiscard]] std::optional<int> featureCount() const;

    friend bool operator==(const IssuerDataGroup&, const IssuerDataGroup&) = default;
};

} // namespace cancuoc::lds
