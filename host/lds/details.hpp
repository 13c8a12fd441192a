// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/date.hpp"
#include "host/lds/data_group.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc {

struct Tlv;

namespace lds {

/// One detail of DG11, DG12, DG16 or a record of LDS2.
struct Detail {
    std::uint32_t tag = 0;
    Bytes value; ///< as written

    friend bool operator==(const Detail&, const Detail&) = default;
};

/// The day of a detail written YYYYMMDD; nothing where a part of it is unknown (zeros) or no calendar has it.
[[nodiscard]] std::optional<Date> dateFromDetail(std::string_view text);

/// What DG11 and DG12 have in common: details in any order behind a list of their tags, all of them optional,
/// and names that stand together in a data object A0 behind their number (Doc 9303-10, 4.7.11 and 4.7.12).
struct Details {
    static constexpr std::size_t maximumLength = std::size_t{1} << 20;
    static constexpr std::size_t maximumCount = 128;

    std::vector<Detail> others;     ///< all but the names, in their order
    std::vector<std::string> names; ///< as written

    /// Reads the content of `file`; `nameTag` is the tag of a name. Cards leave out the list of tags, list
    /// more or fewer than there are, and write names outside A0: what is there counts. DG12 of older cards
    /// has the tags 5F85 and 5F86, which are no tags of BER, for 5F55 and 5F56; they are read as those.
    /// Throws MalformedData.
    [[nodiscard]] static Details decode(BytesView content, FileId file, std::uint32_t nameTag);

    /// Writes the tag list, the first `before` of `others`, the names, and the rest.
    [[nodiscard]] Bytes encode(FileId file, std::uint32_t nameTag, std::size_t before) const;
};

/// Reads the details inside `detailTemplate`, in their order, without those that have no value. Throws
/// MalformedData.
[[nodiscard]] std::vector<Detail> readDetailTemplate(const Tlv& detailTemplate);

/// The details one after another.
[[nodiscard]] Bytes encodeDetails(const std::vector<Detail>& details);

/// A date of DG11, DG12 or DG16, with a time of day behind it where it has one: its digits, YYYYMMDD or
/// YYYYMMDDhhmmss, whether they are written as characters or, as by some States, two to a byte. An unknown
/// month, day or year is zeros. Anything else comes back as its characters.
[[nodiscard]] std::string readDetailDate(BytesView value);

/// The fields of a text that the Doc separates by fillers, empty ones left out: "ANYTOWN<MN" is two.
[[nodiscard]] std::vector<std::string> splitAtFillers(std::string_view text);

/// A name "formatted per Doc 9303", SMITH<<JOHN<J, as people write it: "SMITH, JOHN J".
[[nodiscard]] std::string nameWithoutFillers(std::string_view name);

} // namespace lds

} // namespace cancuoc
