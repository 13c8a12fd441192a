// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <array>
#include <optional>
#include <vector>

namespace cancuoc::lds {

/// Card capabilities, data object 47: three tables of software functions (ISO/IEC 7816-4, 12.1.1.9; Doc
/// 9303-10, table 29).
struct CardCapabilities {
    std::array<std::uint8_t, 3> softwareFunctions{}; ///< as written; tables that are left out are zero

    [[nodiscard]] bool selectsByFullName() const { return (softwareFunctions[0] & 0x80) != 0; }
    [[nodiscard]] bool knowsShortFileIdentifiers() const { return (softwareFunctions[0] & 0x04) != 0; }
    [[nodiscard]] bool knowsRecordNumbers() const { return (softwareFunctions[0] & 0x02) != 0; }
    [[nodiscard]] bool chainsCommands() const { return (softwareFunctions[2] & 0x80) != 0; }
    [[nodiscard]] bool takesExtendedLengths() const { return (softwareFunctions[2] & 0x40) != 0; }
    [[nodiscard]] bool statesLengthsInAtrInfo() const { return (softwareFunctions[2] & 0x20) != 0; }

    friend bool operator==(const CardCapabilities&, const CardCapabilities&) = default;
};

/// Extended length information, data object 7F66 (ISO/IEC 7816-4, 12.7.1; Doc 9303-10, table 29): how many
/// bytes the longest APDUs may have.
struct ExtendedLengthInformation {
    std::size_t maximumCommandLength = 0;  ///< of an encoded command
    std::size_t maximumResponseLength = 0; ///< of an encoded response, with status word

    friend bool operator==(const ExtendedLengthInformation&, const ExtendedLengthInformation&) = default;
};

/// EF.ATR/INFO: what a card states about itself before anything else (Doc 9303-10, 3.11.1).
struct AtrInfo {
    static constexpr std::size_t maximumLength = 4096;

    std::optional<CardCapabilities> cardCapabilities;
    std::optional<ExtendedLengthInformation> extendedLengths;
    std::vector<Bytes> others; ///< the data objects with other tags, each as written, in their order

    /// Reads the content of EF.ATR/INFO, or its beginning: a last data object that is cut off is left out, as
    /// is the padding between data objects, which are bytes 00 and FF. Throws MalformedData.
    [[nodiscard]] static AtrInfo decode(BytesView file);
    [[nodiscard]] Bytes encode() const;

    friend bool operator==(const AtrInfo&, const AtrInfo&) = default;
};

} // namespace cancuoc::lds
