// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/date.hpp"
#include "personalization/issuance/chip_keys.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace cancuoc::personalization {

/// A transparent file of the eMRTD application, ready to be loaded.
struct ElementaryFile {
    std::uint16_t fileIdentifier = 0; ///< 0101 to 0110 data groups, 011D EF.SOD, 011E EF.COM
    Bytes content;                    ///< the whole file, outermost tag included
};

/// What opens a document; neither makes it free to read.
struct AccessProfile {
    bool basicAccessControl = true;
    bool pace = true;
    bool refusesMasterFileSelection = false; ///< SELECT of the master file answers 6D00
};

/// How a chip is to behave. What is not given leaves the chip as it is without.
struct ChipConfiguration {
    std::optional<AccessProfile> profile{}; ///< both without one
    /// The certificates of the CVCA whose terminals may read fingers and irises, the most recent one first;
    /// two at most.
    std::vector<Bytes> trustPoints{};
    /// The date from which on the chip counts certificates as expired.
    std::optional<Date> currentDate{};
};

/// All that a chip is to hold for one citizen. It moves and never copies, for it holds secrets.
struct CardImage {
    std::vector<ElementaryFile>
        files;                    ///< in the order of loading: data groups by number, EF.COM, EF.SOD last
    Bytes cardAccess;             ///< EF.CardAccess (011C under the MF); empty on a card without PACE
    SecretBytes cardAccessNumber; ///< CAN: 6 digits in ASCII; empty on a card without one
    SecretBytes
        mrzInformation; ///< 24 ASCII characters: document number, birth and expiry, each with its check digit
    ChipKeys keys;
    ChipConfiguration configuration{};

    /// The content of the file with this identifier, or an empty view when the card has none.
    [[nodiscard]] BytesView file(std::uint16_t fileIdentifier) const;
};

} // namespace cancuoc::personalization
