// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/inspection/inspection_request.hpp"

namespace cancuoc::inspection {

/// What a person typed to open a card, as text; all of it is personal data.
struct GivenAccess {
    std::string can;                ///< 6 digits; empty: not given
    std::string mrz;                ///< the lines of a TD1, TD2 or TD3 MRZ; empty: not given
    std::string number;             ///< 12 digits; empty: not given
    std::string documentNumber;     ///< of the MRZ, with both dates, where there is no 12-digit number
    std::optional<Date> birthDate;  ///< with one of the numbers only, and both dates together
    std::optional<Date> expiryDate; ///< likewise
    std::string pin;                ///< 5 or 6 digits; empty: not given
    std::string puk;                ///< 10 digits; empty: not given
    /// characters of `mrz` that correctMrz() has put right
    std::size_t correctedCharacters = 0;

    /// Puts letters and digits of `mrz` right that are taken for one another, where its check digits confirm
    /// it; leaves it alone where they do not.
    void correctMrz();

    /// Makes the keys of `request` of it, and what the card must say of its holder.
    /// @throws BadConfiguration if a part of it is not what it should be; the message does not repeat it
    void applyTo(InspectionRequest& request) const;

    friend bool operator==(const GivenAccess&, const GivenAccess&) = default;
};

} // namespace cancuoc::inspection
