// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "host/lds/card_access.hpp"
#include "host/lds/common_data.hpp"
#include "host/lds/data_group_1.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/lds/vietnamese_data_group_13.hpp"
#include "host/trust/check.hpp"

namespace cancuoc::inspection {

/// `consistency.com-sod`: EF.COM, which is not signed, lists the data groups that the Document Security
/// Object lists (Doc 9303-10, 4.6.1). A shorter EF.COM is how a copy hides that it cannot prove itself.
/// @param tolerateShorter a shorter EF.COM is named and not judged
[[nodiscard]] trust::Check checkComSod(const lds::CommonData& commonData,
                                       const lds::DocumentSecurityObject& securityObject,
                                       bool tolerateShorter);

/// What the caller was told of the card's MRZ; DG1 must hold the same.
struct ExpectedZone {
    std::string text;               ///< as printed, with or without white space; empty: not given
    std::string documentNumber;     ///< with or without fillers at its end; empty: not given
    std::optional<Date> birthDate;  ///< nothing: not given
    std::optional<Date> expiryDate; ///< nothing: not given
};

/// `consistency.mrz`: the check digits of DG1 fit their data, its birth date is that of DG13, and DG1 is the
/// MRZ that was given.
/// @param birthDate from DG13; nothing if that was not read or names no day
[[nodiscard]] trust::Check checkMachineReadableZone(const lds::DataGroup1& dataGroup1,
                                                    std::optional<Date> birthDate,
                                                    const ExpectedZone& expected);

/// The reason of `consistency.number` when the card has another number than the one that was given. A typing
/// error is enough for that, as long as the six digits that open the card are right.
inline constexpr std::string_view anotherNumber =
    "the number on the chip is not the one that was given; compare the two, a typing error is enough";

/// `consistency.number`: the 12-digit number is the same in DG1 and DG13, and the one that was asked for.
/// @param citizen the content of DG13, or null if the card has none that this project knows
/// @param expectedNumber the 12 digits that were given, or empty; failed for anotherNumber unless the card
/// has them
[[nodiscard]] trust::Check checkNumber(const lds::MachineReadableZone& zone, const lds::CitizenData* citizen,
                                       std::string_view expectedNumber);

/// `consistency.card-access`: EF.CardAccess, which is not signed, announces what DG14 repeats, and all of its
/// PACE protocols (Doc 9303-11, 9.2.11). Otherwise somebody may have taken a stronger protocol away.
/// @param cardAccess null if the card has no EF.CardAccess
/// @param dataGroup14 null if the Document Security Object lists no DG14
[[nodiscard]] trust::Check checkCardAccess(const lds::CardAccess* cardAccess,
                                           const lds::DataGroup14* dataGroup14);

} // namespace cancuoc::inspection
