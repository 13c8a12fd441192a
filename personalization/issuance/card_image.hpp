// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/issuance/chip_keys.hpp"

#include <cstdint>
#include <vector>

namespace cancuoc::personalization {

/// A transparent file of the eMRTD application, ready to be loaded.
struct ElementaryFile {
    std::uint16_t fileIdentifier = 0; ///< 0101 to 0110 data groups, 011D EF.SOD, 011E EF.COM
    Bytes content;                    ///< the whole file, outermost tag included
};

/// All that a chip is to hold for one citizen. It moves and never copies, for it holds secrets.
struct CardImage {
    std::vector<ElementaryFile>
        files;                    ///< in the order of loading: data groups by number, EF.COM, EF.SOD last
    Bytes cardAccess;             ///< EF.CardAccess (011C under the MF)
    SecretBytes cardAccessNumber; ///< CAN: 6 digits in ASCII
    SecretBytes
        mrzInformation; ///< 24 ASCII characters: document number, birth and expiry, each with its check digit
    ChipKeys keys;

    /// The content of the file with this identifier, or an empty view when the card has none.
    [[nodiscard]] BytesView file(std::uint16_t fileIdentifier) const;
};

} // namespace cancuoc::personalization
