// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/citizen_record.hpp"
#include "personalization/sample/distinguishing_mark.hpp"
#include "personalization/sample/lot.hpp"

namespace cancuoc::personalization {

/// A citizen who never was, with what the portrait has to show.
struct FictionalCitizen {
    CitizenRecord record;
    int ageAtIssue = 0; ///< in whole years
    DistinguishingMark mark;
};

/// Makes up a citizen by lot, born in 2090 to 2099, with dates that agree with each other. `serial` (000000
/// to 999999) ends the number. The paths of the pictures follow the number: portraits/NUMBER.jpg,
/// fingers/NUMBER-left.png. The request id stays empty.
[[nodiscard]] FictionalCitizen drawCitizen(unsigned serial, Lot& lot);

} // namespace cancuoc::personalization
